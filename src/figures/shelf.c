#include "figures/shelf.h"

#include <stdlib.h>
#include <string.h>

#include "db/db.h"
#include "db/journal.h"
#include "model/entity.h"
#include "sql.h"

/* More than this and reading whole is as quick. */
enum { NEWS = 400, REGISTERS = 16 };

/* The records that a book is made of (book_read.c). */
static const bool concerns[ENTITY_COUNT] = {
	[ENTITY_contracts] = true,
	[ENTITY_sheets] = true,
	[ENTITY_actions] = true,
	[ENTITY_local_indicators] = true,
	[ENTITY_sheet_indicators] = true,
	[ENTITY_aggregates] = true,
	[ENTITY_bodies] = true,
	[ENTITY_meetings] = true,
	[ENTITY_enrolments] = true,
	[ENTITY_assessments] = true,
	[ENTITY_followups] = true,
	[ENTITY_sessions] = true,
	[ENTITY_attendances] = true,
	[ENTITY_trainee_attendances] = true,
	[ENTITY_acts] = true,
	[ENTITY_pairs] = true,
	[ENTITY_tools] = true,
	[ENTITY_expenses] = true,
	[ENTITY_cohort_members] = true,
	[ENTITY_people] = true,
	[ENTITY_statuses] = true,
	[ENTITY_trainees] = true,
};

bool
shelf_concerns(str entity)
{
	const struct entity *e = entity_named(entity);

	return e != NULL && concerns[entity_number_of(e)];
}

struct kept_view {
	struct kept_view *next;
	struct arena arena;
	struct view *view;
	struct questionnaire *figures;
	int64_t used; /* when it was asked for last, counted in questions */
};

struct kept_book {
	struct kept_book *next;
	int64_t keeper, contract;
	int64_t seq; /* of the journal's last row when it was read, and what proves that it is still that row; 0: none yet */
	unsigned char hash[HASH_SIZE];
	struct arena arena;
	size_t bytes; /* of the arena once it was read: mending adds to it */
	struct book *book;
	struct kept_view *views;
};

struct shelf {
	size_t most;
	struct kept_book *books;
	struct shelf_report report;
};

struct shelf *
shelf_new(size_t most_bytes)
{
	struct shelf *s = calloc(1, sizeof *s);

	if (s == NULL)
		bug_oom(sizeof *s);
	s->most = most_bytes;
	return s;
}

/* --- dropping --- */

static void
drop_view(struct kept_book *b, struct kept_view *v)
{
	struct kept_view **at = &b->views;

	while (*at != v)
		at = &(*at)->next;
	*at = v->next;
	arena_release(&v->arena);
	free(v);
}

static void
drop_views(struct kept_book *b)
{
	while (b->views != NULL)
		drop_view(b, b->views);
}

static void
drop_book(struct shelf *s, struct kept_book *b)
{
	struct kept_book **at = &s->books;

	while (*at != b)
		at = &(*at)->next;
	*at = b->next;
	drop_views(b);
	arena_release(&b->arena);
	free(b);
}

void
shelf_free(struct shelf *s)
{
	while (s != NULL && s->books != NULL)
		drop_book(s, s->books);
	free(s);
}

static size_t
bytes_of(const struct shelf *s)
{
	size_t sum = 0;

	for (const struct kept_book *b = s->books; b != NULL; b = b->next) {
		sum += b->arena.total;
		for (const struct kept_view *v = b->views; v != NULL; v = v->next)
			sum += v->arena.total;
	}
	return sum;
}

/* What was not asked for the longest goes first: a book only after its views. The view asked for now stays. */
static void
keep_within(struct shelf *s)
{
	while (bytes_of(s) > s->most) {
		struct kept_book *of = NULL;
		struct kept_view *oldest = NULL;

		for (struct kept_book *b = s->books; b != NULL; b = b->next) {
			for (struct kept_view *v = b->views; v != NULL; v = v->next) {
				if (v->used < s->report.asked && (oldest == NULL || v->used < oldest->used)) {
					of = b;
					oldest = v;
				}
			}
		}
		if (oldest == NULL)
			return;
		drop_view(of, oldest);
		if (of->views == NULL)
			drop_book(s, of);
	}
}

/* --- what was written since --- */

struct news {
	bool past_changed; /* the journal is not the one that the book was read with */
	bool more;         /* than registers */
	int64_t seq;       /* the last row of the journal */
	unsigned char hash[HASH_SIZE];
	int64_t registers[REGISTERS];
	int n;
};

static void
add_register(struct news *news, int64_t session)
{
	for (int i = 0; i < news->n; i++) {
		if (news->registers[i] == session)
			return;
	}
	if (news->n == REGISTERS)
		news->more = true;
	else
		news->registers[news->n++] = session;
}

static void
hear(struct news *news, const struct book_news_row *row)
{
	if (row->seq == news->seq) {
		news->past_changed = row->hash.len != HASH_SIZE || memcmp(row->hash.s, news->hash, HASH_SIZE) != 0;
		return;
	}
	news->seq = row->seq;
	if (row->hash.len == HASH_SIZE)
		memcpy(news->hash, row->hash.s, HASH_SIZE);
	if (str_is(row->action, "read") || !shelf_concerns(row->entity))
		return;
	if (str_is(row->entity, "sessions") || str_is(row->entity, "attendances") || str_is(row->entity, "trainee_attendances"))
		add_register(news, row->record);
	else
		news->more = true;
}

static const struct err *
ask_news(struct db *db, const struct kept_book *b, struct news *news)
{
	struct book_news_row row;
	struct db_rows rows;
	int heard = 0;

	*news = (struct news){ .seq = b->seq, .past_changed = b->seq > 0 };
	memcpy(news->hash, b->hash, HASH_SIZE);
	(void)book_news(db, &rows, b->keeper, b->seq, NEWS);
	while (book_news_next(&rows, &row)) {
		hear(news, &row);
		heard++;
	}
	news->more |= heard == NEWS;
	return db_done(&rows);
}

/* --- reading --- */

static const struct err *
read_head(struct db *db, struct kept_book *b)
{
	struct journal_head_row row;
	struct db_rows rows;

	b->seq = 0;
	(void)journal_head(db, &rows, b->keeper);
	while (journal_head_next(&rows, &row)) {
		b->seq = row.seq;
		if (row.hash.len == HASH_SIZE)
			memcpy(b->hash, row.hash.s, HASH_SIZE);
	}
	return db_done(&rows);
}

/* Anew, in the place of what was there. */
static const struct err *
read_whole(struct shelf *s, struct db *db, struct kept_book *b)
{
	struct book_contract c;
	const struct err *e;

	drop_views(b);
	arena_release(&b->arena);
	s->report.read++;
	if ((e = read_head(db, b)) == NULL && (e = book_contract_read(db, &b->arena, b->keeper, b->contract, &c)) == NULL)
		e = book_read(db, &b->arena, &c, true, &b->book);
	b->bytes = b->arena.total;
	return e;
}

/* Registers add to the arena; when they doubled it, the book is read anew. */
static const struct err *
mend(struct shelf *s, struct db *db, struct kept_book *b, const struct news *news)
{
	const struct err *e;
	bool mended = false;

	drop_views(b);
	if (b->arena.total > 2 * b->bytes)
		return read_whole(s, db, b);
	if ((e = book_mend(db, b->book, news->registers, news->n, &mended)) != NULL)
		return e;
	if (!mended)
		return read_whole(s, db, b);
	s->report.mended++;
	return NULL;
}

static const struct err *
bring_up_to_date(struct shelf *s, struct db *db, struct kept_book *b)
{
	struct news news;
	const struct err *e = ask_news(db, b, &news);

	if (e != NULL)
		return e;
	if (news.past_changed || news.more)
		return read_whole(s, db, b);
	if (news.n > 0 && (e = mend(s, db, b, &news)) != NULL)
		return e;
	b->seq = news.seq;
	memcpy(b->hash, news.hash, HASH_SIZE);
	return NULL;
}

/* --- asking --- */

static struct kept_book *
find_book(struct shelf *s, int64_t keeper, int64_t contract)
{
	for (struct kept_book *b = s->books; b != NULL; b = b->next) {
		if (b->keeper == keeper && b->contract == contract)
			return b;
	}
	return NULL;
}

static struct kept_book *
new_book(struct shelf *s, int64_t keeper, int64_t contract)
{
	struct kept_book *b = calloc(1, sizeof *b);

	if (b == NULL)
		bug_oom(sizeof *b);
	*b = (struct kept_book){ .next = s->books, .keeper = keeper, .contract = contract };
	s->books = b;
	return b;
}

static struct kept_view *
view_of(struct shelf *s, struct kept_book *b, period p)
{
	struct kept_view *v = b->views;

	while (v != NULL && (v->view->period.from != p.from || v->view->period.to != p.to))
		v = v->next;
	if (v != NULL)
		return v;
	if ((v = calloc(1, sizeof *v)) == NULL)
		bug_oom(sizeof *v);
	v->next = b->views;
	b->views = v;
	s->report.viewed++;
	v->view = view_new(&v->arena, b->book, p);
	v->figures = questionnaire_of(v->view, false);
	return v;
}

const struct err *
shelf_take(struct shelf *s, struct db *db, int64_t keeper, int64_t contract, period p, struct shelved *out)
{
	struct kept_book *b = find_book(s, keeper, contract);
	struct kept_view *v;
	const struct err *e;

	if (!db_is_reading(db))
		bug("figures are kept of what is written for good: inside db_begin_read");
	s->report.asked++;
	if (b != NULL)
		e = bring_up_to_date(s, db, b);
	else
		e = read_whole(s, db, b = new_book(s, keeper, contract));
	if (e != NULL) {
		drop_book(s, b);
		return e;
	}
	v = view_of(s, b, p);
	v->used = s->report.asked;
	*out = (struct shelved){ b->book, v->view, v->figures };
	keep_within(s);
	return NULL;
}

struct shelf_report
shelf_report(const struct shelf *s)
{
	struct shelf_report r = s->report;

	r.bytes = bytes_of(s);
	for (const struct kept_book *b = s->books; b != NULL; b = b->next) {
		r.books++;
		for (const struct kept_view *v = b->views; v != NULL; v = v->next)
			r.views++;
	}
	return r;
}
