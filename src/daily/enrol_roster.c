/* enrol_roster.c - reading the people of an action */
#include <stdlib.h>

#include "daily/enrol.h"
#include "sql.h"

const struct err *
action_place(const struct sight *s, str ref, struct action_place *to, bool *found)
{
	struct enrol_place_row row;
	struct db_rows rows;
	struct arena *a = s->arena;
	int64_t id = 0;
	const struct err *e = enrol_place(s->db, &rows, s->territory, s->organisation, ref);

	*to = (struct action_place){ 0 };
	*found = false;
	if (e != NULL)
		return e;
	while (enrol_place_next(&rows, &row)) {
		id = row.id;
		*to = (struct action_place){ .contract = row.contract_id,
			.contract_ref = str_dup(a, row.contract_ref),
			.sheet_ref = str_dup(a, row.sheet_ref),
			.sheet_number = str_dup(a, row.sheet_number),
			.sheet_title = str_dup(a, row.sheet_title),
			.operator_name = str_dup(a, row.operator_name),
			.eligible = str_dup(a, row.eligible),
			.nominal = str_is(row.recording, "nominal") };
	}
	if ((e = db_done(&rows)) != NULL || id == 0)
		return e;
	return entity_by_id(s->db, s->territory, &entities[ENTITY_actions], id, a, &to->action, found);
}

enum standing_in
standing_in(const struct enrolment *e, day today)
{
	if (str_is(e->state, "requested"))
		return e->waiting_since == DAY_NONE ? IN_REQUEST : IN_WAITING;
	if (str_is(e->state, "refused"))
		return IN_REFUSED;
	if (str_is(e->state, "cancelled"))
		return IN_CANCELLED;
	return e->left_on == DAY_NONE || e->left_on >= today ? IN_ACTIVE : IN_LEFT;
}

int64_t
places_left(const struct action *a, int64_t active)
{
	return a->capacity == NUMBER_NONE ? NUMBER_NONE : a->capacity - active;
}

/* By standing; those who ask or wait in the order in which they came, the others by name. */
static int
by_turn(const void *a, const void *b)
{
	const struct enrolled *x = a, *y = b;
	day dx, dy;
	int names;

	if (x->in != y->in)
		return x->in < y->in ? -1 : 1;
	dx = x->in == IN_WAITING ? x->e.waiting_since : x->in == IN_REQUEST ? x->e.entered_on : 0;
	dy = y->in == IN_WAITING ? y->e.waiting_since : y->in == IN_REQUEST ? y->e.entered_on : 0;
	if (dx != dy)
		return dx < dy ? -1 : 1;
	if ((names = str_cmp(x->family_name, y->family_name)) != 0 || (names = str_cmp(x->given_name, y->given_name)) != 0)
		return names;
	return x->e.record.id < y->e.record.id ? -1 : x->e.record.id > y->e.record.id;
}

static struct enrolled
enrolled_of(const struct sight *s, int64_t action, const struct enrol_roster_row *row)
{
	struct arena *a = s->arena;
	struct enrolled x = { .given_name = str_dup(a, row->given_name),
		.family_name = str_dup(a, row->family_name),
		.sex = str_dup(a, row->sex),
		.birth_date = str_dup(a, row->birth_date),
		.cir_signed_on = row->cir_signed_on };

	entity_clear(&entities[ENTITY_enrolments], &x.e);
	x.e.record = (struct record){ row->id, row->version };
	x.e.action = action;
	x.e.person = row->person_id;
	x.e.state = str_dup(a, row->state);
	x.e.entered_on = row->entered_on;
	x.e.left_on = row->left_on;
	x.e.planned_minutes = row->planned_minutes;
	x.e.exit = str_dup(a, row->exit_kind);
	x.e.group = str_dup(a, row->group_name);
	x.e.referent = str_dup(a, row->referent);
	x.e.requested_on = row->requested_on;
	x.e.waiting_since = row->waiting_since;
	x.e.reason = str_dup(a, row->reason);
	x.in = standing_in(&x.e, s->today);
	return x;
}

struct person_statuses {
	int64_t person;
	struct status *v;
	size_t n;
};

static int
by_person(const void *a, const void *b)
{
	const struct person_statuses *x = a, *y = b;

	return x->person < y->person ? -1 : x->person > y->person;
}

/* Everybody's statuses at once: they come person by person. */
static const struct err *
read_statuses(const struct sight *s, int64_t action, struct person_statuses **to, size_t *n)
{
	PLAN_LIST(struct status) all = { 0 };
	PLAN_LIST(struct person_statuses) people = { 0 };
	struct enrol_statuses_row row;
	struct db_rows rows;
	const struct err *e = enrol_statuses(s->db, &rows, s->territory, action);

	if (e != NULL)
		return e;
	while (enrol_statuses_next(&rows, &row)) {
		struct status *x;

		if (people.n == 0 || people.v[people.n - 1].person != row.person_id)
			*PLAN_ADD(s->arena, &people) = (struct person_statuses){ .person = row.person_id };
		people.v[people.n - 1].n++;
		x = PLAN_ADD(s->arena, &all);
		*x = (struct status){
			.person = row.person_id, .status = str_dup(s->arena, row.status), .since = row.since, .until = row.until
		};
	}
	for (size_t i = 0, at = 0; i < people.n; at += people.v[i++].n)
		people.v[i].v = &all.v[at];
	*to = people.v;
	*n = people.n;
	return db_done(&rows);
}

const struct err *
roster_read(const struct sight *s, const struct action_place *place, struct roster *to)
{
	PLAN_LIST(struct enrolled) list = { 0 };
	struct person_statuses *statuses;
	struct enrol_roster_row row;
	struct db_rows rows;
	size_t known;
	const struct err *e = enrol_roster(s->db, &rows, s->territory, place->action.record.id);

	*to = (struct roster){ 0 };
	if (e != NULL)
		return e;
	while (enrol_roster_next(&rows, &row))
		*PLAN_ADD(s->arena, &list) = enrolled_of(s, place->action.record.id, &row);
	if ((e = db_done(&rows)) != NULL || (e = read_statuses(s, place->action.record.id, &statuses, &known)) != NULL)
		return e;
	for (size_t i = 0; i < list.n; i++) {
		const struct person_statuses key = { .person = list.v[i].e.person };
		const struct person_statuses *p = known == 0 ? NULL : bsearch(&key, statuses, known, sizeof *statuses, by_person);

		if (p != NULL) {
			list.v[i].statuses = p->v;
			list.v[i].statuses_n = p->n;
		}
		list.v[i].standing = standing_on(list.v[i].statuses, list.v[i].statuses_n, place->eligible, s->today);
		to->count[list.v[i].in]++;
	}
	if (list.n > 1)
		qsort(list.v, list.n, sizeof *list.v, by_turn);
	to->v = list.v;
	to->n = list.n;
	return NULL;
}
