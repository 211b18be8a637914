/* choose.c - which contract and which period a command is about */
#include <string.h>

#include "base/shown.h"
#include "base/text.h"
#include "cli/figures.h"
#include "cli/frame.h"
#include "exchange/bundle.h"

int
list_contracts(struct cli *cli, struct db *db, struct book_contract **v, size_t *n)
{
	const char *territory = cli_option(cli, "territory");
	const struct err *e = book_contracts_read(db, &cli->arena, v, n);
	int64_t keeper = 0;
	size_t kept = 0;

	if (e == NULL && territory != NULL)
		e = keeper_find(db, &cli->arena, str_of(territory), &keeper);
	if (e != NULL)
		return cli_fail(cli, e);
	for (size_t i = 0; i < *n; i++) {
		if (territory == NULL || (*v)[i].territory == keeper)
			(*v)[kept++] = (*v)[i];
	}
	*n = kept;
	if (kept > 0)
		return EXIT_DONE;
	return cli_fail(cli, err_new(&cli->arena, ERR_NOTFOUND, tr("the database holds no contract"), NULL,
				 tr("Import one first: jalon import BUNDLE")));
}

enum { LISTED = 20 };

static const char *
refs(struct cli *cli, const struct book_contract *v, size_t n)
{
	struct buf list = { 0 };
	const char *out;

	for (size_t i = 0; i < n && i < LISTED; i++) {
		if (i > 0)
			buf_add(&list, S(", "));
		buf_add(&list, v[i].ref);
	}
	if (n > LISTED)
		buf_add(&list, S("..."));
	out = str_z(&cli->arena, buf_str(&list));
	buf_release(&list);
	return out;
}

int
choose_contract(struct cli *cli, struct db *db, struct book_contract *out)
{
	const char *ref = cli_option(cli, "contract");
	struct book_contract *v, *found = NULL;
	size_t n, matches = 0;
	int code = list_contracts(cli, db, &v, &n);

	if (code != EXIT_DONE)
		return code;
	for (size_t i = 0; i < n; i++) {
		if (ref == NULL || str_is(v[i].ref, ref))
			found = &v[i], matches++;
	}
	if (matches == 1) {
		*out = *found;
		return EXIT_DONE;
	}
	if (matches == 0)
		return cli_fail(cli, err_format(&cli->arena, ERR_NOTFOUND,
					 str_format(&cli->arena, tr("Contracts of this database: %s"), refs(cli, v, n)).s,
					 tr("no contract has the ref %s"), ref));
	if (ref != NULL)
		return frame_usage(cli, tr("Name the territory that keeps it: --territory REF"),
		    tr("several territories have a contract %s"), ref);
	return frame_usage(cli, str_format(&cli->arena, tr("Contracts of this database: %s"), refs(cli, v, n)).s,
	    tr("the database holds several contracts: name one with --contract REF"));
}

/* --- periods --- */

static int
by_contract_year(struct cli *cli, const struct book_contract *c, const char *given, struct span *out)
{
	number n = str_number(str_of(given));

	if (c->signed_on == DAY_NONE)
		return frame_usage(cli, tr("Name the days with --from and --to."),
		    tr("the contract %.*s has no date of signature to count its years from"), STR_ARG(c->ref));
	if (given == NULL)
		*out = span_today(c, cli_today());
	else if (!n.ok || !span_of_year(c, CALENDAR_CONTRACT, n.value, out))
		return cli_usage(cli, tr("--contract-year: 1 to %d is expected, not %s"), contract_years(c), given);
	return EXIT_DONE;
}

static int
by_calendar_year(struct cli *cli, const struct book_contract *c, const char *option, enum calendar calendar, struct span *out)
{
	const char *given = cli_option(cli, option);
	number n = str_number(str_of(given));

	if (!n.ok || !span_of_year(c, calendar, n.value, out))
		return cli_usage(cli, tr("--%s: a year of four digits is expected, not %s"), option, given);
	return EXIT_DONE;
}

static int
by_dates(struct cli *cli, struct span *out)
{
	*out = (struct span){ .calendar = CALENDAR_FREE, .days = { DAY_NONE, DAY_NONE } };
	if (!cli_day(cli, "from", &out->days.from) || !cli_day(cli, "to", &out->days.to))
		return EXIT_USAGE;
	if (out->days.from == DAY_NONE || out->days.to == DAY_NONE)
		return cli_usage(cli, tr("--from and --to go together"));
	if (out->days.to < out->days.from)
		return cli_usage(cli, tr("--to comes before --from"));
	return EXIT_DONE;
}

static int
by_word(struct cli *cli, const struct book_contract *c, const char *given, struct span *out)
{
	const char *expected = span_parse(&cli->arena, str_of(given), c, out);

	return expected == NULL ? EXIT_DONE : cli_usage(cli, tr("--period: expected %s, not %s"), expected, given);
}

int
choose_period(struct cli *cli, const struct book_contract *c, struct span *out)
{
	const char *year = cli_option(cli, "contract-year"), *word = cli_option(cli, "period");
	bool civil = cli_has(cli, "civil-year"), school = cli_has(cli, "school-year");
	bool dates = cli_has(cli, "from") || cli_has(cli, "to");

	if (civil + school + dates + (year != NULL) + (word != NULL) > 1)
		return cli_usage(
		    cli, tr("one period only: --period, --from and --to, --contract-year, --civil-year or --school-year"));
	if (word != NULL)
		return by_word(cli, c, word, out);
	if (dates)
		return by_dates(cli, out);
	if (civil)
		return by_calendar_year(cli, c, "civil-year", CALENDAR_CIVIL, out);
	if (school)
		return by_calendar_year(cli, c, "school-year", CALENDAR_SCHOOL, out);
	return by_contract_year(cli, c, year, out);
}

str
shown_day(struct arena *a, day d)
{
	char text[DAY_TEXT];

	return str_dup(a, day_shown(d, text));
}
