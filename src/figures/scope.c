/* scope.c - who drew a benefit from each scope, since when, and which cells count them */
#include "base/text.h"
#include "figures/course.h"
#include "figures/tally.h"

#include <string.h>

const char *const cell_names[CELLS] = { "total", "men", "women", "under25", "bpi", "bpi_men", "bpi_women", "bpi_under25" };
const char *const scope_names[] = { N_("action"), N_("contract"), N_("sheet") };

int
cell_named(str name)
{
	for (int c = 0; c < CELLS; c++) {
		if (str_is(name, cell_names[c]))
			return c;
	}
	return -1;
}

bool
status_in_force(const struct book *b, int person, unsigned set, day from, day to)
{
	const struct book_person *p = &b->people.v[person];

	for (int i = p->first_status; i < p->end_status; i++) {
		const struct book_status *s = &b->statuses.v[i];

		if ((set & STATUS_BIT(s->status)) != 0 && s->since <= to && s->until >= from)
			return true;
	}
	return false;
}

static unsigned
cells_of(const struct view *v, const struct beneficiary *x)
{
	const struct book *b = v->book;
	const struct book_person *p = &b->people.v[x->person];
	unsigned cells = 1u << CELL_TOTAL;

	if (!status_in_force(b, x->person, b->eligible, x->reference, v->period.to))
		return 0;
	if (p->sex == WORD_M)
		cells |= 1u << CELL_MEN;
	if (p->sex == WORD_F)
		cells |= 1u << CELL_WOMEN;
	if (p->born != DAY_NONE && day_birthday(p->born, 25) > x->reference)
		cells |= 1u << CELL_UNDER25;
	if (status_in_force(b, x->person, STATUSES_BPI, x->reference, v->period.to))
		cells |= cells << CELL_BPI;
	return cells;
}

/* Evidence as it is gathered: the first day of each person, or all of it when there is a trail. */
struct gathering {
	struct view *view;
	struct beneficiary *v; /* room for everybody */
	int n;
	struct marks *trail;
};

static inline void
benefit(struct gathering *g, int person, day on)
{
	int *at = &g->view->at[person];

	if (*at == 0) {
		g->v[g->n++] = (struct beneficiary){ .person = person, .reference = on };
		*at = g->n;
	} else if (g->v[*at - 1].reference > on) {
		g->v[*at - 1].reference = on;
	}
}

static inline void
consider(struct gathering *g, int person, day on, enum evidence kind, ptrdiff_t record, enum why why)
{
	if (g->trail != NULL)
		*VEC_ADD(g->view->arena, g->trail) = (struct mark){ kind, (int)record, person, 1, why };
	else if (why == WHY_COUNTS)
		benefit(g, person, on);
}

static day
later(day a, day b)
{
	return a > b ? a : b;
}

static void
gather_enrolments(struct gathering *g, const struct scope *s)
{
	const struct view *v = g->view;

	SCOPE_EACH (v, s, enrolments, e) {
		enum why why = e->state != WORD_active          ? WHY_NOT_ACTIVE
			       : enrolment_counts(e, v->period) ? WHY_COUNTS
								: WHY_NOT_IN_PERIOD;

		consider(g, e->person, later(e->entered, v->period.from), EVIDENCE_ENROLMENT, e - v->book->enrolments.v, why);
	}
}

static void
gather_attendances(struct gathering *g, const struct scope *s)
{
	const struct view *v = g->view;
	const struct book_attendance *all = v->book->attendances.v;

	SCOPE_EACH (v, s, sessions, x) {
		enum why why = x->state != WORD_held ? WHY_NOT_HELD : x->audience == WORD_actors ? WHY_FOR_ACTORS : WHY_COUNTS;

		if (!period_has(v->period, x->on) || (why != WHY_COUNTS && g->trail == NULL))
			continue;
		for (int i = x->first_attendance; i < x->end_attendance; i++) {
			enum why mine = why == WHY_COUNTS && all[i].minutes <= 0 ? WHY_ABSENT : why;

			consider(g, all[i].who, x->on, EVIDENCE_ATTENDANCE, x - v->book->sessions.v, mine);
		}
	}
}

static void
gather_acts(struct gathering *g, const struct scope *s)
{
	const struct view *v = g->view;

	SCOPE_EACH (v, s, acts, a) {
		if (period_has(v->period, a->on))
			consider(g, a->person, a->on, EVIDENCE_ACT, a - v->book->acts.v, WHY_COUNTS);
	}
}

static void
gather_pairs(struct gathering *g, const struct scope *s)
{
	const struct view *v = g->view;

	SCOPE_EACH (v, s, pairs, p) {
		bool overlaps = p->started <= v->period.to && p->ended >= v->period.from;

		consider(g, p->person, later(p->started, v->period.from), EVIDENCE_PAIR, p - v->book->pairs.v,
		    overlaps ? WHY_COUNTS : WHY_NOT_IN_PERIOD);
	}
}

static void
gather(struct gathering *g, const struct scope *s)
{
	gather_enrolments(g, s);
	gather_attendances(g, s);
	gather_acts(g, s);
	gather_pairs(g, s);
}

void
trail_read(struct view *v, int from, int to, struct marks *trail)
{
	struct gathering g = { .view = v, .trail = trail };

	gather(&g, &(struct scope){ .from = from, .to = to });
}

/* What was gathered becomes the scope's; the scratch is ready for the next. */
static void
settle(struct gathering *g, struct scope *s)
{
	s->v = arena_copy(g->view->arena, g->v, (size_t)g->n * sizeof *g->v);
	s->n = g->n;
	for (int i = 0; i < s->n; i++) {
		g->view->at[s->v[i].person] = 0;
		s->v[i].cells = cells_of(g->view, &s->v[i]);
	}
	g->n = 0;
}

static void
merge(struct gathering *g, const struct scope *part)
{
	for (int i = 0; i < part->n; i++)
		benefit(g, part->v[i].person, part->v[i].reference);
}

static void
action_scope(struct gathering *g, int i)
{
	struct scope *s = &g->view->actions[i];

	*s = (struct scope){ .kind = SCOPE_ACTION, .place = i, .from = i, .to = i + 1 };
	gather(g, s);
	settle(g, s);
	for (int k = 0; k < s->n; k++)
		g->view->actions_of[s->v[k].person]++;
}

static void
sheet_scope(struct gathering *g, int i)
{
	const struct book_sheet *h = &g->view->book->sheets.v[i];
	struct scope *s = &g->view->sheets[i];

	*s = (struct scope){ .kind = SCOPE_SHEET, .place = i, .from = h->first_action, .to = h->end_action };
	for (int a = s->from; a < s->to; a++)
		merge(g, &g->view->actions[a]);
	settle(g, s);
}

static void
contract_scope(struct gathering *g)
{
	struct view *v = g->view;

	v->contract = (struct scope){ .kind = SCOPE_CONTRACT, .from = 0, .to = v->book->actions.n };
	for (int i = 0; i < v->book->sheets.n; i++)
		merge(g, &v->sheets[i]);
	settle(g, &v->contract);
}

static int
most(int a, int b)
{
	return a > b ? a : b;
}

struct view *
view_new(struct arena *a, const struct book *b, period p)
{
	struct view *v = ARENA_NEW(a, struct view);
	struct gathering g = { .view = v, .v = ARENA_ARRAY(a, b->people.n, struct beneficiary) };

	*v = (struct view){ .book = b, .arena = a, .period = p };
	v->actions = ARENA_ARRAY(a, b->actions.n, struct scope);
	v->sheets = ARENA_ARRAY(a, b->sheets.n, struct scope);
	v->actions_of = ARENA_ARRAY(a, b->people.n, int);
	v->at = ARENA_ARRAY(a, b->people.n, int);
	v->seen = ARENA_ARRAY(a, most(b->households.n + b->people.n, most(b->trainees.n, b->sessions.n)), unsigned);
	for (int i = 0; i < b->actions.n; i++)
		action_scope(&g, i);
	for (int i = 0; i < b->sheets.n; i++)
		sheet_scope(&g, i);
	contract_scope(&g);
	view_courses(v);
	return v;
}

void
scope_open(struct view *v, const struct scope *s)
{
	v->open = s;
	for (int i = 0; i < s->n; i++)
		v->at[s->v[i].person] = i + 1;
}

void
scope_close(struct view *v)
{
	for (int i = 0; i < v->open->n; i++)
		v->at[v->open->v[i].person] = 0;
	v->open = NULL;
}
