/* plan.h - what one contract sets up, in memory: its priorities, axes, sheets, actions, forecasts, partners, bodies,
 * and the money and the meetings that follow from it.
 * Read once by plan_read, each list in the order of its keys, texts in the arena; nothing of people is in it. */
#pragma once
#include "base/arena.h"
#include "base/err.h"
#include "model/model.h"

struct db;

#define PLAN_LIST(T)           \
	struct {               \
		T *v;          \
		size_t n, cap; \
	}

/* The place of one more at the end of a list. */
#define PLAN_ADD(a, list) \
	((list)->v = plan_room((a), (list)->v, (list)->n, &(list)->cap, sizeof *(list)->v), &(list)->v[(list)->n++])
void *plan_room(struct arena *a, void *v, size_t n, size_t *cap, size_t size);

struct plan {
	int64_t keeper; /* the territory number that is the first column of every key */
	struct contract contract;
	struct territory place;                       /* that signs */
	struct deliberation vote;                     /* vote.record.id is 0 when none is named */
	PLAN_LIST(struct contract) others;            /* the other contracts of the same place */
	PLAN_LIST(struct organisation) organisations; /* all that are known: partners have parents */
	PLAN_LIST(struct grant) grants;
	PLAN_LIST(struct priority) priorities;
	PLAN_LIST(struct axis) axes;
	PLAN_LIST(struct sheet) sheets;
	PLAN_LIST(struct action) actions;
	PLAN_LIST(struct forecast) forecasts;
	PLAN_LIST(struct partnership) partnerships;
	PLAN_LIST(struct local_indicator) local_indicators;
	PLAN_LIST(struct sheet_indicator) sheet_indicators;
	PLAN_LIST(struct body) bodies;
	PLAN_LIST(struct payment) payments;
	PLAN_LIST(struct meeting) meetings; /* of the bodies */
};

/* Best inside a read transaction, so that all of it is of one moment. */
const struct err *plan_read(struct db *db, struct arena *a, int64_t keeper, int64_t contract, struct plan *p);

/* By stored key; NULL when the link is empty or leads out of the contract. */
const struct priority *plan_priority(const struct plan *p, int64_t id);
const struct axis *plan_axis(const struct plan *p, int64_t id);
const struct sheet *plan_sheet(const struct plan *p, int64_t id);
const struct action *plan_action(const struct plan *p, int64_t id);
const struct organisation *plan_organisation(const struct plan *p, int64_t id);
const struct body *plan_body(const struct plan *p, int64_t id);

/* The legal entity that an organisation is part of: itself when it names no parent. */
const struct organisation *plan_legal_entity(const struct plan *p, const struct organisation *o);
bool plan_carries(const struct plan *p, const struct sheet *s, str indicator); /* is it listed for the sheet? */

/* From the signature to the last day of its duration; DAY_NONE where one of them is not known. */
period plan_duration(const struct contract *c);

/* The audiences that a sheet or an action speaks to. */
static inline bool
plan_for_newcomers(str audience)
{
	return str_is(audience, "newcomers") || str_is(audience, "mixed");
}
static inline bool
plan_for_actors(str audience)
{
	return str_is(audience, "actors") || str_is(audience, "mixed");
}
