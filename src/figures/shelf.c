#include "figures/shelf.h"

#include <stdlib.h>
#include <string.h>

#include "db/db.h"
#include "db/journal.h"
#include "model/entity.h"
#include "sql.h"

/* More than this and reading whole is as quick. */
enum { NEWS = 400, REGISTERS = 16 };

enum concern { BOOK = 1, PLAN = 2 };

/* The records that a book (book_read.c) and a plan (model/plan.c) are made of. */
static const unsigned char concerns[ENTITY_COUNT] = {
	[ENTITY_territories] = PLAN,
	[ENTITY_organisations] = PLAN,
	[ENTITY_deliberations] = PLAN,
	[ENTITY_contracts] = BOOK | PLAN,
	[ENTITY_grants] = PLAN,
	[ENTITY_priorities] = PLAN,
	[ENTITY_axes] = PLAN,
	[ENTITY_sheets] = BOOK | PLAN,
	[ENTITY_actions] = BOOK | PLAN,
	[ENTITY_forecasts] = PLAN,
	[ENTITY_partnerships] = PLAN,
	[ENTITY_local_indicators] = BOOK | PLAN,
	[ENTITY_sheet_indicators] = BOOK | PLAN,
	[ENTITY_bodies] = BOOK | PLAN,
	[ENTITY_payments] = PLAN,
	[ENTITY_meetings] = BOOK | PLAN,
	[ENTITY_aggregates] = BOOK,
	[ENTITY_enrolments] = BOOK,
	[ENTITY_assessments] = BOOK,
	[ENTITY_followups] = BOOK,
	[ENTITY_sessions] = BOOK,
	[ENTITY_attendances] = BOOK,
	[ENTITY_trainee_attendances] = BOOK,
	[ENTITY_acts] = BOOK,
	[ENTITY_pairs] = BOOK,
	[ENTITY_tools] = BOOK,
	[ENTITY_expenses] = BOOK,
	[ENTITY_cohort_members] = BOOK,
	[ENTITY_people] = BOOK,
	[ENTITY_statuses] = BOOK,
	[ENTITY_trainees] = BOOK,
};

static int
concern_of(str entity)
{
	const struct entity *e = entity_named(entity);

	return e == NULL ? 0 : concerns[entity_number_of(e)];
}

bool
shelf_concerns(str entity)
{
	return (concern_of(entity) & BOOK) != 0;
}

bool
shelf_concerns_plan(str entity)
{
	return (concern_of(entity) & PLAN) != 0;
}

struct kept_view {
	struct kept_view *next;
	struct arena arena;
	struct view *view;
	struct questionnaire *figures;
	int64_t used; /* when it was asked for last, counted in questions */
};

struct kept { /* a contract */
	struct kept *next;
	int64_t keeper, contract;
	int64_t seq; /* the journal's last row that was heard of, and what proves that it is still that row; 0: none yet */
	unsigned char hash[HASH_SIZE];
	struct arena book_arena, plan_arena;
	size_t bytes;      /* of the book when it was read: mending adds to it */
	struct book *book; /* NULL: not asked for, or no longer true */
	struct plan *plan;
	struct kept_view *views;
	int64_t used;
};

struct shelf {
	size_t most;
	struct kept *contracts;
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
drop_view(struct kept *k, struct kept_view *v)
{
	struct kept_view **at = &k->views;

	while (*at != v)
		at = &(*at)->next;
	*at = v->next;
	arena_release(&v->arena);
	free(v);
}

static void
drop_views(struct kept *k)
{
	while (k->views != NULL)
		drop_view(k, k->views);
}

static void
drop_book(struct kept *k)
{
	drop_views(k);
	arena_release(&k->book_arena);
	k->book = NULL;
}

static void
drop_plan(struct kept *k)
{
	arena_release(&k->plan_arena);
	k->plan = NULL;
}

static void
drop(struct shelf *s, struct kept *k)
{
	struct kept **at = &s->contracts;

	while (*at != k)
		at = &(*at)->next;
	*at = k->next;
	drop_book(k);
	drop_plan(k);
	free(k);
}

void
shelf_free(struct shelf *s)
{
	while (s != NULL && s->contracts != NULL)
		drop(s, s->contracts);
	free(s);
}

static size_t
bytes_of(const struct shelf *s)
{
	size_t sum = 0;

	for (const struct kept *k = s->contracts; k != NULL; k = k->next) {
		sum += k->book_arena.total + k->plan_arena.total;
		for (const struct kept_view *v = k->views; v != NULL; v = v->next)
			sum += v->arena.total;
	}
	return sum;
}

/* The contract of which something was not asked for the longest: a view of it, or itself when it has none (*view NULL).
 * NULL: all was asked for lately. */
static struct kept *
oldest(const struct shelf *s, struct kept_view **view)
{
	struct kept *of = NULL;
	int64_t used = s->report.asked - SHELF_ANSWERS + 1;

	*view = NULL;
	for (struct kept *k = s->contracts; k != NULL; k = k->next) {
		if (k->views == NULL && k->used < used) {
			used = k->used;
			of = k;
			*view = NULL;
		}
		for (struct kept_view *v = k->views; v != NULL; v = v->next) {
			if (v->used >= used)
				continue;
			used = v->used;
			of = k;
			*view = v;
		}
	}
	return of;
}

static void
keep_within(struct shelf *s)
{
	while (bytes_of(s) > s->most) {
		struct kept_view *v;
		struct kept *k = oldest(s, &v);

		if (k == NULL)
			return;
		if (v != NULL)
			drop_view(k, v);
		else
			drop(s, k);
	}
}

/* --- what was written since --- */

struct news {
	bool past_changed; /* the journal is not the one that all was read with */
	bool more;         /* of the book than registers */
	bool plan;         /* of the plan */
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
	if (str_is(row->action, "read"))
		return;
	news->plan |= shelf_concerns_plan(row->entity);
	if (!shelf_concerns(row->entity))
		return;
	if (str_is(row->entity, "sessions") || str_is(row->entity, "attendances") || str_is(row->entity, "trainee_attendances"))
		add_register(news, row->record);
	else
		news->more = true;
}

static const struct err *
ask_news(struct db *db, const struct kept *k, struct news *news)
{
	struct book_news_row row;
	struct db_rows rows;
	int heard = 0;

	*news = (struct news){ .seq = k->seq, .past_changed = k->seq > 0 };
	memcpy(news->hash, k->hash, HASH_SIZE);
	(void)book_news(db, &rows, k->keeper, k->seq, NEWS);
	while (book_news_next(&rows, &row)) {
		hear(news, &row);
		heard++;
	}
	news->past_changed |= heard == NEWS; /* there is more: all is read anew */
	return db_done(&rows);
}

/* --- bringing up to date --- */

static const struct err *
read_head(struct db *db, struct kept *k)
{
	struct journal_head_row row;
	struct db_rows rows;

	k->seq = 0;
	(void)journal_head(db, &rows, k->keeper);
	while (journal_head_next(&rows, &row)) {
		k->seq = row.seq;
		if (row.hash.len == HASH_SIZE)
			memcpy(k->hash, row.hash.s, HASH_SIZE);
	}
	return db_done(&rows);
}

/* Registers add to the arena; when they doubled it, the book is read anew. */
static const struct err *
mend(struct shelf *s, struct db *db, struct kept *k, const struct news *news)
{
	const struct err *e = NULL;
	bool mended = k->book_arena.total <= 2 * k->bytes;

	drop_views(k);
	if (mended)
		e = book_mend(db, k->book, news->registers, news->n, &mended);
	if (e != NULL || !mended)
		drop_book(k);
	else
		s->report.mended++;
	return e;
}

/* What is no longer true is dropped, or mended; what is left is as the journal's last row says. */
static const struct err *
bring_up_to_date(struct shelf *s, struct db *db, struct kept *k)
{
	struct news news;
	const struct err *e = ask_news(db, k, &news);

	if (e != NULL)
		return e;
	if (news.past_changed || news.more)
		drop_book(k);
	if (news.past_changed || news.plan)
		drop_plan(k);
	if (news.past_changed)
		return read_head(db, k);
	if (news.n > 0 && k->book != NULL && (e = mend(s, db, k, &news)) != NULL)
		return e;
	k->seq = news.seq;
	memcpy(k->hash, news.hash, HASH_SIZE);
	return NULL;
}

/* --- asking --- */

static struct kept *
find(struct shelf *s, int64_t keeper, int64_t contract)
{
	for (struct kept *k = s->contracts; k != NULL; k = k->next) {
		if (k->keeper == keeper && k->contract == contract)
			return k;
	}
	return NULL;
}

/* The contract with what is still true of it. */
static const struct err *
look(struct shelf *s, struct db *db, int64_t keeper, int64_t contract, struct kept **out)
{
	struct kept *k = find(s, keeper, contract);
	const struct err *e;

	if (!db_is_reading(db))
		bug("only what is written for good is kept: ask inside db_begin_read");
	s->report.asked++;
	if (k == NULL) {
		if ((k = calloc(1, sizeof *k)) == NULL)
			bug_oom(sizeof *k);
		*k = (struct kept){ .next = s->contracts, .keeper = keeper, .contract = contract };
		s->contracts = k;
		e = read_head(db, k);
	} else {
		e = bring_up_to_date(s, db, k);
	}
	k->used = s->report.asked;
	*out = k;
	return e;
}

static const struct err *
read_book(struct shelf *s, struct db *db, struct kept *k)
{
	struct book_contract c;
	const struct err *e = book_contract_read(db, &k->book_arena, k->keeper, k->contract, &c);

	if (e == NULL)
		e = book_read(db, &k->book_arena, &c, true, &k->book);
	k->bytes = k->book_arena.total;
	s->report.read++;
	return e;
}

static struct kept_view *
view_of(struct shelf *s, struct kept *k, period p)
{
	struct kept_view *v = k->views;

	while (v != NULL && (v->view->period.from != p.from || v->view->period.to != p.to))
		v = v->next;
	if (v != NULL)
		return v;
	if ((v = calloc(1, sizeof *v)) == NULL)
		bug_oom(sizeof *v);
	v->next = k->views;
	k->views = v;
	s->report.viewed++;
	v->view = view_new(&v->arena, k->book, p);
	v->figures = questionnaire_of(v->view, false);
	return v;
}

const struct err *
shelf_take(struct shelf *s, struct db *db, int64_t keeper, int64_t contract, period p, struct shelved *out)
{
	struct kept_view *v;
	struct kept *k;
	const struct err *e = look(s, db, keeper, contract, &k);

	if (e == NULL && k->book == NULL)
		e = read_book(s, db, k);
	if (e != NULL) {
		drop(s, k);
		return e;
	}
	v = view_of(s, k, p);
	v->used = s->report.asked;
	*out = (struct shelved){ k->book, v->view, v->figures };
	keep_within(s);
	return NULL;
}

const struct err *
shelf_plan(struct shelf *s, struct db *db, int64_t keeper, int64_t contract, const struct plan **out)
{
	struct kept *k;
	const struct err *e = look(s, db, keeper, contract, &k);

	if (e == NULL && k->plan == NULL) {
		k->plan = ARENA_NEW(&k->plan_arena, struct plan);
		e = plan_read(db, &k->plan_arena, keeper, contract, k->plan);
		s->report.planned++;
	}
	if (e != NULL) {
		drop(s, k);
		return e;
	}
	*out = k->plan;
	keep_within(s);
	return NULL;
}

struct shelf_report
shelf_report(const struct shelf *s)
{
	struct shelf_report r = s->report;

	r.bytes = bytes_of(s);
	for (const struct kept *k = s->contracts; k != NULL; k = k->next) {
		r.contracts++;
		for (const struct kept_view *v = k->views; v != NULL; v = v->next)
			r.views++;
	}
	return r;
}
