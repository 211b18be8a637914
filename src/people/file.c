/* file.c - a person's file from its parts, and its labels */
#include "people/file.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/save.h"
#include "people/file_read.h"
#include "sql.h"

const char *
entry_label(enum entry_kind kind)
{
	static const char *const labels[] = {
		[ENTRY_ARRIVED] = N_("Arrived in France"),
		[ENTRY_CIR] = N_("Signed the integration contract (CIR)"),
		[ENTRY_STATUS] = N_("Status"),
		[ENTRY_STATUS_END] = N_("End of a status"),
		[ENTRY_ENROLLED] = N_("Entered an action"),
		[ENTRY_LEFT] = N_("Left an action"),
		[ENTRY_SESSION] = N_("Attended a session"),
		[ENTRY_ASSESSMENT] = N_("Level of French assessed"),
		[ENTRY_ACT] = N_("Act"),
		[ENTRY_PAIR] = N_("Pair begun"),
		[ENTRY_PAIR_END] = N_("Pair ended"),
		[ENTRY_FOLLOWUP] = N_("Followed up after the exit"),
		[ENTRY_COHORT] = N_("Joined the restricted cohort"),
		[ENTRY_COHORT_END] = N_("Left the restricted cohort"),
	};

	return tr(labels[kind]);
}

/* Room for one more in a list that lives in an arena. */
static void *
one_more(struct arena *a, void *v, size_t n, size_t *cap, size_t size)
{
	void *bigger;

	if (n < *cap)
		return v;
	*cap = *cap == 0 ? 32 : *cap * 2;
	bigger = arena_array(a, *cap, size);
	if (n > 0)
		memcpy(bigger, v, n * size);
	return bigger;
}

struct entry *
entry_add(struct reading_file *r, enum entry_kind kind, day on, int64_t record)
{
	struct person_file *f = r->to;
	struct entry *e;

	f->entries = one_more(r->s->arena, f->entries, f->entries_n, &r->entries_cap, sizeof *f->entries);
	e = &f->entries[f->entries_n++];
	*e = (struct entry){ .kind = kind, .on = on, .record = record, .number = NUMBER_NONE };
	return e;
}

const struct err *
place_read(struct reading_file *r, int64_t action, struct file_place *to)
{
	struct arena *a = r->s->arena;
	struct file_place_row row;
	struct db_rows rows;
	const struct err *err;

	for (size_t i = 0; i < r->places.n; i++) {
		if (r->places.v[i].action == action) {
			*to = r->places.v[i];
			return NULL;
		}
	}
	*to = (struct file_place){ .action = action };
	if ((err = file_place(r->s->db, &rows, r->s->territory, action)) != NULL)
		return err;
	if (file_place_next(&rows, &row))
		*to = (struct file_place){ .action = action,
			.sheet = row.sheet_id,
			.operator= row.operator_id == NUMBER_NONE ? 0 : row.operator_id,
			.action_title = str_dup(a, row.title),
			.sheet_number = str_dup(a, row.number),
			.sheet_title = str_dup(a, row.sheet_title),
			.operator_name = str_dup(a, row.name),
			.health = row.health == 1 };
	r->places.v = one_more(a, r->places.v, r->places.n, &r->places.cap, sizeof *r->places.v);
	r->places.v[r->places.n++] = *to;
	return db_done(&rows);
}

/* The others of the household, as they are written in lists. */
static const struct err *
read_household(struct reading_file *r)
{
	struct person_file *f = r->to;
	int64_t ids[64];
	size_t n = 0, kept = 0;
	const struct err *err;

	if (f->person.household_ref.len == 0)
		return NULL;
	if ((err = people_in_household(r->s, f->person.household_ref, ids, 64, &n)) != NULL)
		return err;
	for (size_t i = 0; i < n && err == NULL; i++) {
		bool seen = false;

		if (ids[i] != f->person.record.id)
			err = person_seen(r->s, ids[i], &seen);
		if (seen)
			ids[kept++] = ids[i];
	}
	f->household = ARENA_ARRAY(r->s->arena, kept, struct person_line);
	return err != NULL ? err : person_lines(r->s, ids, kept, f->household, &f->household_n);
}

/* The latest first; on one day what ends comes after what begins, so that it stands above it. */
static int
by_date(const void *x, const void *y)
{
	const struct entry *a = x, *b = y;

	if (a->on != b->on)
		return a->on > b->on ? -1 : 1;
	if (a->kind != b->kind)
		return a->kind > b->kind ? -1 : 1;
	return (a->record < b->record) - (a->record > b->record);
}

const struct err *
person_file(const struct sight *s, int64_t person, str eligible, struct person_file *to, bool *found)
{
	struct reading_file r = { .s = s, .to = to };
	const struct err *err;

	*to = (struct person_file){ 0 };
	if ((err = person_seen(s, person, found)) != NULL || !*found)
		return err;
	err = entity_by_id(s->db, s->territory, &entities[ENTITY_people], person, s->arena, &to->person, found);
	if (err != NULL || !*found)
		return err;
	if ((err = file_records(&r)) != NULL || (err = file_sessions(&r)) != NULL || (err = read_household(&r)) != NULL)
		return err;
	if (to->entries_n > 0)
		qsort(to->entries, to->entries_n, sizeof *to->entries, by_date);
	file_summary(&r, eligible);
	return NULL;
}
