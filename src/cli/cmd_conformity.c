#include "base/csvout.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/figures.h"
#include "contract/conformity.h"

static const char *const severity_names[] = { "error", "warning", "notice" };

static void
write_csv(struct buf *to, struct conformity *c)
{
	conformity_sort(c);
	buf_add(to, S("finding,severity,ref,detail\n"));
	for (size_t i = 0; i < c->findings.n; i++) {
		const struct finding *f = &c->findings.v[i];

		csv_cell(to, str_of(f->rule->finding), true);
		csv_cell(to, str_of(severity_names[f->rule->severity]), false);
		csv_cell(to, f->place.ref, false);
		csv_cell(to, f->detail, false);
		buf_char(to, '\n');
	}
}

/* The findings of one rule: heading, a line each, what to do, by which text. Gives how many there are from i on. */
static size_t
write_rule(struct cli *cli, const struct conformity *c, size_t i)
{
	static const enum table_align align[] = { TABLE_LEFT, TABLE_LEFT, TABLE_LEFT };
	const struct rule *rule = c->findings.v[i].rule;
	struct table *t = table_new(&cli->arena, 3, align);
	size_t n = 0;

	buf_format(&cli->out, "\n%s (%s)\n", tr(rule->heading), rule->finding);
	for (; i + n < c->findings.n && c->findings.v[i + n].rule == rule; n++) {
		table_cell(t, S(""));
		table_cell(t, c->findings.v[i + n].place.ref);
		table_cell(t, c->findings.v[i + n].detail);
	}
	table_print(t, &cli->out);
	buf_format(&cli->out, "  -> %s\n     %s\n", tr(rule->remedy), tr(rule->source));
	return n;
}

static size_t
count(const struct conformity *c, enum severity severity)
{
	size_t n = 0;

	for (size_t i = 0; i < c->findings.n; i++)
		n += c->findings.v[i].rule->severity == severity;
	return n;
}

static void
write_text(struct cli *cli, const struct conformity *c)
{
	static const char *const headings[] = { N_("ERRORS"), N_("WARNINGS"), N_("NOTICES") };
	static const enum table_align align[] = { TABLE_LEFT, TABLE_LEFT };
	struct table *t = table_new(&cli->arena, 2, align);

	table_cell(t, c->plan->contract.ref);
	table_cell(t, c->plan->contract.title);
	table_print(t, &cli->out);
	if (c->findings.n == 0) {
		buf_add(&cli->out, str_of(tr("Everything that is checked holds.\n")));
		return;
	}
	for (enum severity s = SEVERITY_ERROR; s <= SEVERITY_NOTICE; s++) {
		if (count(c, s) > 0)
			buf_format(&cli->out, "\n%s (%zu)\n", tr(headings[s]), count(c, s));
		for (size_t i = 0; i < c->findings.n;) {
			if (c->findings.v[i].rule->severity == s)
				i += write_rule(cli, c, i);
			else
				i++;
		}
	}
	buf_format(&cli->out, tr("\nTo settle: %zu (errors %zu, warnings %zu, notices %zu)\n"), c->findings.n,
	    count(c, SEVERITY_ERROR), count(c, SEVERITY_WARNING), count(c, SEVERITY_NOTICE));
}

/* Plan and findings of one moment. */
static int
check(struct cli *cli, struct db *db, bool plain, struct plan *plan, struct conformity *c)
{
	struct book_contract which;
	const struct err *e = db_begin_read(db);
	int code;

	if (e != NULL)
		return cli_fail(cli, e);
	if ((code = choose_contract(cli, db, &which)) == EXIT_DONE) {
		e = plan_read(db, &cli->arena, which.territory, which.id, plan);
		if (e == NULL)
			conformity_check(&cli->arena, plan, cli_today(), plain, c);
	}
	e = db_end(db, e);
	return e != NULL ? cli_fail(cli, e) : code;
}

static int
run(struct cli *cli)
{
	const char *format = cli_option(cli, "format");
	bool csv = format != NULL && str_is(str_of(format), "csv");
	struct conformity c;
	struct plan plan;
	struct db *db;
	int code = cli_open(cli, DB_READ, &db);

	if (code != EXIT_DONE)
		return code;
	code = check(cli, db, csv, &plan, &c);
	db_close(db);
	if (code != EXIT_DONE)
		return code;
	if (csv)
		write_csv(&cli->out, &c);
	else
		write_text(cli, &c);
	return c.findings.n == 0 ? EXIT_DONE : EXIT_REFUSED;
}

static const struct option_rule options[] = {
	{ "contract", N_("REF"), N_("the contract that is checked, when the database has several"), NULL },
	{ "territory", N_("REF"), N_("the territory that keeps it, when the database has several"), NULL },
	{ "format", N_("FORMAT"), N_("how the findings are written"), "text csv" },
	{ NULL, NULL, NULL, NULL },
};

const struct command command_conformity = {
	.name = "conformity",
	.arguments = "",
	.summary = N_("list what does not hold in a contract"),
	.description = N_(
	    "Checks a contract against the State's guide, the law and its own arithmetic: mandatory indicators, objectives, "
	    "numbering, operators, dates, the vote of the council, the subsidy against the forecasts, agreements that are due, "
	    "committees. Findings are a list for the parties to settle; nothing is changed.\n\n"
	    "An error is against the law, the guide or arithmetic; a warning is a gap or a contradiction; a notice may be meant so. "
	    "The exit status is 0 when nothing was found and 1 when something was."),
	.options = options,
	.example = "jalon conformity --format csv",
	.run = run,
};
