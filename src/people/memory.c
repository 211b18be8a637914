#include "people/memory.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "db/journal.h"
#include "model/entity.h"
#include "sql.h"

enum { NEWS = 400, SETS = 16, COUNTS = 64 }; /* more news, and all is asked anew */

/* Records that no list of people is made of. What is not named here is taken for one that matters. */
static const bool beside[ENTITY_COUNT] = {
	[ENTITY_accounts] = true,
	[ENTITY_act_fields] = true,
	[ENTITY_act_kinds] = true,
	[ENTITY_act_values] = true,
	[ENTITY_aggregates] = true,
	[ENTITY_assessment_skills] = true,
	[ENTITY_assessments] = true,
	[ENTITY_attendance_conflicts] = true,
	[ENTITY_attendances] = true,
	[ENTITY_childcare_places] = true,
	[ENTITY_contacts] = true,
	[ENTITY_documents] = true,
	[ENTITY_expenses] = true,
	[ENTITY_followups] = true,
	[ENTITY_followups_missed] = true,
	[ENTITY_forecasts] = true,
	[ENTITY_goal_steps] = true,
	[ENTITY_goals] = true,
	[ENTITY_grants] = true,
	[ENTITY_interpreters] = true,
	[ENTITY_meetings] = true,
	[ENTITY_notes] = true,
	[ENTITY_obstacles] = true,
	[ENTITY_payments] = true,
	[ENTITY_publications] = true,
	[ENTITY_sessions] = true,
	[ENTITY_tools] = true,
	[ENTITY_trainee_attendances] = true,
	[ENTITY_trainees] = true,
};

enum { STATUS_MOST = 32 };

struct kept_set {
	struct people_question of; /* choice 0: free; its status stands below */
	char status[STATUS_MOST];
	int64_t used;
	struct set people;
};

struct kept_count {
	struct buf question; /* its filter, as bytes; empty: free */
	bool of_fields;      /* chooses by people's own fields */
	int64_t n;
};

struct people_memory {
	size_t most;
	int64_t keeper, seq, asked;
	unsigned char hash[HASH_SIZE];
	struct kept_set sets[SETS];
	struct kept_count counts[COUNTS];
	size_t next_count;
};

struct people_memory *
people_memory_new(size_t most_bytes)
{
	struct people_memory *m = calloc(1, sizeof *m);

	if (m == NULL)
		bug_oom(sizeof *m);
	m->most = most_bytes;
	return m;
}

static void
drop_set(struct kept_set *k)
{
	set_clear(&k->people);
	*k = (struct kept_set){ 0 };
}

static void
drop_counts(struct people_memory *m, bool of_fields_alone)
{
	for (size_t i = 0; i < COUNTS; i++) {
		if (!of_fields_alone || m->counts[i].of_fields)
			buf_clear(&m->counts[i].question);
	}
}

static void
drop_all(struct people_memory *m)
{
	for (size_t i = 0; i < SETS; i++)
		drop_set(&m->sets[i]);
	drop_counts(m, false);
}

void
people_memory_free(struct people_memory *m)
{
	if (m == NULL)
		return;
	drop_all(m);
	for (size_t i = 0; i < COUNTS; i++)
		buf_release(&m->counts[i].question);
	free(m);
}

/* --- what was written since --- */

struct news {
	bool known; /* the last row heard of is still there */
	bool all, fields;
	int heard;
};

static void
hear(struct people_memory *m, struct news *news, const struct book_news_row *row)
{
	const struct entity *e;

	news->heard++;
	if (row->seq == m->seq) {
		news->known = row->hash.len == HASH_SIZE && memcmp(row->hash.s, m->hash, HASH_SIZE) == 0;
		return;
	}
	m->seq = row->seq;
	if (row->hash.len == HASH_SIZE)
		memcpy(m->hash, row->hash.s, HASH_SIZE);
	if (str_is(row->action, "read"))
		return;
	e = entity_named(row->entity);
	if (e == &entities[ENTITY_people] && str_is(row->action, "update"))
		news->fields = true;
	else if (e == NULL || !beside[entity_number_of(e)])
		news->all = true;
}

static const struct err *
read_head(struct people_memory *m, struct db *db)
{
	struct journal_head_row row;
	struct db_rows rows;

	m->seq = 0;
	(void)journal_head(db, &rows, m->keeper);
	while (journal_head_next(&rows, &row)) {
		m->seq = row.seq;
		if (row.hash.len == HASH_SIZE)
			memcpy(m->hash, row.hash.s, HASH_SIZE);
	}
	return db_done(&rows);
}

const struct err *
people_memory_refresh(struct people_memory *m, struct db *db, int64_t keeper)
{
	struct news news = { .known = m->seq == 0 };
	struct book_news_row row;
	struct db_rows rows;
	const struct err *e;

	if (!db_is_reading(db))
		bug("only what is written for good is kept: ask inside db_begin_read");
	m->asked++;
	if (keeper != m->keeper) {
		drop_all(m);
		m->keeper = keeper;
		return read_head(m, db);
	}
	(void)book_news(db, &rows, keeper, m->seq, NEWS);
	while (book_news_next(&rows, &row))
		hear(m, &news, &row);
	if ((e = db_done(&rows)) != NULL || !news.known || news.all || news.heard == NEWS)
		drop_all(m);
	else if (news.fields)
		drop_counts(m, true);
	return e != NULL || (news.known && news.heard < NEWS) ? e : read_head(m, db);
}

/* --- sets --- */

static bool
same(const struct kept_set *k, const struct people_question *q)
{
	return k->of.choice == q->choice && k->of.of == q->of && k->of.today == q->today &&
	       str_eq((str){ k->status, k->of.status.len }, q->status);
}

const struct set *
people_memory_set(struct people_memory *m, const struct people_question *q)
{
	for (size_t i = 0; i < SETS; i++) {
		if (same(&m->sets[i], q)) {
			m->sets[i].used = m->asked;
			return &m->sets[i].people;
		}
	}
	return NULL;
}

static size_t
bytes_of(const struct people_memory *m)
{
	size_t sum = 0;

	for (size_t i = 0; i < SETS; i++)
		sum += m->sets[i].people.cap * sizeof *m->sets[i].people.slots;
	return sum;
}

/* A place for another: a free one, else the one that was not asked for the longest, but none of the list that is being made. NULL:
 * there is none. */
static struct kept_set *
place(struct people_memory *m, bool taken_only)
{
	struct kept_set *found = NULL;

	for (size_t i = 0; i < SETS; i++) {
		struct kept_set *k = &m->sets[i];

		if (k->of.choice == 0 ? taken_only : k->used == m->asked)
			continue;
		if (found == NULL || k->used < found->used)
			found = k; /* a free one was used at 0 */
	}
	return found;
}

const struct set *
people_memory_keep_set(struct people_memory *m, const struct people_question *q, struct set *taken)
{
	struct kept_set *k;
	size_t bytes;

	while (bytes_of(m) + taken->cap * sizeof *taken->slots > m->most && (k = place(m, true)) != NULL)
		drop_set(k);
	bytes = bytes_of(m);
	k = place(m, false);
	if (k == NULL || q->status.len > STATUS_MOST || (bytes > 0 && bytes + taken->cap * sizeof *taken->slots > m->most))
		return NULL;
	drop_set(k);
	*k = (struct kept_set){ .of = *q, .used = m->asked, .people = *taken };
	if (q->status.len > 0)
		memcpy(k->status, q->status.s, q->status.len);
	*taken = (struct set){ 0 };
	return &k->people;
}

/* --- counts --- */

static void
add(struct buf *b, const void *bytes, size_t n)
{
	buf_add(b, (str){ bytes, n });
}

static void
write_question(struct buf *b, const struct sight *s, const struct people_filter *f)
{
	const int64_t numbers[] = { s->organisation, s->today, f->action, f->sheet, f->organisation, f->cohort, f->bpi, f->sex,
		f->under25, f->missing, (int64_t)f->status.len };

	add(b, numbers, sizeof numbers);
	buf_add(b, f->status);
	buf_add(b, f->household);
}

bool
people_memory_count(const struct people_memory *m, const struct sight *s, const struct people_filter *f, int64_t *n)
{
	struct buf question = { 0 };
	bool found = false;

	write_question(&question, s, f);
	for (size_t i = 0; i < COUNTS && !found; i++) {
		found = str_eq(buf_str(&m->counts[i].question), buf_str(&question));
		if (found)
			*n = m->counts[i].n;
	}
	buf_release(&question);
	return found;
}

void
people_memory_keep_count(struct people_memory *m, const struct sight *s, const struct people_filter *f, int64_t n)
{
	struct kept_count *c = &m->counts[m->next_count++ % COUNTS];

	buf_clear(&c->question);
	write_question(&c->question, s, f);
	c->of_fields = f->sex != '\0' || f->under25 || f->missing != MISSING_NOTHING || f->household.len > 0;
	c->n = n;
}
