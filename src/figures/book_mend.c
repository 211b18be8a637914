/* book_mend.c - some sessions of a book read again, with who was there */
#include "figures/reader.h"
#include "model/roll.h"
#include "sql.h"

static void
stretch_of(struct reader *r, int64_t session)
{
	buf_clear(&r->stretches);
	buf_format(&r->stretches, "[[%lld,%lld]]", (long long)session, (long long)session);
}

/* The session as it stands now; where its attendances lie is set by the next two. */
static const struct err *
mend_session(struct reader *r, int64_t key, bool *ours, bool *mended)
{
	struct book *b = r->book;
	int place = keys_known(&b->session_keys, key), action = -1;
	struct book_sessions_row row;
	struct db_rows rows;

	*ours = place >= 0;
	(void)book_sessions(r->db, &rows, r->territory, buf_str(&r->stretches));
	while (book_sessions_next(&rows, &row)) {
		action = keys_known(&b->action_keys, row.action_id);
		if (place >= 0)
			b->sessions.v[place] = session_of_row(r, &row);
	}
	/* Gone, new, or moved: one of another contract was neither here before nor is it now. */
	if (place < 0 ? action >= 0
		      : action < 0 || place < book_first(b, TABLE_sessions, action) ||
			    place >= book_first(b, TABLE_sessions, action + 1))
		*mended = false;
	return db_done(&rows);
}

struct mending {
	struct reader *r;
	const struct keys *who; /* those that the book knows */
	attendance_list *lines;
	bool *mended;
};

/* Somebody new is more than a register. */
static void
mend_lines(const struct mending *m, str lines)
{
	struct roll_walk w = roll_walk(lines);
	int64_t values[ROLL_VALUES];

	while (roll_walk_next(&w, values)) {
		int who = keys_known(m->who, w.who);

		if (who < 0)
			*m->mended = false;
		else
			*VEC_ADD(m->r->arena, m->lines) = (struct book_attendance){ who, (int)values[0] };
	}
	m->r->damaged |= w.damaged;
}

static void
people_of(void *to, const struct book_attendances_row *row)
{
	mend_lines(to, row->lines);
}

static void
trainees_of(void *to, const struct book_trainee_attendances_row *row)
{
	mend_lines(to, row->lines);
}

static const struct err *
mend_attendances(struct reader *r, struct book_session *x, bool *mended)
{
	struct book *b = r->book;
	struct mending m = { r, &b->person_keys, &b->attendances, mended };
	const struct err *e;

	x->first_attendance = b->attendances.n;
	e = book_attendances_gather(r->db, people_of, &m, r->territory, buf_str(&r->stretches));
	x->end_attendance = b->attendances.n;
	return e == NULL && r->damaged ? roll_damaged(r->db, &entities[ENTITY_attendances]) : e;
}

static const struct err *
mend_trainees(struct reader *r, struct book_session *x, bool *mended)
{
	struct book *b = r->book;
	struct mending m = { r, &b->trainee_keys, &b->trainee_attendances, mended };
	const struct err *e;

	x->first_trainee = b->trainee_attendances.n;
	e = book_trainee_attendances_gather(r->db, trainees_of, &m, r->territory, buf_str(&r->stretches));
	x->end_trainee = b->trainee_attendances.n;
	return e == NULL && r->damaged ? roll_damaged(r->db, &entities[ENTITY_trainee_attendances]) : e;
}

const struct err *
book_mend(struct db *db, struct book *b, const int64_t *sessions, int n, bool *mended)
{
	struct reader r = {
		.db = db, .book = b, .arena = b->arena, .territory = b->contract.territory, .contract = b->contract.id
	};
	const struct err *e = NULL;

	*mended = true;
	for (int i = 0; i < n && e == NULL && *mended; i++) {
		struct book_session *x;
		bool ours;

		stretch_of(&r, sessions[i]);
		if ((e = mend_session(&r, sessions[i], &ours, mended)) != NULL || !ours || !*mended)
			continue;
		x = &b->sessions.v[keys_known(&b->session_keys, sessions[i])];
		if ((e = mend_attendances(&r, x, mended)) == NULL)
			e = mend_trainees(&r, x, mended);
	}
	buf_release(&r.stretches);
	return e;
}
