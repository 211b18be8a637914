#include "people/who.h"

#include <stdlib.h>

#include "base/buf.h"
#include "model/person_keys.h"
#include "sql.h"

const struct err *
person_seen(const struct sight *s, int64_t person, bool *seen)
{
	struct person_of_row row;
	struct person_there_row there;
	struct db_rows rows;
	const struct err *err;

	if (s->organisation == 0) {
		if ((err = person_there(s->db, &rows, s->territory, person)) != NULL)
			return err;
		*seen = person_there_next(&rows, &there);
	} else {
		if ((err = person_of(s->db, &rows, s->territory, s->organisation, person)) != NULL)
			return err;
		*seen = person_of_next(&rows, &row);
	}
	return db_done(&rows);
}

const struct err *
people_of_organisation(const struct sight *s, int64_t organisation, struct set *to)
{
	struct people_of_one_row row;
	struct db_rows rows;
	const struct err *err = people_of_one(s->db, &rows, s->territory, organisation);

	if (err != NULL)
		return err;
	while (people_of_one_next(&rows, &row))
		set_add(to, id_mark(row.person_id));
	return db_done(&rows);
}

const struct err *
people_in_household(const struct sight *s, str household, int64_t *ids, size_t most, size_t *n)
{
	struct buf key = { 0 };
	struct sorted_walk w;
	struct key k;
	const struct err *err;

	household_key(household, &key);
	sorted_walk(&w, s->db, s->territory, buf_str(&key), NULL, false);
	for (*n = 0; *n < most && sorted_next(&w, &k);) {
		if (k.text.len == key.len)
			ids[(*n)++] = k.id;
	}
	err = sorted_done(&w);
	buf_release(&key);
	return err;
}

/* --- lines --- */

struct file_place {
	int64_t id;
	size_t at;
};

static int
by_id(const void *a, const void *b)
{
	int64_t x = ((const struct file_place *)a)->id, y = ((const struct file_place *)b)->id;

	return (x > y) - (x < y);
}

/* A JSON list of the ids, in their order in the table: neighbours are read from one page. */
static void
write_ids(struct buf *to, const struct file_place *places, size_t n)
{
	buf_char(to, '[');
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_char(to, ',');
		buf_int(to, places[i].id);
	}
	buf_char(to, ']');
}

static struct person_line
line_of(struct arena *a, const struct people_lines_row *row)
{
	return (struct person_line){ .id = row->id,
		.ref = str_dup(a, row->ref),
		.family_name = str_dup(a, row->family_name),
		.given_name = str_dup(a, row->given_name),
		.sex = str_dup(a, row->sex),
		.birth_date = str_dup(a, row->birth_date),
		.commune = str_dup(a, row->commune),
		.household = str_dup(a, row->household_ref),
		.status = str_dup(a, row->status),
		.enrolments = row->enrolments };
}

const struct err *
person_lines(const struct sight *s, const int64_t *ids, size_t n, struct person_line *to, size_t *found)
{
	struct file_place *places = ARENA_ARRAY(s->arena, n, struct file_place), *place;
	struct people_lines_row row;
	struct db_rows rows;
	struct buf list = { 0 };
	const struct err *err;

	*found = 0;
	if (n == 0)
		return NULL;
	for (size_t i = 0; i < n; i++)
		places[i] = (struct file_place){ ids[i], i };
	qsort(places, n, sizeof *places, by_id);
	write_ids(&list, places, n);
	for (size_t i = 0; i < n; i++)
		to[i] = (struct person_line){ 0 };
	if (s->organisation == 0)
		err = people_lines(s->db, &rows, s->territory, buf_str(&list), s->today);
	else
		err = people_lines_of(s->db, &rows, s->territory, buf_str(&list), s->today, s->organisation);
	while (err == NULL && people_lines_next(&rows, &row)) {
		place = bsearch(&(struct file_place){ .id = row.id }, places, n, sizeof *places, by_id);
		if (place != NULL)
			to[place->at] = line_of(s->arena, &row);
	}
	buf_release(&list);
	if (err != NULL || (err = db_done(&rows)) != NULL)
		return err;
	for (size_t i = 0; i < n; i++) {
		if (to[i].id != 0)
			to[(*found)++] = to[i];
	}
	return NULL;
}
