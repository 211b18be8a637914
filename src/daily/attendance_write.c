/* attendance_write.c - what somebody sends of a sheet, put together with what stands on it */
#include "access/trail.h"
#include "base/moment.h"
#include "base/text.h"
#include "daily/attendance_parts.h"
#include "daily/expected.h"
#include "sql.h"

static const struct entity *const kind = &entities[ENTITY_attendances];

struct writing {
	struct save *save;
	const struct sight *s;
	const struct sending *in;
	struct sending_answer *out;
	str now;
	struct attendance_sheet sheet; /* session and place alone */
	struct roll old, roll;
	str stored_at;     /* when the register was last written, and by whom: asked for at the first answer that differs */
	int64_t stored_by; /* NUMBER_NONE: not an account */
};

const char *
sending_cause(const struct sending *in)
{
	if (in->close)
		return "sheet closed";
	return in->all ? "attendance, all present at once" : "attendance";
}

const char *
sending_reason_words(enum sending_reason reason)
{
	switch (reason) {
	case REASON_NONE:
		break;
	case REASON_GONE:
		return tr("This session no longer exists, or is no longer yours: ask whoever plans it.");
	case REASON_CANCELLED:
		return tr("This session was cancelled: attendance is only taken where it took place.");
	case REASON_CLOSED:
		return tr("This sheet was closed meanwhile: open it again to change it.");
	case REASON_PERSON:
		return tr("Somebody on this sheet is not among the people whom your organisation follows: enrol them first.");
	case REASON_MINUTES:
		return tr("Somebody was given more minutes than the session lasts, or none while present: correct the minutes.");
	case REASON_ACCOUNT:
		return tr("This was typed by somebody else: it is sent when they sign in on this telephone.");
	}
	return "";
}

/* --- what cannot be written --- */

static enum sending_reason
state_of(const struct session *s)
{
	if (str_is(s->state, "cancelled"))
		return REASON_CANCELLED;
	return s->closed_at.len > 0 ? REASON_CLOSED : REASON_NONE;
}

static const struct attendance *
stored_line(const struct roll *r, int64_t person)
{
	const struct attendance *v = r->v;

	for (size_t i = 0; i < r->n; i++) {
		if (v[i].person == person)
			return &v[i];
	}
	return NULL;
}

static bool
is_expected(const struct expected *v, size_t n, int64_t person)
{
	for (size_t i = 0; i < n; i++) {
		if (v[i].person == person)
			return true;
	}
	return false;
}

/* Nobody comes onto a sheet whom the sender could not have put there. */
static const struct err *
check_lines(struct writing *w)
{
	const struct sending *in = w->in;
	struct expected *expected;
	size_t n;
	const struct err *err = expected_at(w->s, &w->sheet.session, &expected, &n);

	for (size_t i = 0; i < in->n && err == NULL; i++) {
		const struct sent_line *l = &in->lines[i];
		bool seen = true;

		if (l->mark.minutes != NUMBER_NONE && l->mark.minutes > w->sheet.session.minutes &&
		    !presence_equal(l->mark, l->before))
			w->out->reason = REASON_MINUTES;
		if (stored_line(&w->roll, l->person) == NULL && !is_expected(expected, n, l->person))
			err = person_seen(w->s, l->person, &seen);
		if (!seen)
			w->out->reason = REASON_PERSON;
	}
	return err;
}

/* --- answers that differ --- */

static const struct err *
read_stored_by(struct writing *w)
{
	struct attendance_written_row row;
	struct db_rows rows;
	const struct err *err;

	if (w->stored_at.len > 0)
		return NULL;
	w->stored_by = NUMBER_NONE;
	if ((err = attendance_written(w->s->db, &rows, w->s->territory, w->in->session)) != NULL)
		return err;
	while (attendance_written_next(&rows, &row)) {
		int64_t account = trail_account(row.actor);

		w->stored_at = str_dup(w->s->arena, row.at);
		w->stored_by = account == 0 ? NUMBER_NONE : account;
	}
	return db_done(&rows);
}

static int64_t
excused_of(struct presence m)
{
	return !presence_answered(m) || m.minutes > 0 ? NUMBER_NONE : m.excused;
}

/* One of the two answers was put aside: kept as a record until somebody has looked. */
static const struct err *
put_aside(struct writing *w, int64_t person, struct presence stored, struct presence sent, bool replaced)
{
	const struct presence kept = replaced ? sent : stored, lost = replaced ? stored : sent;
	const str typed = w->in->typed_ms > 0 ? moment_text(w->s->arena, w->in->typed_ms) : w->now;
	struct attendance_conflict c;
	const struct err *err = read_stored_by(w);

	entity_clear(&entities[ENTITY_attendance_conflicts], &c);
	c.record = (struct record){ 0 };
	c.session = w->in->session;
	c.person = person;
	c.kept_minutes = kept.minutes;
	c.kept_excused = excused_of(kept);
	c.kept_by = replaced ? w->in->account : w->stored_by;
	c.kept_at = replaced ? typed : w->stored_at;
	c.lost_minutes = lost.minutes;
	c.lost_excused = excused_of(lost);
	c.lost_by = replaced ? w->stored_by : w->in->account;
	c.lost_at = replaced ? w->stored_at : typed;
	w->out->differing++;
	return err != NULL ? err : entity_save(w->save, &entities[ENTITY_attendance_conflicts], &c, NULL);
}

/* --- the register --- */

void
roll_set(struct roll *r, int64_t person, struct presence m)
{
	struct attendance *v = r->v;
	size_t i = 0;

	while (i < r->n && v[i].person != person)
		i++;
	if (!presence_answered(m)) {
		if (i < r->n)
			v[i] = v[--r->n];
		return;
	}
	if (i == r->n)
		r->n++;
	v[i] = (struct attendance){ .session = r->owner, .person = person, .minutes = m.minutes, .excused = excused_of(m) };
}

/* A copy with room for so many more. */
struct roll
roll_copy(struct arena *a, const struct roll *old, size_t more)
{
	struct roll r = *old;

	r.v = ARENA_ARRAY(a, old->n + more + 1, struct attendance);
	if (old->n > 0)
		memcpy(r.v, old->v, old->n * sizeof(struct attendance));
	return r;
}

static const struct err *
merge_line(struct writing *w, const struct sent_line *l)
{
	const struct attendance *line = stored_line(&w->old, l->person);
	const struct presence stored = line == NULL ? (struct presence){ .minutes = NUMBER_NONE } : presence_of(line);
	const enum presence_end end =
	    presence_merge(l->before, stored, l->mark, session_trainer(&w->sheet.session, w->in->account));

	if (end == PRESENCE_TAKEN || end == PRESENCE_REPLACED)
		roll_set(&w->roll, l->person, l->mark);
	if (end == PRESENCE_REFUSED || end == PRESENCE_REPLACED)
		return put_aside(w, l->person, stored, l->mark, end == PRESENCE_REPLACED);
	return NULL;
}

static const struct err *
merge(struct writing *w)
{
	const struct err *err = NULL;

	w->roll = roll_copy(w->s->arena, &w->old, w->in->n);
	for (size_t i = 0; i < w->in->n && err == NULL; i++)
		err = merge_line(w, &w->in->lines[i]);
	return err != NULL ? err : roll_save(w->save, kind, &w->roll, &w->old);
}

/* --- the session --- */

static const struct err *
close_sheet(struct writing *w)
{
	struct session closed = w->sheet.session;
	struct expected *expected;
	size_t n;
	const struct err *err = expected_at(w->s, &closed, &expected, &n);

	for (size_t i = 0; i < n; i++)
		w->out->unclosed |= stored_line(&w->roll, expected[i].person) == NULL;
	w->out->unclosed |= closed.held_on > w->s->today || w->roll.n == 0;
	if (err != NULL || w->out->unclosed)
		return err;
	closed.state = S("held");
	closed.closed_at = w->now;
	closed.closed_by = w->in->account;
	return entity_save(w->save, &entities[ENTITY_sessions], &closed, &w->sheet.session);
}

/* --- all of it --- */

static const struct err *
write_sheet(struct writing *w)
{
	bool found;
	const struct err *err = session_within(w->s, w->in->session, &w->sheet, &found);

	if (err != NULL)
		return err;
	w->out->reason = found ? state_of(&w->sheet.session) : REASON_GONE;
	if (w->out->reason != REASON_NONE)
		return NULL;
	if ((err = roll_read(w->s->db, w->s->territory, kind, w->in->session, w->s->arena, &w->old)) != NULL)
		return err;
	w->roll = w->old;
	if ((err = check_lines(w)) != NULL || w->out->reason != REASON_NONE)
		return err;
	if ((err = merge(w)) != NULL || !w->in->close)
		return err;
	return close_sheet(w);
}

static const char *const result_words[] = {
	[SENDING_SAVED] = "saved", [SENDING_DIFFERS] = "differs", [SENDING_REFUSED] = "refused"
};
static const char *const reason_words[] = { [REASON_NONE] = "",
	[REASON_GONE] = "gone",
	[REASON_CANCELLED] = "cancelled",
	[REASON_CLOSED] = "closed",
	[REASON_PERSON] = "person",
	[REASON_MINUTES] = "minutes",
	[REASON_ACCOUNT] = "account" };

static size_t
place_of(const char *const *words, size_t n, str word)
{
	for (size_t i = 0; i < n; i++) {
		if (str_is(word, words[i]))
			return i;
	}
	return 0;
}

/* What was answered to this key before. */
static const struct err *
replayed(const struct sight *s, const struct sending *in, struct sending_answer *out)
{
	struct attendance_sending_row row;
	struct db_rows rows;
	const struct err *err = attendance_sending(s->db, &rows, s->territory, in->key);

	if (err != NULL)
		return err;
	while (attendance_sending_next(&rows, &row)) {
		*out = (struct sending_answer){ .replay = true,
			.result = (enum sending_result)place_of(result_words, 3, row.result),
			.reason = (enum sending_reason)place_of(reason_words, REASON_ACCOUNT + 1, row.reason),
			.received_ms = row.received_ms,
			.differing = (size_t)row.differing };
		if (row.account_id != in->account || row.session_id != in->session)
			*out = (struct sending_answer){ .result = SENDING_REFUSED,
				.reason = REASON_ACCOUNT,
				.received_ms = row.received_ms,
				.replay = true };
	}
	return db_done(&rows);
}

/* The lines as they came: what does not stand on the sheet is not lost. */
static str
content_of(struct arena *a, const struct sending *in)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < in->n; i++) {
		const struct sent_line *l = &in->lines[i];
		str before = presence_written(a, l->before), mark = presence_written(a, l->mark);

		buf_format(&b, "%lld %.*s>%.*s\n", (long long)l->person, STR_ARG(before), STR_ARG(mark));
	}
	return buf_kept(&b, a);
}

static const struct err *
keep_sending(struct writing *w)
{
	const struct sending *in = w->in;
	const bool stands = w->out->result == SENDING_SAVED;

	return attendance_sending_add(w->s->db, w->s->territory, in->key, in->account, in->session, w->out->received_ms,
	    in->typed_ms, str_of(result_words[w->out->result]), str_of(reason_words[w->out->reason]), (int64_t)w->out->differing,
	    stands ? (str){ 0 } : content_of(w->s->arena, in));
}

const struct err *
attendance_write(struct save *save, const struct sight *s, const struct sending *in, int64_t now_ms, struct sending_answer *out)
{
	struct writing w = { .save = save, .s = s, .in = in, .out = out, .now = moment_text(s->arena, now_ms) };
	const struct err *err = NULL;

	*out = (struct sending_answer){ .received_ms = now_ms };
	if (in->key.len > 0 && ((err = replayed(s, in, out)) != NULL || out->replay))
		return err;
	if ((err = write_sheet(&w)) != NULL)
		return err;
	if (out->reason != REASON_NONE)
		out->result = SENDING_REFUSED;
	else if (out->differing > 0)
		out->result = SENDING_DIFFERS;
	return in->key.len > 0 ? keep_sending(&w) : NULL;
}

const struct err *
attendance_reopen(struct save *save, const struct sight *s, int64_t session, bool *done)
{
	struct attendance_sheet sheet;
	struct session open;
	const struct err *err = session_within(s, session, &sheet, done);

	if (err != NULL || !*done)
		return err;
	*done = sheet.session.closed_at.len > 0;
	if (!*done)
		return NULL;
	open = sheet.session;
	open.closed_at = (str){ 0 };
	open.closed_by = NUMBER_NONE;
	return entity_save(save, &entities[ENTITY_sessions], &open, &sheet.session);
}
