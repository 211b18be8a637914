#include "daily/levels.h"

#include "base/text.h"
#include "daily/acts.h"
#include "model/plan.h"
#include "sql.h"

static const struct entity *const assessments = &entities[ENTITY_assessments], *const skills_kind =
										   &entities[ENTITY_assessment_skills];

const char *const skill_words[SKILLS] = { "listening", "reading", "speaking", "writing" };

int
level_rank(str level)
{
	return choice_index(entity_field(assessments, "level")->choices, level);
}

struct lines {
	PLAN_LIST(struct level_line) v;
};

static const struct err *
read_skills(const struct sight *s, int64_t person, struct lines *to)
{
	struct skills_of_person_row row;
	struct db_rows rows;

	(void)skills_of_person(s->db, &rows, s->territory, person, s->organisation);
	while (skills_of_person_next(&rows, &row)) {
		for (size_t i = 0; i < to->v.n; i++) {
			struct level_line *l = &to->v.v[i];

			if (l->assessment.enrolment != row.enrolment_id || l->assessment.on != row.on_date ||
			    !str_eq(l->assessment.moment, row.moment))
				continue;
			for (int k = 0; k < SKILLS; k++) {
				if (str_is(row.skill, skill_words[k]))
					l->skills[k] = str_dup(s->arena, row.level);
			}
		}
	}
	return db_done(&rows);
}

const struct err *
levels_of(const struct sight *s, int64_t person, struct level_line **to, size_t *n)
{
	struct lines all = { 0 };
	struct levels_of_person_row row;
	struct db_rows rows;
	const struct err *e;

	(void)levels_of_person(s->db, &rows, s->territory, person, s->organisation);
	while (levels_of_person_next(&rows, &row))
		*PLAN_ADD(s->arena, &all.v) = (struct level_line){ .assessment = { .record = { row.id, row.version },
								       .enrolment = row.enrolment_id,
								       .on = row.on_date,
								       .moment = str_dup(s->arena, row.moment),
								       .level = str_dup(s->arena, row.level) },
			.action_title = str_dup(s->arena, row.title),
			.sheet_number = str_dup(s->arena, row.number) };
	if ((e = db_done(&rows)) == NULL)
		e = read_skills(s, person, &all);
	*to = all.v.v;
	*n = all.v.n;
	return e;
}

/* Of an action of this viewer's, and not before the entry: the figures would not know what to make of it. */
static const struct err *
check_enrolment(const struct sight *s, const struct assessment *a, struct problem_sink *sink)
{
	struct enrolment e = { 0 };
	bool found = false, seen = false;
	const struct err *err = NULL;

	if (a->enrolment != NUMBER_NONE)
		err = entity_by_id(s->db, s->territory, &entities[ENTITY_enrolments], a->enrolment, s->arena, &e, &found);
	if (err == NULL && found)
		err = action_seen(s, e.action, &seen);
	if (err != NULL || a->enrolment == NUMBER_NONE)
		return err;
	if (!seen)
		return daily_missing(s);
	if (a->on != DAY_NONE && a->on > s->today)
		problem_add(sink, &(struct problem){ .level = PROBLEM_FAULT,
				      .column = S("on"),
				      .expected = str_of(tr("a date that is not to come: the level is what was found")) });
	return NULL;
}

static const struct err *
save_skills(struct save *save, const struct sight *s, const struct assessment *a, const str skills[SKILLS])
{
	const struct err *e = NULL;

	for (int i = 0; e == NULL && i < SKILLS; i++) {
		struct assessment_skill x = { .enrolment = a->enrolment, .on = a->on, .moment = a->moment }, old;
		bool found;

		if (skills[i].len == 0)
			continue;
		x.skill = str_of(skill_words[i]);
		old = x;
		if ((e = entity_by_key(s->db, s->territory, skills_kind, s->arena, &old, &found)) != NULL)
			return e;
		x.level = skills[i];
		e = entity_save(save, skills_kind, &x, found ? &old : NULL);
	}
	return e;
}

const struct err *
level_save(struct save *save, const struct sight *s, struct assessment *a, const str skills[SKILLS], uint64_t wrong,
    struct problem_sink *sink)
{
	struct assessment old = *a;
	bool found = false;
	const struct err *e = check_enrolment(s, a, sink);

	if (e != NULL)
		return e;
	entity_check(assessments, a, wrong, 0, sink, (str){ 0 }, 0);
	if (sink->faults > 0)
		return NULL;
	if ((e = entity_by_key(s->db, s->territory, assessments, s->arena, &old, &found)) != NULL)
		return e;
	a->record = (struct record){ 0 };
	e = entity_save(save, assessments, a, found ? &old : NULL);
	return e != NULL ? e : save_skills(save, s, a, skills);
}
