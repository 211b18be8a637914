/* publication.h - figures that are made public: the eight cells of a contract over a period, protected with all that was published of
 * the contract before, attacked, and released by an explicit act that is a record */
#pragma once
#include "model/model.h"
#include "study/audit.h"
#include "study/protect.h"
#include "web/period_switch.h"

/* What a city begins with; the coordinator chooses it at the first release of a contract, for good: what was published under
 * another one cannot be taken back. */
enum { PUBLIC_THRESHOLD = 11, PUBLIC_THRESHOLD_LEAST = 5, RELEASES_MOST = PROTECT_DATES - 1 };

struct released {
	struct publication record;
	struct eight table; /* as it was; where the sex of some was not known, as if all were women */
	uint8_t hidden;
	str city, contract, title; /* only of released_public */
};
struct releases {
	struct released *v;
	size_t n;
};
/* Of a contract, in the order of release; of all contracts, in the order of the public page. */
const struct err *released_of(struct req *r, int64_t contract, struct releases *out);
const struct err *released_public(struct req *r, struct releases *out);

/* What would leave. */
struct publishable {
	int64_t threshold;
	struct eight figures; /* of the questionnaire's own count */
	struct eight table;   /* the same; where the sex of some is not known, as if all were women */
	bool sex_unknown;
	uint8_t hidden;
	bool safe;    /* the attack found nothing */
	unsigned bpi; /* protect_all_bpi */
};
/* The people who drew a benefit from any action of the contract, by the cells that count them. */
struct eight published_figures(const struct view *v);
/* before: at most RELEASES_MOST. */
void publication_prepare(
    struct arena *a, const struct releases *before, int64_t threshold, const struct eight *figures, struct publishable *out);

struct publication_page {
	struct req *req;
	struct shown shown;
	struct period_switch periods;
	struct releases before;
	struct publishable now;
	bool first;        /* nothing was released of the contract: the threshold is chosen */
	bool full, today;  /* no more can be released; this period was released today */
	bool moved;        /* the figures changed between page and release: look again */
	str threshold;     /* as typed */
	const char *fault; /* of the threshold */
	str seen;          /* of what the page shows, for the release to be of the same */
};
/* Why cells are empty, from what is printed alone. NULL: none is. */
const char *publication_why(struct arena *a, const struct eight *table, uint8_t hidden, int64_t threshold);

struct open_data {
	struct req *req;
	struct releases all;
};
