#include "figures/explain.h"

#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/text.h"

/* What a mark's record is called, where it stands and when. */
struct source {
	const char *kind;
	int64_t key; /* 0: a record without a page of its own */
	str ref;
	int action; /* -1: none */
	day on;
};

/* A mark on its way to be shown. */
struct line {
	const struct mark *mark;
	struct source from;
	str who;
};

static int
action_of(const struct book *b, enum book_table t, int record)
{
	int a = 0;

	while (a + 1 < b->actions.n && book_first(b, t, a + 1) <= record)
		a++;
	return a;
}

static str
dates(struct arena *a, period p)
{
	char from[DAY_TEXT], to[DAY_TEXT];

	return str_format(a, "%s/%s", day_text(p.from, from).s, day_text(p.to, to).s);
}

static struct source
source_of(struct arena *a, const struct book *b, const struct mark *m)
{
	int r = m->record;

#define RECORD_OF(table, name, record_key, name_ref, day_on)                       \
	(struct source)                                                            \
	{                                                                          \
		name, record_key, name_ref, action_of(b, TABLE_##table, r), day_on \
	}
#define V(table) b->table.v[r]
	switch (m->kind) {
	case EVIDENCE_ENROLMENT:
		return RECORD_OF(enrolments, "enrolments", V(enrolments).id, V(enrolments).ref, V(enrolments).entered);
	case EVIDENCE_ATTENDANCE:
		return RECORD_OF(sessions, "attendances", V(sessions).id, V(sessions).ref, V(sessions).on);
	case EVIDENCE_TRAINEE:
		return RECORD_OF(sessions, "trainee_attendances", V(sessions).id, V(sessions).ref, V(sessions).on);
	case EVIDENCE_SESSION:
		return RECORD_OF(sessions, "sessions", V(sessions).id, V(sessions).ref, V(sessions).on);
	case EVIDENCE_ACT:
		return RECORD_OF(acts, "acts", V(acts).id, V(acts).ref, V(acts).on);
	case EVIDENCE_PAIR:
		return RECORD_OF(pairs, "pairs", V(pairs).id, V(pairs).ref, V(pairs).started);
	case EVIDENCE_TOOL:
		return RECORD_OF(tools, "tools", 0, V(tools).label, V(tools).on);
	case EVIDENCE_EXPENSE:
		return RECORD_OF(expenses, "expenses", V(expenses).id, V(expenses).ref, V(expenses).on);
	case EVIDENCE_MEETING:
		return (struct source){ "meetings", V(meetings).id, V(meetings).ref, -1, V(meetings).on };
	case EVIDENCE_AGGREGATE:
		return (struct source){ "aggregates", 0, dates(a, V(aggregates).period), -1, V(aggregates).period.from };
	case EVIDENCE_MEMBER:
		return (struct source){ "cohort_members", 0, { 0 }, -1, V(members).joined };
	case EVIDENCE_NONE:
		break;
	}
#undef V
#undef RECORD_OF
	return (struct source){ "", 0, { 0 }, -1, DAY_NONE };
}

static const char *
quantity_unit(const struct indicator *rule, const struct mark *m)
{
	if (m->kind == EVIDENCE_AGGREGATE)
		return directory_unit(rule->unit);
	if (rule->mark == fig_assiduous)
		return N_("percent");
	if (rule->mark == fig_progress)
		return N_("levels");
	if (rule->unit == UNIT_HOURS || rule->mark == fig_trained || rule->mark == fig_volunteers)
		return N_("minutes");
	if (rule->unit == UNIT_MONTHS)
		return N_("days");
	return rule->unit == UNIT_EUROS ? N_("euros") : "";
}

static str
quantity(struct arena *a, const struct indicator *rule, const struct mark *m)
{
	struct buf to = { 0 };

	if (rule->unit == UNIT_TEXT)
		return (str){ 0 };
	if (rule->unit == UNIT_EUROS || m->kind == EVIDENCE_AGGREGATE)
		figure_write(&to, rule->unit, m->quantity);
	else
		buf_int(&to, m->quantity);
	return buf_kept(&to, a);
}

static str
reason(const struct view *v, const struct mark *m, day reference)
{
	struct buf to = { 0 };

	why_write(&to, &(struct whose){ v, m, reference });
	return buf_kept(&to, v->arena);
}

static bool
of_person(const struct mark *m)
{
	return m->who >= 0 && m->kind != EVIDENCE_TRAINEE;
}

static struct line
line_of(struct arena *a, const struct book *b, const struct mark *m)
{
	str who = m->who < 0 ? (str){ 0 } : of_person(m) ? b->people.v[m->who].ref : b->trainees.v[m->who].ref;

	return (struct line){ m, source_of(a, b, m), who };
}

static struct explained
explain_line(const struct view *v, const struct indicator *rule, const struct line *l)
{
	const struct book *b = v->book;
	const struct mark *m = l->mark;
	const struct beneficiary *x = of_person(m) ? scope_beneficiary(v, m->who) : NULL;
	day reference = x == NULL ? DAY_NONE : x->reference;

	return (struct explained){
		.who = l->who,
		.person = of_person(m) && m->who < b->person_keys.n ? b->person_keys.v[m->who] : 0,
		.why = m->why,
		.reason = reason(v, m, reference),
		.reference = reference,
		.kind = l->from.kind,
		.key = l->from.key,
		.ref = l->from.ref,
		.action = l->from.action < 0 ? (str){ 0 } : b->actions.v[l->from.action].ref,
		.on = l->from.on,
		.quantity = quantity(v->arena, rule, m),
		.unit = quantity_unit(rule, m),
	};
}

static int
by_person(const void *a, const void *b)
{
	const struct line *x = a, *y = b;
	int c = str_cmp(x->who, y->who);

	if (c == 0)
		c = (x->from.on > y->from.on) - (x->from.on < y->from.on);
	if (c == 0)
		c = strcmp(x->from.kind, y->from.kind);
	return c != 0 ? c : str_cmp(x->from.ref, y->from.ref);
}

static const struct scope *
scope_of(const struct view *v, enum scope_kind kind, int place)
{
	return kind == SCOPE_ACTION ? &v->actions[place] : kind == SCOPE_SHEET ? &v->sheets[place] : &v->contract;
}

/* --- how many, reason by reason --- */

/* Whoever is spoken of for a reason is one person for it, however many records say so. */
static void
count_reasons(struct arena *a, const struct book *b, const struct marks *list, struct reason_count counts[WHYS])
{
	uint64_t *people = ARENA_ARRAY(a, b->people.n, uint64_t), *trainees = ARENA_ARRAY(a, b->trainees.n, uint64_t);

	for (int i = 0; i < list->n; i++) {
		const struct mark *m = &list->v[i];
		uint64_t *said = m->who < 0 ? NULL : of_person(m) ? &people[m->who] : &trainees[m->who];

		counts[m->why].records++;
		if (said == NULL || (*said & WHY_BIT(m->why)) != 0)
			continue;
		*said |= WHY_BIT(m->why);
		counts[m->why].people++;
	}
}

/* The figure with all its marks, in arena a; the scope stays open. */
static void
open_figure(struct arena *a, struct view *v, const struct explain_asked *asked, struct figure *figure, struct marks *list,
    struct reason_count counts[WHYS])
{
	const struct scope *s = scope_of(v, asked->kind, asked->place);
	struct marks trail = { 0 };

	v->arena = a;
	if (asked->indicator->rule->trail)
		trail_read(v, s->from, s->to, &trail);
	scope_open(v, s);
	figure_make(v, asked->indicator, &(struct explain_into){ asked->cell, list, &trail }, figure);
	count_reasons(a, v->book, list, counts);
}

struct reasons
explain_reasons(struct arena *a, struct view *v, const struct explain_asked *asked)
{
	struct reasons r = { .period = v->period, .cell = asked->cell };
	struct arena *own = v->arena;
	struct marks list = { 0 };

	open_figure(a, v, asked, &r.figure, &list, r.counts);
	scope_close(v);
	v->arena = own;
	return r;
}

/* --- the records --- */

/* The rows asked for, of those whose reason is wanted. */
static void
add_rows(
    struct arena *a, const struct view *v, const struct explain_asked *asked, const struct marks *list, struct explanation *x)
{
	struct line *lines = ARENA_ARRAY(a, list->n, struct line);
	int end;

	for (int i = 0; i < list->n; i++) {
		if (asked->only == 0 || (asked->only & WHY_BIT(list->v[i].why)) != 0)
			lines[x->total++] = line_of(a, v->book, &list->v[i]);
	}
	if (x->total > 0)
		qsort(lines, (size_t)x->total, sizeof *lines, by_person);
	end = asked->most > 0 && asked->most < x->total - asked->first ? asked->first + asked->most : x->total;
	for (int i = asked->first; i < end; i++)
		*VEC_ADD(a, &x->rows) = explain_line(v, asked->indicator->rule, &lines[i]);
}

struct explanation *
explain_read(struct arena *a, struct view *v, const struct explain_asked *asked)
{
	struct explanation *x = ARENA_NEW(a, struct explanation);
	struct arena *own = v->arena;
	struct marks list = { 0 };

	*x = (struct explanation){ .book = v->book, .period = v->period, .cell = asked->cell };
	open_figure(a, v, asked, &x->figure, &list, x->counts);
	add_rows(a, v, asked, &list, x);
	scope_close(v);
	v->arena = own;
	return x;
}

struct explanation *
explain_make(struct arena *a, const struct book *b, period p, enum scope_kind kind, int place, const struct book_indicator *i,
    enum cell cell)
{
	return explain_read(
	    a, view_new(a, b, p), &(struct explain_asked){ .kind = kind, .place = place, .indicator = i, .cell = cell });
}

int
explain_count(const struct explanation *x, enum why why)
{
	return x->counts[why].records;
}
