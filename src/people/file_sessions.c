/* file_sessions.c - the sessions that somebody attended. Registers are kept by session, so they are looked for in the
 * sessions of the actions in which the person was met otherwise (an enrolment, an act, a pair). */
#include "model/roll.h"
#include "people/file_read.h"
#include "sql.h"

/* The minutes on a register; 0: not on it. false: it cannot be made out. */
static bool
minutes_on(str lines, int64_t person, int64_t *minutes)
{
	struct roll_walk w = roll_walk(lines);
	int64_t values[ROLL_VALUES];

	*minutes = 0;
	while (roll_walk_next(&w, values) && w.who <= person) {
		if (w.who == person && values[0] != NUMBER_NONE)
			*minutes = values[0];
	}
	return !w.damaged;
}

static void
count_on_paths(struct reading_file *r, int64_t action, const struct file_sessions_of_row *row, int64_t minutes)
{
	for (size_t i = 0; i < r->to->paths_n; i++) {
		struct path *p = &r->to->paths[i];
		day until = p->enrolment.left_on == DAY_NONE ? r->s->today : p->enrolment.left_on;

		if (p->enrolment.action != action || row->held_on < p->enrolment.entered_on || row->held_on > until)
			continue;
		p->sessions++;
		if (str_is(row->kind, "training"))
			p->attended += minutes;
	}
}

static const struct err *
sessions_of(struct reading_file *r, const struct file_place *place)
{
	const struct sight *s = r->s;
	struct file_sessions_of_row row;
	struct db_rows rows;
	bool sound = true;
	const struct err *err = file_sessions_of(s->db, &rows, s->territory, place->action);

	if (err != NULL)
		return err;
	while (file_sessions_of_next(&rows, &row)) {
		struct entry *e;
		int64_t minutes;

		sound &= minutes_on(row.lines, r->to->person.record.id, &minutes);
		if (minutes <= 0 || !str_is(row.state, "held"))
			continue;
		e = entry_add(r, ENTRY_SESSION, row.held_on, row.id);
		e->place = *place;
		e->number = minutes;
		e->word = str_dup(s->arena, row.kind);
		count_on_paths(r, place->action, &row, minutes);
	}
	err = db_done(&rows);
	return err != NULL || sound ? err : roll_damaged(s->db, &entities[ENTITY_attendances]);
}

const struct err *
file_sessions(struct reading_file *r)
{
	const struct err *err = NULL;

	for (size_t i = 0; i < r->places.n && err == NULL; i++)
		err = sessions_of(r, &r->places.v[i]);
	return err;
}
