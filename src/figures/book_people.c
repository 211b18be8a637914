/* book_people.c - the people that the records of a book speak of */
#include "figures/reader.h"
#include "sql.h"

const struct err *
read_people(struct reader *r)
{
	struct book *b = r->book;
	struct book_people_row row;
	struct db_rows rows;

	b->people.n = b->people.cap = b->person_keys.n;
	b->people.v = ARENA_ARRAY(r->arena, b->people.n, struct book_person);
	(void)book_people(r->db, &rows, r->territory, buf_str(&r->stretches));
	while (book_people_next(&rows, &row)) {
		int i = keys_known(&b->person_keys, row.id);

		if (i < 0)
			continue;
		b->people.v[i] = (struct book_person){ .ref = reader_ref(r, row.ref),
			.sex = reader_word(r, row.sex),
			.born = day_parse_partial(row.birth_date),
			.household = row.household_ref.len == 0 ? -1 : texts_number(&b->households, row.household_ref) };
	}
	/* Who has none is a household of their own. */
	for (int i = 0; i < b->people.n; i++) {
		if (b->people.v[i].household < 0)
			b->people.v[i].household = b->households.n + i;
	}
	return db_done(&rows);
}

const struct err *
read_statuses(struct reader *r)
{
	struct book *b = r->book;
	struct book_statuses_row row;
	struct db_rows rows;
	int *first;

	owned_begin(r);
	(void)book_statuses(r->db, &rows, r->territory, buf_str(&r->stretches));
	while (book_statuses_next(&rows, &row)) {
		if (!owned_by(r, &b->person_keys, row.person_id))
			continue;
		*VEC_ADD(r->arena, &b->statuses) =
		    (struct book_status){ r->last, reader_word(r, row.status), row.since, open_end(row.until) };
	}
	first = owned_end(r, b->statuses.v, sizeof *b->statuses.v, b->people.n);
	for (int i = 0; i < b->people.n; i++) {
		b->people.v[i].first_status = first[i];
		b->people.v[i].end_status = first[i + 1];
	}
	return db_done(&rows);
}

const struct err *
read_trainees(struct reader *r)
{
	struct book *b = r->book;
	struct book_trainees_row row;
	struct db_rows rows;

	b->trainees.n = b->trainees.cap = b->trainee_keys.n;
	b->trainees.v = ARENA_ARRAY(r->arena, b->trainees.n, struct book_trainee);
	(void)book_trainees(r->db, &rows, r->territory, buf_str(&r->stretches));
	while (book_trainees_next(&rows, &row)) {
		int i = keys_known(&b->trainee_keys, row.id);

		if (i >= 0)
			b->trainees.v[i] = (struct book_trainee){ reader_ref(r, row.ref), row.volunteer != 0 };
	}
	return db_done(&rows);
}
