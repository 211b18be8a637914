/* book_people.c - the people that the records of a book speak of */
#include "figures/reader.h"
#include "sql.h"

static void
person(void *to, const struct book_people_row *row)
{
	struct reader *r = to;
	struct book *b = r->book;
	int i = keys_known(&b->person_keys, row->id);

	if (i < 0)
		return;
	b->people.v[i] = (struct book_person){ .ref = reader_ref(r, row->ref),
		.sex = reader_word(r, row->sex),
		.born = day_parse_partial(row->birth_date),
		.household = row->household_ref.len == 0 ? -1 : texts_number(&b->households, row->household_ref) };
}

const struct err *
read_people(struct reader *r)
{
	struct book *b = r->book;
	const struct err *e;

	b->people.n = b->people.cap = b->person_keys.n;
	b->people.v = ARENA_ARRAY(r->arena, b->people.n, struct book_person);
	e = READ_ROWS(r, people, person, stretches);
	/* Who has none is a household of their own. */
	for (int i = 0; i < b->people.n; i++) {
		if (b->people.v[i].household < 0)
			b->people.v[i].household = b->households.n + i;
	}
	return e;
}

static void
status(void *to, const struct book_statuses_row *row)
{
	struct reader *r = to;
	struct book_status *x = owned_by(r, &r->book->person_keys, row->person_id);

	if (x != NULL)
		*x = (struct book_status){ r->last, reader_word(r, row->status), row->since, open_end(row->until) };
}

/* Those of a person from the first to the last, as they are told; they mostly come so. */
static void
put_in_order(struct book_status *v, int n)
{
	for (int i = 1; i < n; i++) {
		for (int k = i; k > 0 && v[k].person == v[k - 1].person && v[k].since < v[k - 1].since; k--) {
			struct book_status later = v[k - 1];

			v[k - 1] = v[k];
			v[k] = later;
		}
	}
}

const struct err *
read_statuses(struct reader *r)
{
	struct book *b = r->book;
	const struct err *e;

	owned_begin(r, sizeof *b->statuses.v);
	e = READ_ROWS(r, statuses, status, hanging);
	OWNED_END(r, &b->statuses, b->people.n);
	put_in_order(b->statuses.v, b->statuses.n);
	for (int i = 0; i < b->people.n; i++) {
		b->people.v[i].first_status = r->first[i];
		b->people.v[i].end_status = r->first[i + 1];
	}
	return e;
}

static void
trainee(void *to, const struct book_trainees_row *row)
{
	struct reader *r = to;
	int i = keys_known(&r->book->trainee_keys, row->id);

	if (i >= 0)
		r->book->trainees.v[i] = (struct book_trainee){ reader_ref(r, row->ref), row->volunteer != 0 };
}

const struct err *
read_trainees(struct reader *r)
{
	struct book *b = r->book;

	b->trainees.n = b->trainees.cap = b->trainee_keys.n;
	b->trainees.v = ARENA_ARRAY(r->arena, b->trainees.n, struct book_trainee);
	return READ_ROWS(r, trainees, trainee, stretches);
}
