/* explain_table.c - one figure opened on the command line */
#include <string.h>

#include "base/text.h"
#include "cli/figures.h"
#include "cli/frame.h"
#include "model/entity.h"

enum { WIDTH = 100 };

void
wrapped(struct buf *to, const char *margin, const char *text)
{
	str rest = str_of(text), word;
	size_t column = 0;

	while (rest.s != NULL) {
		word = str_cut(rest, ' ', &rest);
		if (column > 0 && column + 1 + str_width(word) > WIDTH) {
			buf_char(to, '\n');
			column = 0;
		}
		buf_add(to, column == 0 ? str_of(margin) : S(" "));
		buf_add(to, word);
		column += str_width(word) + (column == 0 ? strlen(margin) : 1);
	}
	buf_char(to, '\n');
}

static const char *
verdict(enum why why)
{
	return why == WHY_COUNTS ? tr("yes") : why == WHY_AGAIN ? tr("again") : tr("no");
}

static void
heading(struct table *t)
{
	static const char *const words[] = { N_("Who"), N_("Counts"), N_("Reason"), N_("Reference date"), N_("Record"), N_("Ref"),
		N_("Action"), N_("Date"), N_("Quantity") };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		table_cell(t, str_of(tr(words[i])));
	table_rule(t);
}

static void
row(struct arena *a, struct table *t, const struct explained *r)
{
	const struct entity *e = entity_named(str_of(r->kind));

	table_cell(t, r->who);
	table_cell(t, str_of(verdict(r->why)));
	table_cell(t, r->reason);
	table_cell(t, shown_day(a, r->reference));
	table_cell(t, e == NULL ? S("") : str_of(tr(e->label)));
	table_cell(t, r->ref);
	table_cell(t, r->action);
	table_cell(t, shown_day(a, r->on));
	table_cell(t, r->unit[0] == '\0' ? r->quantity : str_format(a, "%.*s %s", STR_ARG(r->quantity), tr(r->unit)));
}

static void
title(struct arena *a, const struct explanation *x, const struct span *p, struct buf *to)
{
	const struct indicator *rule = x->figure.indicator->rule;
	bool local = rule->level == LEVEL_LOCAL;
	struct buf value = { 0 };

	if (rule->unit == UNIT_TEXT)
		buf_add(&value, x->figure.text);
	else
		figure_write_french(&value, rule->unit, x->figure.value[x->cell]);
	buf_format(to, "%.*s  %.*s\n", STR_ARG(x->figure.indicator->name),
	    STR_ARG(local ? x->figure.indicator->label : str_of(tr(rule->label))));
	buf_format(to, "%.*s\n", STR_ARG(span_title(a, p)));
	buf_format(to, tr("Scope: %s %.*s. Cell: %s. Achieved: %.*s %s\n"), tr(scope_names[x->figure.scope->kind]),
	    STR_ARG(x->figure.ref), rule->unit == UNIT_TEXT ? "text" : cell_names[x->cell],
	    STR_ARG(value.len == 0 ? S("-") : buf_str(&value)), tr(directory_unit_label(rule->unit)));
	buf_release(&value);
	wrapped(to, "  ", tr(rule->rule));
	if (rule->choice != NULL)
		wrapped(to, "  ", str_format(a, "%s %s", "\u25c7", tr(rule->choice)).s);
}

void
explanation_table(struct arena *a, const struct explanation *x, const struct span *p, struct buf *to)
{
	static const enum table_align align[] = { TABLE_LEFT, TABLE_LEFT, TABLE_LEFT, TABLE_LEFT, TABLE_LEFT, TABLE_LEFT,
		TABLE_LEFT, TABLE_LEFT, TABLE_RIGHT };
	struct table *t = table_new(a, sizeof align / sizeof *align, align);

	title(a, x, p, to);
	if (x->rows.n == 0) {
		buf_add(to, str_of(tr("No record is concerned.\n")));
		return;
	}
	buf_format(to, tr("Records: %d count, %d were counted already, %d do not count.\n\n"), explain_count(x, WHY_COUNTS),
	    explain_count(x, WHY_AGAIN), x->rows.n - explain_count(x, WHY_COUNTS) - explain_count(x, WHY_AGAIN));
	heading(t);
	for (int i = 0; i < x->rows.n; i++)
		row(a, t, &x->rows.v[i]);
	table_print(t, to);
}

/* --- which figure --- */

static const struct book_indicator *
indicator_asked(struct cli *cli, const struct book *b, const char *name)
{
	struct nearest near = { .word = str_of(name) };

	for (int i = 0; i < COHORT_INDICATORS; i++) {
		nearest_try(&near, b->cohort[i].name);
		if (str_is(b->cohort[i].name, name))
			return &b->cohort[i];
	}
	for (int i = 0; i < b->indicators.n; i++) {
		nearest_try(&near, b->indicators.v[i].name);
		if (str_is(b->indicators.v[i].name, name))
			return &b->indicators.v[i];
	}
	(void)frame_usage(cli,
	    near.best.s != NULL ? str_format(&cli->arena, tr("Did you mean %.*s?"), STR_ARG(near.best)).s
				: tr("They are listed by: jalon indicators"),
	    tr("no indicator is named %s in this contract"), name);
	return NULL;
}

int
sheet_asked(const struct book *b, const char *ref)
{
	for (int i = 0; i < b->sheets.n; i++) {
		if (str_is(b->sheets.v[i].ref, ref))
			return i;
	}
	return -1;
}

static int
action_asked(const struct book *b, const char *ref)
{
	for (int i = 0; i < b->actions.n; i++) {
		if (str_is(b->actions.v[i].ref, ref))
			return i;
	}
	return -1;
}

static int
scope_asked(struct cli *cli, const struct book *b, const struct indicator *rule, enum scope_kind *kind, int *place)
{
	const char *sheet = cli_option(cli, "sheet"), *action = cli_option(cli, "action");
	const char *ref = sheet != NULL ? sheet : action;

	*kind = rule->level == LEVEL_CONTRACT ? SCOPE_CONTRACT : sheet != NULL ? SCOPE_SHEET : SCOPE_ACTION;
	*place = 0;
	if ((sheet != NULL) + (action != NULL) != (*kind != SCOPE_CONTRACT))
		return cli_usage(cli, *kind == SCOPE_CONTRACT
					  ? tr("cohort.* are the contract's: neither --sheet nor --action goes with them")
					  : tr("name the scope: --sheet REF or --action REF"));
	if (*kind != SCOPE_CONTRACT)
		*place = *kind == SCOPE_SHEET ? sheet_asked(b, ref) : action_asked(b, ref);
	if (*place < 0)
		return cli_fail(cli,
		    err_format(&cli->arena, ERR_NOTFOUND, NULL,
			*kind == SCOPE_SHEET ? tr("the contract has no sheet %s") : tr("the contract has no action %s"), ref));
	if (*kind == SCOPE_ACTION && b->sheets.v[b->actions.v[*place].sheet].aggregate)
		return cli_usage(cli, tr("the figures of this sheet are sent as counts: they stand at the sheet's scope only"));
	return EXIT_DONE;
}

int
explain_figure(struct cli *cli, const struct book *b, const struct span *p, const char *format, struct buf *to)
{
	const struct book_indicator *i = indicator_asked(cli, b, cli_option(cli, "explain"));
	const char *named = cli_option(cli, "cell");
	int cell = named == NULL ? CELL_TOTAL : cell_named(str_of(named)), place, code;
	const struct explanation *x;
	enum scope_kind kind;

	if (i == NULL)
		return EXIT_USAGE;
	if ((code = scope_asked(cli, b, i->rule, &kind, &place)) != EXIT_DONE)
		return code;
	if (cell != CELL_TOTAL && !i->rule->eight)
		return cli_usage(cli, tr("%.*s has one cell only: total"), STR_ARG(i->name));
	x = explain_make(&cli->arena, b, p->days, kind, place, i, (enum cell)cell);
	if (strcmp(format, "csv") == 0)
		explain_csv(x, to);
	else if (strcmp(format, "json") == 0)
		explain_json(x, to);
	else
		explanation_table(&cli->arena, x, p, to);
	return EXIT_DONE;
}
