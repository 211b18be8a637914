#include <string.h>

#include "people/file_read.h"
#include "sql.h"

static const struct err *
read_statuses(struct reading_file *r)
{
	const struct sight *s = r->s;
	struct person_file *f = r->to;
	struct file_statuses_row row;
	struct db_rows rows;
	size_t cap = 0;
	const struct err *err = file_statuses(s->db, &rows, s->territory, f->person.record.id);

	if (err != NULL)
		return err;
	while (file_statuses_next(&rows, &row)) {
		str word = str_dup(s->arena, row.status);

		if (f->statuses_n == cap) {
			struct status *v = ARENA_ARRAY(s->arena, cap = cap == 0 ? 8 : cap * 2, struct status);

			if (f->statuses_n > 0)
				memcpy(v, f->statuses, f->statuses_n * sizeof *v);
			f->statuses = v;
		}
		f->statuses[f->statuses_n++] = (struct status){ .record = { row.id, row.version },
			.person = f->person.record.id,
			.status = word,
			.since = row.since,
			.until = row.until };
		entry_add(r, ENTRY_STATUS, row.since, row.id)->word = word;
		if (row.until != DAY_NONE)
			entry_add(r, ENTRY_STATUS_END, row.until, row.id)->word = word;
	}
	return db_done(&rows);
}

static struct path *
path_add(struct reading_file *r)
{
	struct person_file *f = r->to;

	if (f->paths_n == r->paths_cap) {
		struct path *v = ARENA_ARRAY(r->s->arena, r->paths_cap = r->paths_cap == 0 ? 8 : r->paths_cap * 2, struct path);

		if (f->paths_n > 0)
			memcpy(v, f->paths, f->paths_n * sizeof *v);
		f->paths = v;
	}
	f->paths[f->paths_n] = (struct path){ 0 };
	return &f->paths[f->paths_n++];
}

static const struct err *
read_enrolments(struct reading_file *r)
{
	const struct sight *s = r->s;
	struct arena *a = s->arena;
	struct file_enrolments_row row;
	struct db_rows rows;
	const struct err *err = file_enrolments(s->db, &rows, s->territory, r->to->person.record.id, s->organisation), *done;

	if (err != NULL)
		return err;
	while (err == NULL && file_enrolments_next(&rows, &row)) {
		struct path *p = path_add(r);
		struct entry *e;

		p->enrolment = (struct enrolment){ .record = { row.id, row.version },
			.ref = str_dup(a, row.ref),
			.action = row.action_id,
			.person = r->to->person.record.id,
			.state = str_dup(a, row.state),
			.entered_on = row.entered_on,
			.left_on = row.left_on,
			.planned_minutes = row.planned_minutes,
			.exit = str_dup(a, row.exit_kind),
			.contract_months = str_dup(a, row.contract_months),
			.referrer = row.referrer_id };
		err = place_read(r, row.action_id, &p->place);
		e = entry_add(r, ENTRY_ENROLLED, row.entered_on, row.id);
		e->place = p->place;
		e->word = p->enrolment.state;
		if (row.left_on == DAY_NONE)
			continue;
		e = entry_add(r, ENTRY_LEFT, row.left_on, row.id);
		e->place = p->place;
		e->word = p->enrolment.exit;
	}
	done = db_done(&rows);
	return err != NULL ? err : done;
}

static const struct err *
read_course(struct reading_file *r, const struct path *p)
{
	const struct sight *s = r->s;
	struct file_assessments_row row;
	struct file_followups_row later;
	struct db_rows rows;
	const struct err *err = file_assessments(s->db, &rows, s->territory, p->enrolment.record.id);

	if (err != NULL)
		return err;
	while (file_assessments_next(&rows, &row)) {
		struct entry *e = entry_add(r, ENTRY_ASSESSMENT, row.on_date, row.id);

		e->place = p->place;
		e->word = str_dup(s->arena, row.level);
		e->more = str_dup(s->arena, row.moment);
	}
	if ((err = db_done(&rows)) != NULL || (err = file_followups(s->db, &rows, s->territory, p->enrolment.record.id)) != NULL)
		return err;
	while (file_followups_next(&rows, &later)) {
		struct entry *e = entry_add(r, ENTRY_FOLLOWUP, later.on_date, later.id);

		e->place = p->place;
		e->word = str_dup(s->arena, later.situation);
		e->number = later.months;
	}
	return db_done(&rows);
}

static const struct err *
read_acts(struct reading_file *r)
{
	const struct sight *s = r->s;
	struct file_acts_row row;
	struct db_rows rows;
	const struct err *err = file_acts(s->db, &rows, s->territory, r->to->person.record.id, s->organisation), *done;

	if (err != NULL)
		return err;
	while (err == NULL && file_acts_next(&rows, &row)) {
		struct entry *e = entry_add(r, ENTRY_ACT, row.on_date, row.id);

		e->word = str_dup(s->arena, row.kind);
		e->number = row.quantity;
		err = place_read(r, row.action_id, &e->place);
	}
	done = db_done(&rows);
	return err != NULL ? err : done;
}

static const struct err *
read_pairs(struct reading_file *r)
{
	const struct sight *s = r->s;
	struct file_pairs_row row;
	struct db_rows rows;
	const struct err *err = file_pairs(s->db, &rows, s->territory, r->to->person.record.id, s->organisation), *done;

	if (err != NULL)
		return err;
	while (err == NULL && file_pairs_next(&rows, &row)) {
		struct file_place place;

		err = place_read(r, row.action_id, &place);
		entry_add(r, ENTRY_PAIR, row.started_on, row.id)->place = place;
		if (row.ended_on != DAY_NONE)
			entry_add(r, ENTRY_PAIR_END, row.ended_on, row.id)->place = place;
	}
	done = db_done(&rows);
	return err != NULL ? err : done;
}

/* Who is followed by the city's researcher is not told to an organisation. */
static const struct err *
read_cohorts(struct reading_file *r)
{
	const struct sight *s = r->s;
	struct file_cohorts_row row;
	struct db_rows rows;
	const struct err *err;

	if (s->organisation != 0)
		return NULL;
	if ((err = file_cohorts(s->db, &rows, s->territory, r->to->person.record.id)) != NULL)
		return err;
	while (file_cohorts_next(&rows, &row)) {
		entry_add(r, ENTRY_COHORT, row.joined_on, row.id);
		if (row.left_on != DAY_NONE)
			entry_add(r, ENTRY_COHORT_END, row.left_on, row.id);
	}
	return db_done(&rows);
}

const struct err *
file_records(struct reading_file *r)
{
	const struct person *p = &r->to->person;
	const struct err *err;

	if (p->arrived_on != DAY_NONE)
		entry_add(r, ENTRY_ARRIVED, p->arrived_on, p->record.id);
	if (p->cir_signed_on != DAY_NONE)
		entry_add(r, ENTRY_CIR, p->cir_signed_on, p->record.id);
	if ((err = read_statuses(r)) != NULL || (err = read_enrolments(r)) != NULL)
		return err;
	for (size_t i = 0; i < r->to->paths_n; i++) {
		if ((err = read_course(r, &r->to->paths[i])) != NULL)
			return err;
	}
	if ((err = read_acts(r)) != NULL || (err = read_pairs(r)) != NULL)
		return err;
	return read_cohorts(r);
}
