/* due_records.c - what the records of the contract still miss: registers, answers, follow-ups, values that figures need.
 * All of it stands in the book that the figures are made of; only the follow-ups said not to be done are asked of the database. One line an action. */
#include "base/set.h"
#include "base/shown.h"
#include "base/text.h"
#include "figures/tally.h"
#include "people/who.h"
#include "sql.h"
#include "web/due.h"
#include "web/reach.h"

/* The action of the book as the plan has it; NULL: not within reach for this right. */
static const struct action *
action_at(const struct due_ask *ask, int i, enum right right)
{
	const struct action *x = plan_action(ask->plan, ask->shown.figures.book->actions.v[i].id);

	return x != NULL && reaches_action(&ask->req->viewer, right, ask->plan, x) ? x : NULL;
}

static const struct book *
book_of(const struct due_ask *ask)
{
	return ask->figures && ask->contract ? ask->shown.figures.book : NULL;
}

/* What is on the line: the action, and whose it is where the viewer sees several operators'. */
static str
action_words(const struct due_list *to, const struct due_ask *ask, const struct action *x)
{
	const struct organisation *o = plan_organisation(ask->plan, x->operator);

	if (o == NULL || !reaches_contract(&ask->req->viewer, RIGHT_EVIDENCE_READ))
		return x->title;
	return due_text(to, "%.*s · %.*s", STR_ARG(x->title), STR_ARG(o->name));
}

/* --- sessions held, of which nobody has said who came --- */

struct count { /* of what an action misses, and since when */
	int64_t n;
	day first, last;
	int64_t session; /* one of them */
};

static void
count_add(struct count *c, day on)
{
	if (c->n++ == 0 || on < c->first)
		c->first = on;
	if (c->n == 1 || on > c->last)
		c->last = on;
}

static bool
without_attendance(const struct book_session *s)
{
	return s->end_attendance == s->first_attendance && s->end_trainee == s->first_trainee && s->public_count <= 0;
}

static struct count
sessions_of(const struct due_ask *ask, const struct book *b, int action)
{
	struct count c = { 0 };
	int end = book_first(b, TABLE_sessions, action + 1);

	for (int i = book_first(b, TABLE_sessions, action); i < end; i++) {
		const struct book_session *s = &b->sessions.v[i];
		bool over = s->on < ask->req->today; /* those of today have a line of their own */
		bool held = s->state == WORD_held && over;
		bool forgotten = s->state == WORD_planned && over;

		if ((held && without_attendance(s)) || forgotten) {
			count_add(&c, s->on);
			c.session = b->session_keys.v[i];
		}
	}
	return c;
}

/* One: its sheet; several: the list of the action's. */
static str
sheets_place(const struct due_list *to, const struct due_ask *ask, const struct action *x, const struct count *c)
{
	str key = key_short(ask->req->arena, c->session);

	return c->n == 1 ? due_text(to, "/seances/%.*s/emargement", STR_ARG(key))
			 : due_text(to, "/emargements?action=%.*s", STR_ARG(x->ref));
}

const struct err *
due_sessions(struct due_list *to, const struct due_ask *ask)
{
	const struct book *b = book_of(ask);

	for (int i = 0; b != NULL && i < b->actions.n; i++) {
		const struct action *x = action_at(ask, i, RIGHT_EVIDENCE_READ);
		struct count c;
		char last[DAY_TEXT];
		str words;

		if (x == NULL || b->sheets.v[b->actions.v[i].sheet].aggregate || (c = sessions_of(ask, b, i)).n == 0)
			continue;
		words = action_words(to, ask, x);
		due_add(to, &(struct due){ .object = due_text(to,
					       tr_n("Attendance of %lld session to fill in",
						   "Attendance of %lld sessions to fill in", (unsigned long)c.n),
					       (long long)c.n),
				.detail = due_text(to, tr("%.*s · last one on %s"), STR_ARG(words), day_shown(c.last, last).s),
				.on = c.first,
				.act = tr_n("See the attendance sheet", "See the attendance sheets", (unsigned long)c.n),
				.url = sheets_place(to, ask, x, &c) });
	}
	return NULL;
}

/* --- enrolments that wait for an answer --- */

/* The button opens exactly these requests. */
const struct err *
due_requests(struct due_list *to, const struct due_ask *ask)
{
	struct due_unanswered_row row;
	struct db_rows rows;

	if (!ask->contract)
		return NULL;
	(void)due_unanswered(ask->req->db, &rows, ask->req->viewer.territory);
	while (due_unanswered_next(&rows, &row)) {
		const struct action *x = plan_action(ask->plan, row.action_id);

		if (x == NULL || !reaches_action(&ask->req->viewer, RIGHT_ENROL, ask->plan, x))
			continue;
		due_add(to,
		    &(struct due){ .object = due_text(to,
				       tr_n("%lld enrolment to answer", "%lld enrolments to answer", (unsigned long)row.count),
				       (long long)row.count),
			.detail = action_words(to, ask, x),
			.on = row.first,
			.act = tr_n("Answer the request", "Answer the requests", (unsigned long)row.count),
			.url = due_text(to, "/actions/%.*s?voir=demandes", STR_ARG(x->ref)) });
	}
	return db_done(&rows);
}

/* --- follow-ups six months after a positive exit --- */

/* Those that were said not to be done are due no longer, whatever the figures say of them. */
static const struct err *
read_missed(const struct due_ask *ask, struct set *to)
{
	struct followups_missed_all_row row;
	struct db_rows rows;

	(void)followups_missed_all(ask->req->db, &rows, ask->req->viewer.territory);
	while (followups_missed_all_next(&rows, &row))
		(void)set_add(to, id_mark(row.enrolment_id));
	return db_done(&rows);
}

static bool
awaits_followup(const struct book_enrolment *e, const struct set *missed)
{
	return !set_has(missed, id_mark(e->id)) && e->state == WORD_active && e->left != DAY_FOREVER &&
	       (e->exit == WORD_employment || e->exit == WORD_training) && e->six_months == WORD_ABSENT;
}

/* Those of an action that are due within a week; one: which enrolment it is. */
static struct count
followups_of(
    struct due_list *to, const struct due_ask *ask, const struct book *b, int action, const struct set *missed, int64_t *one)
{
	struct count c = { 0 };

	for (int k = book_first(b, TABLE_enrolments, action); k < book_first(b, TABLE_enrolments, action + 1); k++) {
		const struct book_enrolment *e = &b->enrolments.v[k];
		day on = awaits_followup(e, missed) ? day_add_months(e->left, 6) : DAY_FOREVER;

		if (on > ask->req->today + 7) {
			due_later(to, on, str_of(tr("a follow-up at six months")));
			continue;
		}
		count_add(&c, on);
		*one = e->id;
	}
	return c;
}

const struct err *
due_followups(struct due_list *to, const struct due_ask *ask)
{
	const struct book *b = book_of(ask);
	struct set missed = { 0 };
	const struct err *e = b == NULL ? NULL : read_missed(ask, &missed);

	for (int i = 0; b != NULL && i < b->actions.n; i++) {
		const struct action *x = action_at(ask, i, RIGHT_EVIDENCE_READ);
		struct count c = { 0 };
		int64_t one = 0;
		str key;

		if (x == NULL || (c = followups_of(to, ask, b, i, &missed, &one)).n == 0)
			continue;
		key = key_short(ask->req->arena, one);
		due_add(to,
		    &(struct due){ .object = due_text(to,
				       tr_n("%lld follow-up at six months", "%lld follow-ups at six months", (unsigned long)c.n),
				       (long long)c.n),
			.detail = action_words(to, ask, x),
			.on = c.first,
			.act = tr_n("Record it", "See the people", (unsigned long)c.n),
			.url = c.n == 1 ? due_text(to, "/inscriptions/%.*s/suivi", STR_ARG(key))
					: due_text(to, "/suivis?action=%.*s", STR_ARG(x->ref)) });
	}
	set_clear(&missed);
	return e;
}

/* --- people who drew a benefit, and whom the figures cannot count, or not in every cell --- */

enum lack { LACK_STATUS, LACK_SEX, LACK_BIRTH, LACKS };
static const struct {
	const char *one, *many, *why, *filter;
} lacks[LACKS] = {
	[LACK_STATUS] = { NN_("%lld person without a status", "%lld people without a status"), N_("They count in no figure."),
	    "statut" },
	[LACK_SEX] = { NN_("%lld person of unknown sex", "%lld people of unknown sex"),
	    N_("They count neither as women nor as men."), "sexe" },
	[LACK_BIRTH] = { NN_("%lld person without a birth date", "%lld people without a birth date"),
	    N_("They do not count as under 25."), "naissance" },
};

static bool
lacking(const struct book_person *p, enum lack lack)
{
	switch (lack) {
	case LACK_STATUS:
		return p->first_status == p->end_status;
	case LACK_SEX:
		return p->sex == WORD_ABSENT;
	case LACK_BIRTH:
		return p->born == DAY_NONE;
	case LACKS:
		break;
	}
	return false;
}

/* Each person once, also when several of one's actions met them. */
static void
count_lacks(const struct due_ask *ask, const struct view *v, struct count c[LACKS])
{
	bool *seen = ARENA_ARRAY(ask->req->arena, v->book->people.n, bool);

	for (int i = 0; i < v->book->actions.n; i++) {
		const struct scope *s = &v->actions[i];

		if (action_at(ask, i, RIGHT_EVIDENCE_READ) == NULL)
			continue;
		for (int k = 0; k < s->n; k++) {
			int person = s->v[k].person;

			for (int lack = 0; lack < LACKS && !seen[person]; lack++) {
				if (lacking(&v->book->people.v[person], (enum lack)lack))
					count_add(&c[lack], s->v[k].reference);
			}
			seen[person] = true;
		}
	}
}

const struct err *
due_incomplete(struct due_list *to, const struct due_ask *ask)
{
	struct count c[LACKS] = { 0 };

	if (book_of(ask) == NULL)
		return NULL;
	count_lacks(ask, ask->shown.figures.view, c);
	for (int i = 0; i < LACKS; i++) {
		if (c[i].n == 0)
			continue;
		due_add(to, &(struct due){ .object = due_text(
					       to, tr_n(lacks[i].one, lacks[i].many, (unsigned long)c[i].n), (long long)c[i].n),
				.detail = str_of(tr(lacks[i].why)),
				.on = c[i].first,
				.act = tr("Complete the files"),
				.url = due_text(to, "/personnes?manque=%s", lacks[i].filter) });
	}
	return NULL;
}
