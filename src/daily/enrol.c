#include "daily/enrol.h"

#include "base/text.h"
#include "sql.h"

static const struct entity *const enrolments = &entities[ENTITY_enrolments];

/* --- hours as people type them --- */

enum { HOURS_MOST = 10000 };

/* Digits at the beginning; what follows is left. false: none. */
static bool
digits(str *s, int64_t *to)
{
	size_t n = 0;

	for (*to = 0; n < s->len && n < 6 && s->s[n] >= '0' && s->s[n] <= '9'; n++)
		*to = *to * 10 + (s->s[n] - '0');
	*s = (str){ s->s + n, s->len - n };
	return n > 0;
}

int64_t
hours_read(str typed)
{
	str left = str_trim(typed), before;
	int64_t hours, part = 0, minutes = 0;

	if (!digits(&left, &hours) || hours > HOURS_MOST)
		return -1;
	left = str_trim(left);
	if (left.len > 0 && (left.s[0] == ',' || left.s[0] == '.')) {
		before = left = (str){ left.s + 1, left.len - 1 };
		if (!digits(&left, &part) || before.len - left.len > 2)
			return -1;
		minutes = before.len - left.len == 1 ? part * 6 : part * 60 / 100;
		left = str_trim(left);
		return left.len == 0 || str_is(left, "h") ? hours * 60 + minutes : -1;
	}
	if (left.len == 0)
		return hours * 60;
	if (left.s[0] != 'h' && left.s[0] != 'H' && left.s[0] != ':')
		return -1;
	left = str_trim((str){ left.s + 1, left.len - 1 });
	if (left.len > 0 && (!digits(&left, &minutes) || left.len > 0 || minutes > 59))
		return -1;
	return hours * 60 + minutes;
}

str
hours_written(struct arena *a, int64_t minutes)
{
	if (minutes == NUMBER_NONE)
		return (str){ 0 };
	if (minutes % 60 == 0)
		return str_format(a, "%d", (int)(minutes / 60));
	return str_format(a, "%d h %02d", (int)(minutes / 60), (int)(minutes % 60));
}

/* --- taking in --- */

static const struct err *
count_active(const struct sight *s, int64_t action, int64_t *n)
{
	struct enrol_present_row row;
	struct db_rows rows;
	const struct err *e = enrol_present(s->db, &rows, s->territory, action, s->today);

	*n = 0;
	while (e == NULL && enrol_present_next(&rows, &row))
		*n = row.n;
	return e != NULL ? e : db_done(&rows);
}

/* Whether they have an enrolment that is not over: asked for, waiting, or running. */
static const struct err *
already(const struct sight *s, int64_t action, int64_t person, bool *open)
{
	struct enrol_already_row row;
	struct db_rows rows;
	const struct err *e = enrol_already(s->db, &rows, s->territory, action, person);

	*open = false;
	while (e == NULL && enrol_already_next(&rows, &row)) {
		*open |= str_is(row.state, "requested") ||
			 (str_is(row.state, "active") && (row.left_on == DAY_NONE || row.left_on >= s->today));
	}
	return e != NULL ? e : db_done(&rows);
}

static const struct err *
enrol_one(
    struct save *save, const struct sight *s, const struct enrol_ask *ask, int64_t action, int64_t person, enum enrol_why why)
{
	bool active = !ask->request && why == ENROL_DONE;
	struct enrolment e;
	const struct err *err;

	entity_clear(enrolments, &e);
	e.record = (struct record){ 0 };
	if ((err = save_reserve(save, enrolments, &e.record.id)) != NULL)
		return err;
	e.ref = record_ref(s->arena, "e-", e.record.id);
	e.action = action;
	e.person = person;
	e.state = active ? S("active") : S("requested");
	e.entered_on = ask->entered_on;
	e.requested_on = ask->request ? ask->entered_on : s->today;
	if (why == ENROL_WAITING)
		e.waiting_since = s->today;
	e.planned_minutes = ask->planned_minutes;
	e.group = ask->group;
	e.referent = ask->referent;
	e.referent_account = ask->referent_account;
	return entity_save(save, enrolments, &e, NULL);
}

const struct err *
enrol_several(
    struct save *save, const struct sight *s, const struct action_place *a, const struct enrol_ask *ask, enum enrol_why *why)
{
	int64_t action = a->action.record.id, active, left;
	bool seen, open;
	const struct err *e = count_active(s, action, &active);

	for (size_t i = 0; e == NULL && i < ask->n; i++) {
		if ((e = person_seen(s, ask->people[i], &seen)) != NULL ||
		    (e = already(s, action, ask->people[i], &open)) != NULL)
			return e;
		why[i] = !seen ? ENROL_UNSEEN : open ? ENROL_ALREADY : ENROL_DONE;
		if (why[i] != ENROL_DONE)
			continue;
		left = places_left(&a->action, active);
		if (!ask->request && !ask->over && left != NUMBER_NONE && left <= 0)
			why[i] = ENROL_WAITING;
		active += !ask->request && why[i] == ENROL_DONE;
		e = enrol_one(save, s, ask, action, ask->people[i], why[i]);
	}
	return e;
}

/* --- answering --- */

int
verdict_named(str word)
{
	static const char *const words[VERDICTS] = { "accepter", "attente", "refuser", "annuler", "modifier" };

	for (int i = 0; i < VERDICTS; i++) {
		if (str_is(word, words[i]))
			return i;
	}
	return -1;
}

bool
verdict_fits(enum verdict a, enum standing_in in)
{
	switch (a) {
	case VERDICT_ACCEPT:
		return in == IN_REQUEST || in == IN_WAITING || in == IN_REFUSED || in == IN_CANCELLED;
	case VERDICT_WAIT:
		return in == IN_REQUEST;
	case VERDICT_REFUSE:
		return in == IN_REQUEST || in == IN_WAITING;
	case VERDICT_CANCEL:
		return in == IN_REQUEST || in == IN_WAITING || in == IN_ACTIVE;
	case VERDICT_CHANGE:
	case VERDICTS:
		break;
	}
	return true;
}

static void
answer_with(struct enrolment *e, enum verdict answer, day today)
{
	switch (answer) {
	case VERDICT_ACCEPT:
		if (e->requested_on == DAY_NONE)
			e->requested_on = today;
		e->state = S("active");
		e->waiting_since = DAY_NONE;
		e->reason = (str){ 0 };
		break;
	case VERDICT_WAIT:
		e->waiting_since = today;
		break;
	case VERDICT_REFUSE:
		e->state = S("refused");
		break;
	case VERDICT_CANCEL:
		e->state = S("cancelled");
		break;
	case VERDICT_CHANGE:
	case VERDICTS:
		break;
	}
}

const struct err *
enrol_answer(struct save *save, const struct sight *s, const struct action_place *a, struct enrolment *e, enum verdict answer,
    bool over, uint64_t wrong, struct problem_sink *sink, bool *full)
{
	struct enrolment stored;
	bool found = false;
	int64_t active, left;
	const struct err *err = entity_by_id(s->db, s->territory, enrolments, e->record.id, s->arena, &stored, &found);

	*full = false;
	if (err != NULL)
		return err;
	if (!found || stored.action != a->action.record.id || !verdict_fits(answer, standing_in(&stored, s->today)))
		return err_new(s->arena, ERR_CONFLICT, tr("Somebody has answered this request meanwhile."), NULL, NULL);
	answer_with(e, answer, s->today);
	if ((answer == VERDICT_REFUSE || answer == VERDICT_CANCEL) && e->reason.len == 0)
		problem_add(sink,
		    &(struct problem){
			.level = PROBLEM_FAULT, .column = S("reason"), .expected = str_of(tr("the reason, in a few words")) });
	entity_check(enrolments, e, wrong, 0, sink, S(""), 0);
	if (sink->faults > 0 || (err = count_active(s, a->action.record.id, &active)) != NULL)
		return err;
	left = places_left(&a->action, active);
	*full = answer == VERDICT_ACCEPT && !over && left != NUMBER_NONE && left <= 0;
	return *full ? NULL : entity_save(save, enrolments, e, &stored);
}
