/* quest_flags.c - where the flags of a sheet lead: to the records that they count */
#include "figures/words.h"
#include "web/figure_url.h"
#include "web/quest.h"
#include "web/reach.h"

/* The sheet's own line of beneficiaries, opened on one reason; absent: it has none, or nobody opens it. */
static str
records_url(const struct quest *q, const struct quest_sheet *s, enum cell cell, const char *reason)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < s->n; i++) {
		const struct quest_line *l = &s->lines[i];

		if (l->action || !str_is(l->figure->indicator->name, "1.1.beneficiaries") || l->url[cell].len == 0)
			continue;
		buf_add(&b, l->url[cell]);
		query_add(&b, S("motif"), str_of(reason));
		break;
	}
	return buf_kept(&b, q->req->arena);
}

static int64_t
without_attendance(const struct quest *q, int action)
{
	const struct book *b = q->shown.figures.book;
	int end = book_first(b, TABLE_sessions, action + 1);
	int64_t n = 0;

	for (int i = book_first(b, TABLE_sessions, action); i < end; i++) {
		const struct book_session *s = &b->sessions.v[i];

		n += s->state == WORD_held && period_has(q->shown.span.days, s->on) && s->end_attendance == s->first_attendance &&
		     s->end_trainee == s->first_trainee && s->public_count <= 0;
	}
	return n;
}

static void
add_gap(const struct quest *q, struct quest_sheet *s, int action)
{
	const struct book_action *a = &q->shown.figures.book->actions.v[action];
	const struct action *planned = plan_action(q->plan, a->id);
	int64_t n = without_attendance(q, action);

	if (n == 0)
		return;
	s->gaps[s->n_gaps] = (struct quest_gap){ .n = n, .title = a->title };
	if (planned != NULL && reaches_action(&q->req->viewer, RIGHT_ATTENDANCE, q->plan, planned))
		s->gaps[s->n_gaps].url = str_format(q->req->arena, "/emargements?action=%.*s", STR_ARG(a->ref));
	s->n_gaps++;
}

void
quest_flags(const struct quest *q, struct quest_sheet *s)
{
	s->without_status_url = records_url(q, s, CELL_TOTAL, "sans-statut");
	s->unknown_sex_url = records_url(q, s, CELL_WOMEN, "sans-sexe");
	s->unknown_birth_url = records_url(q, s, CELL_UNDER25, "sans-naissance");
	s->gaps = ARENA_ARRAY(q->req->arena, s->book->end_action - s->book->first_action, struct quest_gap);
	for (int i = s->book->first_action; i < s->book->end_action; i++)
		add_gap(q, s, i);
}
