/* due_people.c - the restricted cohort, one's own file, and the people whom a partner has sent to an action */
#include "base/text.h"
#include "model/save.h"
#include "sql.h"
#include "web/due.h"
#include "web/reach.h"

/* --- the cohort: its members take part in two actions or more --- */

static day
first_joined(const struct book *b, int person, day today)
{
	day joined = DAY_NONE;

	for (int i = 0; i < b->members.n; i++) {
		const struct book_member *m = &b->members.v[i];

		if (m->person == person && m->joined <= today && m->left >= today && (joined == DAY_NONE || m->joined < joined))
			joined = m->joined;
	}
	return joined;
}

/* Counted over the whole contract: who joined late has had less time. */
static int
actions_of(const struct book *b, int person)
{
	int n = 0;

	for (int i = 0; i < b->actions.n; i++) {
		bool in = false;

		for (int k = book_first(b, TABLE_enrolments, i); k < book_first(b, TABLE_enrolments, i + 1); k++)
			in |= b->enrolments.v[k].person == person && b->enrolments.v[k].state == WORD_active;
		n += in;
	}
	return n;
}

const struct err *
due_cohort(struct due_list *to, const struct due_ask *ask)
{
	const struct book *b = ask->contract && ask->figures ? ask->shown.figures.book : NULL;
	struct figure_at at = { .kind = SCOPE_CONTRACT, .opens = true };
	int64_t n = 0;
	day first = DAY_NONE;

	for (int i = 0; b != NULL && i < b->members.n; i++) {
		day joined = first_joined(b, b->members.v[i].person, ask->req->today);

		if (joined != b->members.v[i].joined || actions_of(b, b->members.v[i].person) >= 2)
			continue;
		n++;
		if (first == DAY_NONE || joined < first)
			first = joined;
	}
	if (n == 0)
		return NULL;
	at.contract = ask->shown.contract.ref;
	at.span = &ask->shown.span;
	due_add(
	    to, &(struct due){ .object = due_text(to,
				   tr_n("%lld member of the restricted cohort is in fewer than two actions",
				       "%lld members of the restricted cohort are in fewer than two actions", (unsigned long)n),
				   (long long)n),
		    .detail = str_of(tr("The cohort follows people through two actions or more.")),
		    .on = first,
		    .act = tr("See the figure"),
		    .url = figure_url(ask->req->arena, &at, S("cohort.two_actions"), CELL_TOTAL) });
	return NULL;
}

/* --- one's own file --- */

const struct err *
due_own_file(struct due_list *to, const struct due_ask *ask)
{
	const struct viewer *v = &ask->req->viewer;
	struct due_own_status_row row = { 0 };
	struct db_rows rows;
	struct person p;
	struct due line = { .on = DAY_NONE, .state = tr("missing"), .act = tr("Read my file") };
	bool there;
	const struct err *e =
	    entity_by_id(ask->req->db, v->territory, &entities[ENTITY_people], v->person, ask->req->arena, &p, &there);

	if (e != NULL || !there)
		return e;
	(void)due_own_status(ask->req->db, &rows, v->territory, v->person);
	while (due_own_status_next(&rows, &row))
		;
	line.url = S("/mon-dossier");
	line.detail = str_of(tr("Bring a paper that says it to somebody who helps you."));
	line.object = str_of(tr("Your residence status is not recorded"));
	if (row.count == 0)
		due_add(to, &line);
	line.object = str_of(tr("Your birth date is not recorded"));
	if (p.birth_date.len == 0)
		due_add(to, &line);
	return db_done(&rows);
}

/* --- whom a partner has sent: no name, the answer comes from the operator --- */

const struct err *
due_referrals(struct due_list *to, const struct due_ask *ask)
{
	const struct viewer *v = &ask->req->viewer;
	struct due_referred_row row;
	struct db_rows rows;

	if (!ask->contract || v->organisation == 0)
		return NULL;
	(void)due_referred(ask->req->db, &rows, v->territory, v->organisation);
	while (due_referred_next(&rows, &row)) {
		const struct action *x = plan_action(ask->plan, row.action_id);
		const struct sheet *s = x == NULL ? NULL : plan_sheet(ask->plan, x->sheet);
		const struct organisation *o = x == NULL ? NULL : plan_organisation(ask->plan, x->operator);

		if (s == NULL)
			continue;
		due_add(to, &(struct due){ .object = due_text(to,
					       tr_n("%lld orientation without an answer", "%lld orientations without an answer",
						   (unsigned long)row.count),
					       (long long)row.count),
				.detail = o == NULL ? x->title : due_text(to, "%.*s · %.*s", STR_ARG(x->title), STR_ARG(o->name)),
				.on = row.first,
				.act = o == NULL ? tr("Open the sheet") : tr("Call the operator"),
				.url = o == NULL ? due_text(to, "/fiches/%.*s", STR_ARG(s->ref))
						 : due_text(to, "/partenaires/%.*s", STR_ARG(o->ref)) });
	}
	return db_done(&rows);
}
