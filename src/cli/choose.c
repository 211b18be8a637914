/* choose.c - which contract and which period a command is about */
#include <string.h>

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
contract_years(const struct book_contract *c)
{
	return c->duration_months <= 0 ? 3 : (c->duration_months + 11) / 12;
}

static period
contract_year(const struct book_contract *c, int year)
{
	period p = { day_add_months(c->signed_on, 12 * (year - 1)), day_add_months(c->signed_on, 12 * year) - 1 };

	/* The last year of a contract that does not last whole years is shorter. */
	if (c->duration_months > 0 && 12 * year > c->duration_months)
		p.to = day_add_months(c->signed_on, c->duration_months) - 1;
	return p;
}

static int
year_in_progress(const struct book_contract *c, day today)
{
	int year = 1;

	while (year < contract_years(c) && contract_year(c, year).to < today)
		year++;
	return year;
}

static int
by_contract_year(struct cli *cli, const struct book_contract *c, const char *given, struct shown_period *out)
{
	number n = { 0 };

	if (c->signed_on == DAY_NONE)
		return frame_usage(cli, tr("Name the days with --from and --to."),
		    tr("the contract %.*s has no date of signature to count its years from"), STR_ARG(c->ref));
	if (given != NULL && (!(n = str_number(str_of(given))).ok || n.value < 1 || n.value > contract_years(c)))
		return cli_usage(cli, tr("--contract-year: 1 to %d is expected, not %s"), contract_years(c), given);
	out->calendar = CALENDAR_CONTRACT;
	out->year = given != NULL ? (int)n.value : year_in_progress(c, cli_today());
	out->days = contract_year(c, out->year);
	return EXIT_DONE;
}

static int
by_calendar_year(struct cli *cli, const char *option, const char *given, enum calendar calendar, struct shown_period *out)
{
	number n = str_number(str_of(given));
	int year = (int)n.value;

	if (!n.ok || n.value < 1900 || n.value > 2999)
		return cli_usage(cli, tr("--%s: a year of four digits is expected, not %s"), option, given);
	*out = (struct shown_period){ { day_of(year, 1, 1), day_of(year, 12, 31) }, calendar, year };
	if (calendar == CALENDAR_SCHOOL)
		out->days = (period){ day_of(year, 9, 1), day_of(year + 1, 8, 31) };
	return EXIT_DONE;
}

static int
by_dates(struct cli *cli, struct shown_period *out)
{
	*out = (struct shown_period){ { DAY_NONE, DAY_NONE }, CALENDAR_DATES, 0 };
	if (!cli_day(cli, "from", &out->days.from) || !cli_day(cli, "to", &out->days.to))
		return EXIT_USAGE;
	if (out->days.from == DAY_NONE || out->days.to == DAY_NONE)
		return cli_usage(cli, tr("--from and --to go together"));
	if (out->days.to < out->days.from)
		return cli_usage(cli, tr("--to comes before --from"));
	return EXIT_DONE;
}

int
choose_period(struct cli *cli, const struct book_contract *c, struct shown_period *out)
{
	const char *civil = cli_option(cli, "civil-year"), *school = cli_option(cli, "school-year");
	const char *year = cli_option(cli, "contract-year");
	bool dates = cli_has(cli, "from") || cli_has(cli, "to");

	if ((civil != NULL) + (school != NULL) + (year != NULL) + dates > 1)
		return cli_usage(cli, tr("one period only: --from and --to, --contract-year, --civil-year or --school-year"));
	if (dates)
		return by_dates(cli, out);
	if (civil != NULL)
		return by_calendar_year(cli, "civil-year", civil, CALENDAR_CIVIL, out);
	if (school != NULL)
		return by_calendar_year(cli, "school-year", school, CALENDAR_SCHOOL, out);
	return by_contract_year(cli, c, year, out);
}

str
shown_day(struct arena *a, day d)
{
	char text[DAY_TEXT];

	return str_dup(a, day_shown(d, text));
}

str
shown_title(struct arena *a, const struct shown_period *p)
{
	const char *from = str_z(a, shown_day(a, p->days.from)), *to = str_z(a, shown_day(a, p->days.to));

	switch (p->calendar) {
	case CALENDAR_CONTRACT:
		return str_format(a, tr("Contract year %d: from %s to %s, counted from the signature"), p->year, from, to);
	case CALENDAR_CIVIL:
		return str_format(a, tr("Civil year %d: from %s to %s"), p->year, from, to);
	case CALENDAR_SCHOOL:
		return str_format(a, tr("School year %d-%d: from %s to %s"), p->year, p->year + 1, from, to);
	case CALENDAR_DATES:
		break;
	}
	return str_format(a, tr("From %s to %s"), from, to);
}
