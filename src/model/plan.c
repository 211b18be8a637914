#include "model/plan.h"

#include <string.h>

#include "base/text.h"
#include "db/db.h"
#include "model/entity.h"
#include "model/save.h"

#define FIND(list, key)                             \
	for (size_t i = 0; i < (list).n; i++)       \
		if ((list).v[i].record.id == (key)) \
			return &(list).v[i];        \
	return NULL

const struct priority *
plan_priority(const struct plan *p, int64_t id)
{
	FIND(p->priorities, id);
}

const struct axis *
plan_axis(const struct plan *p, int64_t id)
{
	FIND(p->axes, id);
}

const struct sheet *
plan_sheet(const struct plan *p, int64_t id)
{
	FIND(p->sheets, id);
}

const struct action *
plan_action(const struct plan *p, int64_t id)
{
	FIND(p->actions, id);
}

const struct organisation *
plan_organisation(const struct plan *p, int64_t id)
{
	FIND(p->organisations, id);
}

const struct body *
plan_body(const struct plan *p, int64_t id)
{
	FIND(p->bodies, id);
}

/* Followed at most as many times as there are organisations: two that name each other as parent do not hang us. */
const struct organisation *
plan_legal_entity(const struct plan *p, const struct organisation *o)
{
	for (size_t i = 0; i < p->organisations.n; i++) {
		const struct organisation *parent = plan_organisation(p, o->parent);

		if (parent == NULL)
			break;
		o = parent;
	}
	return o;
}

bool
plan_carries(const struct plan *p, const struct sheet *s, str indicator)
{
	for (size_t i = 0; i < p->sheet_indicators.n; i++) {
		if (p->sheet_indicators.v[i].sheet == s->record.id && str_eq(p->sheet_indicators.v[i].indicator, indicator))
			return true;
	}
	return false;
}

period
plan_duration(const struct contract *c)
{
	period p = { c->signed_on, DAY_NONE };

	if (c->signed_on != DAY_NONE && c->duration_months != NUMBER_NONE)
		p.to = day_add_months(c->signed_on, (int)c->duration_months) - 1;
	return p;
}

/* One of several lists, whatever it holds: the header is the same. */
struct list {
	void *v;
	size_t n, cap;
};

void *
plan_room(struct arena *a, void *v, size_t n, size_t *cap, size_t size)
{
	void *larger;

	if (n < *cap)
		return v;
	*cap = *cap == 0 ? 16 : *cap * 2;
	larger = arena_array(a, *cap, size);
	if (n > 0)
		memcpy(larger, v, n * size);
	return larger;
}

static void
append(struct arena *a, void *to, const struct entity *e, const void *record)
{
	struct list *list = to;
	void *place;

	list->v = plan_room(a, list->v, list->n, &list->cap, e->size);
	place = (char *)list->v + list->n++ * e->size;
	memcpy(place, record, e->size);
	entity_keep(e, place, a);
}

static bool
of_contract(const struct plan *p, int64_t link)
{
	return link == p->contract.record.id;
}

static bool
of_a_priority(const struct plan *p, int64_t link)
{
	return plan_priority(p, link) != NULL;
}

static bool
of_a_sheet(const struct plan *p, int64_t link)
{
	return plan_sheet(p, link) != NULL;
}

static bool
of_a_body(const struct plan *p, int64_t link)
{
	return plan_body(p, link) != NULL;
}

static bool
of_the_place(const struct plan *p, int64_t link)
{
	return link == p->contract.territory;
}

/* Which records of a kind belong to the contract: those whose link leads to what was read before. */
struct part {
	enum entity_number entity;
	size_t list;      /* member of struct plan */
	const char *link; /* NULL: all of them */
	bool (*belongs)(const struct plan *p, int64_t link);
};
static const struct part parts[] = {
	{ ENTITY_contracts, offsetof(struct plan, others), "territory", of_the_place },
	{ ENTITY_organisations, offsetof(struct plan, organisations), NULL, NULL },
	{ ENTITY_grants, offsetof(struct plan, grants), "contract", of_contract },
	{ ENTITY_priorities, offsetof(struct plan, priorities), "contract", of_contract },
	{ ENTITY_axes, offsetof(struct plan, axes), "priority", of_a_priority },
	{ ENTITY_sheets, offsetof(struct plan, sheets), "contract", of_contract },
	{ ENTITY_actions, offsetof(struct plan, actions), "sheet", of_a_sheet },
	{ ENTITY_forecasts, offsetof(struct plan, forecasts), "sheet", of_a_sheet },
	{ ENTITY_partnerships, offsetof(struct plan, partnerships), "sheet", of_a_sheet },
	{ ENTITY_local_indicators, offsetof(struct plan, local_indicators), "contract", of_contract },
	{ ENTITY_sheet_indicators, offsetof(struct plan, sheet_indicators), "sheet", of_a_sheet },
	{ ENTITY_bodies, offsetof(struct plan, bodies), "contract", of_contract },
	{ ENTITY_payments, offsetof(struct plan, payments), "contract", of_contract },
	{ ENTITY_meetings, offsetof(struct plan, meetings), "body", of_a_body },
};

static const struct err *
read_part(struct db *db, struct arena *a, struct plan *p, const struct part *part)
{
	const struct entity *e = &entities[part->entity];
	const struct field *link = part->link == NULL ? NULL : entity_field(e, part->link);
	void *record = arena_alloc(a, e->size);
	struct db_rows rows;
	const struct err *err = entity_stream(db, p->keeper, e, &rows);

	if (err != NULL)
		return err;
	while (db_next(&rows)) {
		entity_row(e, &rows, record, NULL);
		if (part->entity == ENTITY_contracts && ((struct record *)record)->id == p->contract.record.id)
			continue;
		if (link == NULL || part->belongs(p, *(const int64_t *)field_at(link, record)))
			append(a, (char *)p + part->list, e, record);
	}
	return db_done(&rows);
}

const struct err *
plan_read(struct db *db, struct arena *a, int64_t keeper, int64_t contract, struct plan *p)
{
	const struct err *e;
	bool found;

	*p = (struct plan){ .keeper = keeper };
	e = entity_by_id(db, keeper, &entities[ENTITY_contracts], contract, a, &p->contract, &found);
	if (e == NULL && !found)
		e = err_new(a, ERR_NOTFOUND, tr("The contract is no longer in the database."), NULL, NULL);
	if (e == NULL)
		e = entity_by_id(db, keeper, &entities[ENTITY_territories], p->contract.territory, a, &p->place, &found);
	if (e == NULL && p->contract.deliberation != NUMBER_NONE)
		e = entity_by_id(db, keeper, &entities[ENTITY_deliberations], p->contract.deliberation, a, &p->vote, &found);
	for (size_t i = 0; e == NULL && i < sizeof parts / sizeof *parts; i++)
		e = read_part(db, a, p, &parts[i]);
	return e;
}
