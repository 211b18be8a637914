/* journal_page.h - what was written, as the page of the journal shows it (views/journal.tmpl): never a value */
#pragma once
#include "web/asked.h"
#include "web/jobs_table.h"
#include "web/page.h"
#include "web/parts.h"

struct journal_holder { /* an account, as far as the viewer may know of it */
	int64_t id;
	str words;
	str actor; /* as the journal names it */
};

/* Rows of one change that say the same: so many records of a kind. */
struct journal_group {
	str entity, action, fields;
	int64_t record, part; /* of the first */
	int64_t n;
	str url; /* of the one record, where the viewer may open it; absent */
};
enum { JOURNAL_GROUPS = 12 };
struct journal_change {
	int64_t id, at_ms;
	str actor, cause;
	struct journal_group v[JOURNAL_GROUPS];
	int n;
	int64_t more; /* rows of further kinds */
};

struct journal_page {
	struct req *req;
	str entity, action, cause; /* asked for; absent: all */
	int64_t account;           /* 0: all */
	day since, until;          /* both included; DAY_NONE: all */
	struct asked form;         /* what is wrong with the dates */
	int64_t before;            /* rows from this one on are not shown: where the page begins */
	struct journal_holder *holders;
	size_t n_holders;
	struct journal_change *v;
	size_t n;
	int64_t next;  /* where the next page begins; 0: this is the last */
	bool verified; /* the chain, at some time */
	struct job chain;
};

struct cause_word {
	const char *word, *label; /* label: N_ */
};
extern const struct cause_word cause_words[];
extern const size_t cause_words_n;
/* Of what has no record behind it ("logins"), label: N_. */
extern const struct cause_word trail_words[];
extern const size_t trail_words_n;

str journal_cause(str word);                  /* translated; as it is when it is not known */
str journal_kind(str entity);                 /* the same */
const char *journal_action_words(str action); /* translated */
/* Names of the fields, translated, with commas; absent for those that say nothing ("*"). */
str journal_fields(struct arena *a, str entity, str fields);
str journal_who(const struct journal_page *p, str actor);
str journal_holder_words(const struct journal_page *p); /* of the account that is asked for */
str journal_url(const struct journal_page *p, const char *path, const char *without, int64_t before);
