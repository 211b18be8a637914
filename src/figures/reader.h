/* reader.h - reading a book: one query for each kind of record (sql/book.sql), whose rows may come in any order but mostly
 * come owner by owner (an action's sessions, a session's attendances). Only the files book_*.c of this room include it. */
#pragma once
#include "base/buf.h"
#include "db/db.h"
#include "figures/book.h"

struct reader {
	struct db *db;
	struct book *book;
	struct arena *arena;
	int64_t territory, contract;
	struct keys sheets, actions, enrolments, sessions; /* their numbers by key */
	bool whole;           /* the contract is alone in its database: everything is read, and no ref */
	struct buf stretches; /* of the keys of sessions, enrolments... */
	struct buf hanging;   /* of the keys of what hangs on these */
	/* records as they come, until it is known how many they are: room that every kind uses again */
	struct coming {
		char *v;
		size_t size, n, cap; /* of a record; records; bytes */
	} coming;
	struct coming owners; /* the number of each one's action, session... */
	bool damaged;         /* a register cannot be made out */
	int64_t last_key;     /* of the last owner, and its number: most rows have the owner of the row before */
	int last;
	int *first; /* after owned_end: where the records of owner k begin, and at [owners] where all end */
};

typedef const struct err *reading(struct reader *r);

/* --- records that come, nobody knows how many --- */

void coming_grow(struct coming *c, size_t bytes);

static inline void
coming_begin(struct coming *c, size_t size)
{
	c->size = size;
	c->n = 0;
}

/* Room for so many more; they count when c->n does. */
static inline void *
coming_room(struct coming *c, size_t more)
{
	if ((c->n + more) * c->size > c->cap)
		coming_grow(c, (c->n + more) * c->size);
	return c->v + c->n * c->size;
}

/* --- records that belong to something --- */

static inline void
owned_begin(struct reader *r, size_t size)
{
	coming_begin(&r->coming, size);
	coming_begin(&r->owners, sizeof(int));
	r->last_key = NOT_KNOWN;
}

/* The place of the coming record when it belongs to one of these (r->last), else NULL. */
static inline void *
owned_by(struct reader *r, const struct keys *of, int64_t key)
{
	void *place;

	if (key != r->last_key) {
		r->last = keys_known(of, key);
		r->last_key = key;
	}
	if (r->last < 0)
		return NULL;
	*(int *)coming_room(&r->owners, 1) = r->last;
	r->owners.n++;
	place = coming_room(&r->coming, 1);
	r->coming.n++;
	return place;
}

/* All that came, the records of an owner together, in the order in which they came; r->first tells where. */
void *owned_end(struct reader *r, int owners);
#define OWNED_END(r, vec, owners) ((vec)->v = owned_end((r), (owners)), (vec)->n = (vec)->cap = (int)(r)->coming.n, (void)0)

/* --- stretches of keys: where the records lie that come next --- */
reading read_others;
reading stretch_enrolments, stretch_sessions, stretch_acts, stretch_people, stretch_trainees; /* fill r->stretches */
reading stretch_assessments, stretch_followups, stretch_statuses; /* r->hanging, for those of r->stretches */

/* The rows of a kind, each to the function of that name; list: where they lie. */
#define READ_ROWS(r, table, row, list)                             \
	((r)->whole ? book_##table##_all_gather((r)->db, row, (r)) \
		    : book_##table##_gather((r)->db, row, (r), (r)->territory, buf_str(&(r)->list)))
/* Those of the few, found through the contract. */
#define READ_FEW(r, table, row)                                    \
	((r)->whole ? book_##table##_all_gather((r)->db, row, (r)) \
		    : book_##table##_gather((r)->db, row, (r), (r)->territory, (r)->contract))

/* --- what a row holds --- */

static inline int
reader_word(struct reader *r, str s)
{
	return s.len == 0 ? WORD_ABSENT : texts_number(&r->book->words, s);
}

static inline str
reader_text(struct reader *r, str s)
{
	return str_dup(r->arena, s);
}

static inline str
reader_ref(struct reader *r, str s)
{
	return r->book->refs ? str_dup(r->arena, s) : (str){ 0 };
}

static inline day
open_end(day d)
{
	return d == DAY_NONE ? DAY_FOREVER : d;
}

static inline int64_t
known(int64_t v, int64_t otherwise)
{
	return v == NOT_KNOWN ? otherwise : v;
}

static inline int
reader_person(struct reader *r, int64_t id)
{
	return keys_number(&r->book->person_keys, id);
}

struct book_sessions_row; /* of sql.h */
struct book_session session_of_row(struct reader *r, const struct book_sessions_row *row);

/* --- the kinds of record, in the order of their reading --- */
reading read_sheets, read_actions, read_local_indicators, read_sheet_indicators, read_aggregates, read_meetings;
reading read_enrolments, read_assessments, read_followups, read_sessions, read_attendances, read_trainee_attendances;
reading read_acts, read_pairs, read_tools, read_expenses, read_members;
reading read_people, read_statuses, read_trainees;
