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
	struct keys session_keys;                          /* as the index gives them, before the sessions are read */
	struct buf stretches;                              /* of the keys of what the coming records belong to */
	int64_t between;                                   /* how many records lie between the first and the last of those keys */
	VEC(int) owners;  /* of the records being read: the number of each one's action, session... */
	int64_t last_key; /* of the last owner, and its number: most rows have the owner of the row before */
	int last;
};

typedef const struct err *reading(struct reader *r);

/* --- records that belong to something --- */

static inline void
owned_begin(struct reader *r)
{
	r->owners.n = 0;
	r->last_key = NOT_KNOWN;
}

/* Whether the coming record belongs to one of these; then it is expected at the end of its kind. */
static inline bool
owned_by(struct reader *r, const struct keys *of, int64_t key)
{
	if (key != r->last_key) {
		r->last = keys_known(of, key);
		r->last_key = key;
	}
	if (r->last < 0)
		return false;
	*VEC_ADD(r->arena, &r->owners) = r->last;
	return true;
}

/* Brings the records of an owner together, in the order in which they came; gives where those of owner k begin, and at
 * [owners] where all end. */
int *owned_end(struct reader *r, void *v, size_t size, int owners);

/* --- stretches of keys: fill r->stretches for the records that hang on these --- */
reading stretch_enrolments, stretch_sessions, stretch_people, stretch_trainees;

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
reading read_enrolments, read_assessments, read_followups, read_session_keys, read_sessions, read_attendances,
    read_trainee_attendances;
reading read_acts, read_pairs, read_tools, read_expenses, read_members;
reading read_people, read_statuses, read_trainees;
