/* list.c - the filters that other records decide become sets of people, read once each; then the people are gone through in
 * the order of the list, and those in every set are taken until the page is full. */
#include "people/list.h"

#include "model/person_keys.h"
#include "model/save.h"
#include "people/memory.h"
#include "sql.h"

enum { SETS = 9, NEWEST_AT_ONCE = 256, HOUSEHOLD_MOST = 5000 };

struct choosing {
	const struct sight *sight;
	const struct people_filter *f;
	const struct set *sets[SETS];
	struct set own[SETS]; /* those that are not kept elsewhere */
	bool outside[SETS];   /* who is in the set is left out */
	size_t n;
	bool lost;           /* the person that the page was to begin after is not there */
	int64_t born_before; /* today 25 years ago, as 8 digits: who was born later is under 25 */
};

/* --- sets --- */

static const struct err *
gather(struct set *to, struct db_rows *rows, const struct err *err)
{
	if (err != NULL)
		return err;
	while (db_next(rows))
		set_add(to, id_mark(db_int(rows, 0)));
	return db_done(rows);
}

static const struct err *
household_set(struct choosing *c, struct set *to)
{
	int64_t *ids = ARENA_ARRAY(c->sight->arena, HOUSEHOLD_MOST, int64_t);
	size_t n;
	const struct err *err = people_in_household(c->sight, c->f->household, ids, HOUSEHOLD_MOST, &n);

	for (size_t i = 0; err == NULL && i < n; i++)
		set_add(to, id_mark(ids[i]));
	return err;
}

static struct set *
next_set(struct choosing *c)
{
	struct set *own = &c->own[c->n];

	c->sets[c->n++] = own;
	return own;
}

static const struct err *
ask_whom(const struct sight *s, const struct people_question *q, struct set *to)
{
	struct db_rows rows;

	switch (q->choice) {
	case PEOPLE_OF_ORGANISATION:
		return people_of_organisation(s, q->of, to);
	case PEOPLE_IN_ACTION:
		return gather(to, &rows, people_in_action(s->db, &rows, s->territory, q->of));
	case PEOPLE_IN_SHEET:
		return gather(to, &rows, people_in_sheet(s->db, &rows, s->territory, q->of));
	case PEOPLE_IN_COHORT:
		return gather(to, &rows, people_in_cohort(s->db, &rows, s->territory, q->of, q->today));
	case PEOPLE_WITH_STATUS:
		return gather(to, &rows, people_with_status(s->db, &rows, s->territory, q->status, q->today));
	case PEOPLE_PROTECTED:
		return gather(to, &rows, people_protected(s->db, &rows, s->territory, q->today));
	case PEOPLE_WITH_ANY_STATUS:
		return gather(to, &rows, people_with_any_status(s->db, &rows, s->territory));
	}
	bug("a question about people that nobody asks: %d", (int)q->choice);
}

/* The memory's set, or our own. */
static const struct err *
add_set(struct choosing *c, struct people_question q)
{
	struct people_memory *memory = c->sight->memory;
	const struct set *kept = memory == NULL ? NULL : people_memory_set(memory, &q);
	struct set people = { 0 };
	const struct err *err;

	if (kept == NULL) {
		if ((err = ask_whom(c->sight, &q, &people)) != NULL) {
			set_clear(&people);
			return err;
		}
		kept = memory == NULL ? NULL : people_memory_keep_set(memory, &q, &people);
	}
	if (kept == NULL)
		*next_set(c) = people;
	else
		c->sets[c->n++] = kept;
	return NULL;
}

static const struct err *
read_sets(struct choosing *c)
{
	const struct sight *s = c->sight;
	const struct people_filter *f = c->f;
	const struct err *err = NULL;

	if (s->organisation != 0)
		err = add_set(c, (struct people_question){ PEOPLE_OF_ORGANISATION, s->organisation, 0, { 0 } });
	if (err == NULL && f->organisation != 0)
		err = add_set(c, (struct people_question){ PEOPLE_OF_ORGANISATION, f->organisation, 0, { 0 } });
	if (err == NULL && f->action != 0)
		err = add_set(c, (struct people_question){ PEOPLE_IN_ACTION, f->action, 0, { 0 } });
	if (err == NULL && f->sheet != 0)
		err = add_set(c, (struct people_question){ PEOPLE_IN_SHEET, f->sheet, 0, { 0 } });
	if (err == NULL && f->cohort != 0)
		err = add_set(c, (struct people_question){ PEOPLE_IN_COHORT, f->cohort, s->today, { 0 } });
	if (err == NULL && f->status.len > 0)
		err = add_set(c, (struct people_question){ PEOPLE_WITH_STATUS, 0, s->today, f->status });
	if (err == NULL && f->bpi)
		err = add_set(c, (struct people_question){ PEOPLE_PROTECTED, 0, s->today, { 0 } });
	if (err == NULL && f->household.len > 0)
		err = household_set(c, next_set(c));
	if (err == NULL && f->missing == MISSING_STATUS) {
		c->outside[c->n] = true;
		err = add_set(c, (struct people_question){ PEOPLE_WITH_ANY_STATUS, 0, 0, { 0 } });
	}
	return err;
}

static const struct err *
choosing_open(struct choosing *c, const struct sight *s, const struct people_filter *f)
{
	int year, month, dayofmonth;

	day_split(s->today, &year, &month, &dayofmonth);
	*c = (struct choosing){ .sight = s, .f = f, .born_before = (year - 25) * 10000 + month * 100 + dayofmonth };
	return read_sets(c);
}

static void
choosing_close(struct choosing *c)
{
	for (size_t i = 0; i < c->n; i++)
		set_clear(&c->own[i]);
}

/* What is missing of a birth date counts as 01, as in the figures. */
static bool
young(const struct choosing *c, str digits)
{
	int64_t born = 0;

	for (size_t i = 0; i < 8; i++)
		born = born * 10 + (i < digits.len ? digits.s[i] - '0' : i == 5 || i == 7);
	return digits.len >= 4 && born > c->born_before;
}

static bool
chosen(struct choosing *c, int64_t id, char sex, str birth_digits)
{
	const struct people_filter *f = c->f;

	if ((f->sex != '\0' && sex != f->sex) || (f->missing == MISSING_SEX && sex != '-') ||
	    (f->missing == MISSING_BIRTH && birth_digits.len > 0) || (f->under25 && !young(c, birth_digits)))
		return false;
	for (size_t i = 0; i < c->n; i++) {
		if (set_has(c->sets[i], id_mark(id)) == c->outside[i])
			return false;
	}
	return true;
}

/* --- in the order of names --- */

/* Where somebody stands in the list; its text lives in the arena. found is false when they are gone. */
static const struct err *
place_of(const struct sight *s, int64_t id, struct key *to, bool *found)
{
	struct person p;
	struct buf text = { 0 };
	const struct err *err = entity_by_id(s->db, s->territory, &entities[ENTITY_people], id, s->arena, &p, found);

	if (err != NULL || !*found)
		return err;
	name_key(&p, &text);
	*to = (struct key){ str_dup(s->arena, buf_str(&text)), id };
	buf_release(&text);
	return NULL;
}

static const struct err *
pick_by_name(struct choosing *c, int64_t from, bool *back, size_t most, int64_t *ids, size_t *n)
{
	struct sorted_walk w;
	struct key k, after;
	bool there = false;
	const struct err *err = from == 0 ? NULL : place_of(c->sight, from, &after, &there);

	*n = 0;
	*back = *back && there;
	c->lost = from != 0 && !there;
	if (err != NULL)
		return err;
	sorted_walk(&w, c->sight->db, c->sight->territory, S("n"), there ? &after : NULL, *back);
	while (*n < most && sorted_next(&w, &k)) {
		struct listed l = name_listed(k.text);

		if (chosen(c, k.id, l.sex, l.birth))
			ids[(*n)++] = k.id;
	}
	return sorted_done(&w);
}

/* --- the newest first --- */

static bool
chosen_row(struct choosing *c, const struct people_newest_row *row)
{
	char digits[12];
	size_t n = 0;

	for (size_t i = 0; i < row->birth_date.len && n < sizeof digits; i++) {
		if (row->birth_date.s[i] != '-')
			digits[n++] = row->birth_date.s[i];
	}
	return chosen(c, row->id, row->sex.len > 0 ? row->sex.s[0] : '-', (str){ digits, n });
}

static const struct err *
pick_newest(struct choosing *c, int64_t from, bool *back, size_t most, int64_t *ids, size_t *n)
{
	const struct sight *s = c->sight;
	int64_t last = from != 0 ? from : INT64_MAX, read = NEWEST_AT_ONCE;
	const struct err *err = NULL;

	for (*n = 0; *n < most && read == NEWEST_AT_ONCE && err == NULL;) {
		struct people_newest_row row; /* those of people_oldest are the same */
		struct db_rows rows;

		err = *back ? people_oldest(s->db, &rows, s->territory, last, NEWEST_AT_ONCE)
			    : people_newest(s->db, &rows, s->territory, last, NEWEST_AT_ONCE);
		if (err != NULL)
			return err;
		for (read = 0; people_newest_next(&rows, &row); read++) {
			last = row.id;
			if (*n < most && chosen_row(c, &row))
				ids[(*n)++] = row.id;
		}
		err = db_done(&rows);
	}
	return err;
}

/* --- pages --- */

static void
turn_round(int64_t *ids, size_t n)
{
	for (size_t i = 0; i < n / 2; i++) {
		int64_t swap = ids[i];

		ids[i] = ids[n - 1 - i];
		ids[n - 1 - i] = swap;
	}
}

const struct err *
people_list(const struct sight *s, const struct people_filter *f, enum list_order order, int64_t after, int64_t before,
    size_t most, struct people_page *page)
{
	bool back = before != 0;
	int64_t *ids, from = back ? before : after;
	struct choosing c;
	const struct err *err;
	size_t n = 0;
	bool more;

	*page = (struct people_page){ 0 };
	if (s->memory != NULL && (err = people_memory_refresh(s->memory, s->db, s->territory)) != NULL)
		return err;
	most = most == 0 ? LIST_PAGE : most > LIST_PAGE_MOST ? LIST_PAGE_MOST : most;
	ids = ARENA_ARRAY(s->arena, most + 1, int64_t);
	err = choosing_open(&c, s, f);
	if (err == NULL)
		err = (order == LIST_NEWEST ? pick_newest : pick_by_name)(&c, from, &back, most + 1, ids, &n);
	choosing_close(&c);
	if (err != NULL)
		return err;
	more = n > most;
	n -= more;
	if (back && !more) /* the beginning is near: the first page, whole */
		return people_list(s, f, order, 0, 0, most, page);
	if (back)
		turn_round(ids, n);
	page->before = back || (after != 0 && !c.lost);
	page->after = back || more;
	page->v = ARENA_ARRAY(s->arena, n, struct person_line);
	return person_lines(s, ids, n, page->v, &page->n);
}

static const struct err *
count_all(const struct sight *s, int64_t *n)
{
	struct people_total_row row;
	struct db_rows rows;
	const struct err *err = people_total(s->db, &rows, s->territory);

	if (err != NULL)
		return err;
	while (people_total_next(&rows, &row))
		*n = row.n;
	return db_done(&rows);
}

static bool
everybody(const struct choosing *c)
{
	return c->n == 0 && c->f->sex == '\0' && !c->f->under25 && c->f->missing == MISSING_NOTHING;
}

static const struct err *
count_anew(const struct sight *s, const struct people_filter *f, int64_t *n)
{
	struct choosing c;
	struct sorted_walk w;
	struct key k;
	const struct err *err = choosing_open(&c, s, f);

	*n = 0;
	if (err == NULL && everybody(&c)) {
		err = count_all(s, n);
	} else if (err == NULL) {
		sorted_walk(&w, s->db, s->territory, S("n"), NULL, false);
		while (sorted_next(&w, &k)) {
			struct listed l = name_listed(k.text);

			*n += chosen(&c, k.id, l.sex, l.birth);
		}
		err = sorted_done(&w);
	}
	choosing_close(&c);
	return err;
}

const struct err *
people_count(const struct sight *s, const struct people_filter *f, int64_t *n)
{
	const struct err *err;

	if (s->memory == NULL)
		return count_anew(s, f, n);
	if ((err = people_memory_refresh(s->memory, s->db, s->territory)) != NULL || people_memory_count(s->memory, s, f, n))
		return err;
	if ((err = count_anew(s, f, n)) == NULL)
		people_memory_keep_count(s->memory, s, f, *n);
	return err;
}
