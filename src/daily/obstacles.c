#include "daily/obstacles.h"

#include "base/text.h"
#include "daily/acts.h"
#include "model/plan.h"
#include "sql.h"

static const struct entity *const kind = &entities[ENTITY_obstacles];

const char *
obstacle_domain(int i)
{
	static const char *const words[DOMAINS] = { "mobility", "language", "childcare", "health", "housing", "rights",
		"digital" };

	return words[i];
}

const struct err *
obstacles_of(const struct sight *s, int64_t person, bool own, struct obstacle_line **to, size_t *n)
{
	struct {
		PLAN_LIST(struct obstacle_line) v;
	} all = { 0 };
	struct obstacles_of_person_row row;
	struct db_rows rows;

	(void)obstacles_of_person(s->db, &rows, s->territory, person, s->organisation);
	while (obstacles_of_person_next(&rows, &row)) {
		struct obstacle_line *l = PLAN_ADD(s->arena, &all.v);

		*l = (struct obstacle_line){ .obstacle = { .record = { row.id, row.version },
						 .ref = str_dup(s->arena, row.ref),
						 .person = person,
						 .organisation = row.organisation_id,
						 .domain = str_dup(s->arena, row.domain),
						 .on = row.on_date,
						 .rating = str_dup(s->arena, row.rating) },
			.organisation_name = str_dup(s->arena, row.name) };
		l->closed = !own && s->organisation == 0 && row.organisation_id != NUMBER_NONE && str_is(row.domain, "health");
		if (l->closed)
			l->obstacle.rating = (str){ 0 };
	}
	*to = all.v.v;
	*n = all.v.n;
	return db_done(&rows);
}

/* The rating of the same day, domain and organisation; record.id 0: none. */
static const struct err *
same_day(const struct sight *s, const struct obstacle *o, struct obstacle *old)
{
	struct obstacle_line *v;
	size_t n;
	const struct err *e = obstacles_of(s, o->person, true, &v, &n);

	*old = (struct obstacle){ 0 };
	for (size_t i = 0; e == NULL && i < n; i++) {
		const struct obstacle *x = &v[i].obstacle;

		if (x->on == o->on && x->organisation == o->organisation && str_eq(x->domain, o->domain))
			*old = *x;
	}
	return e;
}

const struct err *
obstacle_save(struct save *save, const struct sight *s, struct obstacle *o, uint64_t wrong, struct problem_sink *sink)
{
	struct obstacle old;
	bool seen;
	const struct err *e = person_seen(s, o->person, &seen);

	if (e != NULL || !seen)
		return e != NULL ? e : daily_missing(s);
	o->organisation = s->organisation == 0 ? NUMBER_NONE : s->organisation;
	if ((e = same_day(s, o, &old)) != NULL)
		return e;
	o->record = (struct record){ 0 };
	if (old.record.id == 0 && (e = save_reserve(save, kind, &o->record.id)) != NULL)
		return e;
	o->ref = old.record.id == 0 ? record_ref(s->arena, "f-", o->record.id) : old.ref;
	if (o->on != DAY_NONE && o->on > s->today)
		problem_add(sink, &(struct problem){ .level = PROBLEM_FAULT,
				      .column = S("on"),
				      .expected = str_of(tr("a date that is not to come: a rating is of a day that was")) });
	entity_check(kind, o, wrong, 0, sink, (str){ 0 }, 0);
	return sink->faults > 0 ? NULL : entity_save(save, kind, o, old.record.id == 0 ? NULL : &old);
}
