/* overlap_table.c - people in several actions or sheets, on the command line */
#include <string.h>

#include "base/text.h"
#include "cli/figures.h"
#include "figures/overlap.h"

static str
number_shown(struct arena *a, int64_t n)
{
	struct buf text = { 0 };

	figure_write_french(&text, UNIT_COUNT, n);
	return buf_kept(&text, a);
}

static str
title_of(const struct overlap *o, int i)
{
	const struct scope *s = o->parts[i];

	return s->kind == SCOPE_ACTION ? o->book->actions.v[s->place].title : o->book->sheets.v[s->place].title;
}

static void
matrix(struct arena *a, const struct overlap *o, struct buf *to)
{
	enum table_align *align = ARENA_ARRAY(a, o->n + 2, enum table_align);
	struct table *t;

	for (int i = 0; i < o->n; i++)
		align[i + 2] = TABLE_RIGHT;
	t = table_new(a, (size_t)o->n + 2, align);
	table_cell(t, str_of(o->kind == SCOPE_ACTION ? tr("Action") : tr("Sheet")));
	table_cell(t, S(""));
	for (int i = 0; i < o->n; i++)
		table_cell(t, scope_ref(o->book, o->parts[i]));
	table_rule(t);
	for (int i = 0; i < o->n; i++) {
		table_cell(t, scope_ref(o->book, o->parts[i]));
		table_cell(t, title_of(o, i));
		for (int j = 0; j < o->n; j++)
			table_cell(t, number_shown(a, o->both[i * o->n + j]));
	}
	table_print(t, to);
}

static void
numbers_of_parts(struct arena *a, const struct overlap *o, struct buf *to)
{
	static const enum table_align align[] = { TABLE_RIGHT, TABLE_RIGHT };
	struct table *t = table_new(a, 2, align);

	table_cell(t, str_of(o->kind == SCOPE_ACTION ? tr("Actions") : tr("Sheets")));
	table_cell(t, str_of(tr("People")));
	table_rule(t);
	for (int k = 1; k <= o->most; k++) {
		table_cell(t, number_shown(a, k));
		table_cell(t, number_shown(a, o->in[k]));
	}
	table_print(t, to);
}

static void
overlap_table(struct arena *a, const struct overlap *o, const struct span *p, struct buf *to)
{
	buf_format(to, "%.*s (%.*s)\n%.*s\n\n", STR_ARG(o->book->contract.title), STR_ARG(scope_ref(o->book, o->whole)),
	    STR_ARG(span_title(a, p)));
	matrix(a, o, to);
	wrapped(to, "  ", tr(overlap_rule_both));
	buf_char(to, '\n');
	numbers_of_parts(a, o, to);
	wrapped(to, "  ", tr(overlap_rule_in));
}

int
overlap_figures(struct cli *cli, struct arena *a, const struct book *b, const struct span *p, const char *format, struct buf *to)
{
	const char *sheet = cli_option(cli, "sheet");
	enum scope_kind parts = strcmp(cli_option(cli, "overlap"), "sheets") == 0 ? SCOPE_SHEET : SCOPE_ACTION;
	int place = sheet == NULL ? -1 : sheet_asked(b, sheet);
	struct view *v;
	const struct overlap *o;

	if (sheet != NULL && parts == SCOPE_SHEET)
		return cli_usage(cli, tr("--sheet goes with --overlap actions: a sheet has no sheets"));
	if (sheet != NULL && place < 0)
		return cli_fail(cli, err_format(&cli->arena, ERR_NOTFOUND, NULL, tr("the contract has no sheet %s"), sheet));
	v = view_new(a, b, p->days);
	o = overlap_make(a, v, place < 0 ? &v->contract : &v->sheets[place], parts);
	if (strcmp(format, "csv") == 0)
		overlap_csv(o, to);
	else if (strcmp(format, "json") == 0)
		overlap_json(o, to);
	else
		overlap_table(a, o, p, to);
	return EXIT_DONE;
}
