#include "figures/overlap.h"

#include <stdlib.h>

#include "base/csvout.h"
#include "base/json.h"
#include "base/text.h"

const char *const overlap_rule_both =
    N_("People whom 1.1.beneficiaries counts in both: eligible in each of the two, with evidence of benefit in the period. Where "
       "a row meets its own column: that figure by the records.");
const char *const overlap_rule_in =
    N_("People eligible in the whole, by how many of its parts they have evidence of benefit in: each person once, as in "
       "cohort.enlarged and cohort.two_actions.");

static int
by_ref(const void *a, const void *b, void *book)
{
	return str_cmp(scope_ref(book, *(const struct scope *const *)a), scope_ref(book, *(const struct scope *const *)b));
}

static void
add_parts(struct overlap *o, const struct scope *all, int from, int to)
{
	const struct scope **first = o->parts + o->n;

	for (int i = from; i < to; i++)
		o->parts[o->n++] = &all[i];
	if (to > from)
		qsort_r(first, (size_t)(to - from), sizeof *first, by_ref, (void *)(uintptr_t)o->book);
}

static void
choose_parts(struct arena *a, struct overlap *o, const struct view *v)
{
	const struct book *b = v->book;
	const int *order = sheets_by_number(a, b);

	o->parts = ARENA_ARRAY(a, b->actions.n + b->sheets.n, const struct scope *);
	for (int i = 0; i < b->sheets.n; i++) {
		const struct book_sheet *h = &b->sheets.v[order[i]];

		if (o->kind == SCOPE_SHEET)
			add_parts(o, v->sheets, order[i], order[i] + 1);
		else if (o->whole->kind == SCOPE_CONTRACT || o->whole->place == order[i])
			add_parts(o, v->actions, h->first_action, h->end_action);
	}
}

/* here[person]: whether part i counts them. */
static void
count_both(struct overlap *o, int i, bool *here)
{
	const struct scope *part = o->parts[i];

	for (int k = 0; k < part->n; k++)
		here[part->v[k].person] = part->v[k].cells != 0;
	for (int j = i; j < o->n; j++) {
		const struct scope *other = o->parts[j];
		int64_t n = 0;

		for (int k = 0; k < other->n; k++)
			n += other->v[k].cells != 0 && here[other->v[k].person];
		o->both[i * o->n + j] = o->both[j * o->n + i] = n;
	}
	for (int k = 0; k < part->n; k++)
		here[part->v[k].person] = false;
}

static void
count_in(struct arena *a, struct overlap *o)
{
	int *parts_of = ARENA_ARRAY(a, o->book->people.n, int);

	for (int i = 0; i < o->n; i++) {
		for (int k = 0; k < o->parts[i]->n; k++)
			parts_of[o->parts[i]->v[k].person]++;
	}
	o->in = ARENA_ARRAY(a, o->n + 1, int64_t);
	for (int k = 0; k < o->whole->n; k++) {
		int n = parts_of[o->whole->v[k].person];

		if (o->whole->v[k].cells == 0)
			continue;
		o->in[n]++;
		if (n > o->most)
			o->most = n;
	}
}

struct overlap *
overlap_make(struct arena *a, const struct view *v, const struct scope *whole, enum scope_kind parts)
{
	struct overlap *o = ARENA_NEW(a, struct overlap);
	bool *here = ARENA_ARRAY(a, v->book->people.n, bool);

	*o = (struct overlap){ .book = v->book, .period = v->period, .whole = whole, .kind = parts };
	choose_parts(a, o, v);
	o->both = ARENA_ARRAY(a, (size_t)o->n * (size_t)o->n, int64_t);
	for (int i = 0; i < o->n; i++)
		count_both(o, i, here);
	count_in(a, o);
	return o;
}

/* --- writing --- */

static int
place_by_ref(const void *a, const void *b, void *overlap)
{
	const struct overlap *o = overlap;

	return str_cmp(scope_ref(o->book, o->parts[*(const int *)a]), scope_ref(o->book, o->parts[*(const int *)b]));
}

void
overlap_csv(const struct overlap *o, struct buf *to)
{
	int *order = calloc((size_t)o->n + 1, sizeof *order);

	if (order == NULL)
		bug_oom((size_t)o->n);
	for (int i = 0; i < o->n; i++)
		order[i] = i;
	qsort_r(order, (size_t)o->n, sizeof *order, place_by_ref, (void *)(uintptr_t)o);
	buf_add(to, S("scope,ref,other_ref,parts,people\n"));
	for (int i = 0; i < o->n; i++) {
		for (int j = 0; j < o->n; j++) {
			csv_cell(to, str_of(scope_names[o->kind]), true);
			csv_cell(to, scope_ref(o->book, o->parts[order[i]]), false);
			csv_cell(to, scope_ref(o->book, o->parts[order[j]]), false);
			buf_format(to, ",,%lld\n", (long long)o->both[order[i] * o->n + order[j]]);
		}
	}
	for (int k = 1; k <= o->most; k++) {
		csv_cell(to, str_of(scope_names[o->whole->kind]), true);
		csv_cell(to, scope_ref(o->book, o->whole), false);
		buf_format(to, ",,%d,%lld\n", k, (long long)o->in[k]);
	}
	free(order);
}

static void
text_member(struct buf *to, const char *name, str s)
{
	json_name(to, name);
	json_string(to, s);
}

static void
json_part(struct buf *to, const struct overlap *o, int i)
{
	const struct book *b = o->book;
	const struct scope *s = o->parts[i];

	buf_add(to, i == 0 ? S("\n{") : S(",\n{"));
	text_member(to, "ref", scope_ref(b, s));
	buf_char(to, ',');
	text_member(to, "title", s->kind == SCOPE_ACTION ? b->actions.v[s->place].title : b->sheets.v[s->place].title);
	buf_add(to, S(",\"both\":["));
	for (int j = 0; j < o->n; j++)
		buf_format(to, j == 0 ? "%lld" : ",%lld", (long long)o->both[i * o->n + j]);
	buf_add(to, S("]}"));
}

void
overlap_json(const struct overlap *o, struct buf *to)
{
	char from[DAY_TEXT], until[DAY_TEXT];

	buf_char(to, '{');
	text_member(to, "scope", str_of(scope_names[o->whole->kind]));
	buf_char(to, ',');
	text_member(to, "ref", scope_ref(o->book, o->whole));
	buf_char(to, ',');
	text_member(to, "from", day_text(o->period.from, from));
	buf_char(to, ',');
	text_member(to, "to", day_text(o->period.to, until));
	buf_char(to, ',');
	text_member(to, "parts_are", str_of(scope_names[o->kind]));
	buf_char(to, ',');
	text_member(to, "rule_both", str_of(tr(overlap_rule_both)));
	buf_char(to, ',');
	text_member(to, "rule_in", str_of(tr(overlap_rule_in)));
	buf_add(to, S(",\n\"parts\":["));
	for (int i = 0; i < o->n; i++)
		json_part(to, o, i);
	buf_add(to, S("],\n\"in\":["));
	for (int k = 1; k <= o->most; k++)
		buf_format(to, "%s{\"parts\":%d,\"people\":%lld}", k == 1 ? "" : ",", k, (long long)o->in[k]);
	buf_add(to, S("]}\n"));
}
