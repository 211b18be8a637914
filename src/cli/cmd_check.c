#include <inttypes.h>
#include <string.h>

#include "access/verify.h"
#include "base/text.h"
#include "cli/command.h"
#include "db/journal.h"
#include "demo/accounts.h"
#include "model/person_keys.h"
#include "model/verify.h"

/* One broken thing can break thousands of others: so many lines of each part, then a count. */
enum { SHOWN = 50 };

struct checking {
	struct cli *cli;
	struct db *db;
	int64_t found; /* in the part at hand */
	int64_t all;
	struct buf lines;
};

static void
found(struct checking *c, str line)
{
	if (c->found++ < SHOWN) {
		buf_add(&c->lines, S("  "));
		buf_add(&c->lines, line);
		buf_char(&c->lines, '\n');
	}
}

static void
integrity_line(void *to, str text)
{
	found(to, text);
}

static void
journal_broken(void *to, int64_t territory, int64_t seq, const char *what)
{
	struct checking *c = to;

	found(c, str_format(&c->cli->arena, tr("territory %" PRId64 ", row %" PRId64 ": %s"), territory, seq, what));
}

static void
record_broken(void *to, const char *entity, int64_t record, int64_t part, const char *what)
{
	struct checking *c = to;
	struct arena *a = &c->cli->arena;

	if (record == 0)
		found(c, str_format(a, "%s: %s", entity, what));
	else if (part == 0)
		found(c, str_format(a, "%s %" PRId64 ": %s", entity, record, what));
	else
		found(c, str_format(a, "%s %" PRId64 " %" PRId64 ": %s", entity, record, part, what));
}

/* The verdict on one part, and the lines found in it. A part that could not be read to its end for damage is a finding too. */
static const struct err *
conclude(struct checking *c, const struct err *e, const char *part)
{
	struct buf *out = &c->cli->out;

	if (e != NULL && e->kind == ERR_DAMAGED) {
		found(c, str_format(&c->cli->arena, "%s %s", e->what, e->detail == NULL ? "" : e->detail));
		e = NULL;
	}
	if (e == NULL && (c->found > 0 || !c->cli->quiet)) {
		buf_format(out, "%s  %s\n", c->found == 0 ? tr("holds") : tr("BROKEN"), part);
		buf_add(out, buf_str(&c->lines));
		if (c->found > SHOWN)
			buf_format(out, tr("  and %" PRId64 " more\n"), c->found - SHOWN);
	}
	c->all += c->found;
	c->found = 0;
	buf_clear(&c->lines);
	return e;
}

static const struct err *
check_engine(struct checking *c)
{
	return conclude(
	    c, db_integrity(c->db, integrity_line, c), tr("the files of the database, and every link between two records"));
}

static const struct err *
check_journal(struct checking *c)
{
	struct journal_report r = { 0 };
	const struct err *e = journal_verify(c->db, journal_broken, c, &r);
	str part = str_format(
	    &c->cli->arena, tr("the chain of the journal (rows: %" PRId64 ", territories: %" PRId64 ")"), r.rows, r.territories);

	return conclude(c, e, part.s);
}

static const struct err *
check_records(struct checking *c)
{
	struct verify_report r = { 0 };
	const struct err *e = verify_records(c->db, record_broken, c, &r);
	const char *format = tr("every record against the journal (records: %" PRId64 ", earlier versions: %" PRId64 ")");

	return conclude(c, e, str_format(&c->cli->arena, format, r.records, r.versions).s);
}

static const struct err *
check_keys(struct checking *c)
{
	int64_t n = 0;
	bool right = true;
	const struct err *e = person_keys_verify(c->db, &right, &n);

	if (e == NULL && !right)
		found(c, str_of(tr("they are not those of the people: “jalon check --repair” makes them again")));
	return conclude(c, e, str_format(&c->cli->arena, tr("what people are found by (keys: %" PRId64 ")"), n).s);
}

static void
account_broken(void *to, int64_t account, const char *what)
{
	struct checking *c = to;

	found(c, str_format(&c->cli->arena, "accounts %" PRId64 ": %s", account, what));
}

static const struct err *
check_accounts(struct checking *c)
{
	struct arena *a = &c->cli->arena;
	int64_t accounts = 0;
	bool exposed = false;
	const struct err *e = access_verify(c->db, a, account_broken, c, &accounts);

	if (e == NULL)
		e = demo_accounts_exposed(c->db, a, &exposed);
	if (exposed)
		found(
		    c, str_of(tr("accounts of a demonstration, whose passwords are known, stand among real records: end them")));
	return conclude(c, e, str_format(a, tr("accounts and their secrets (accounts: %" PRId64 ")"), accounts).s);
}

static int
run(struct cli *cli)
{
	struct checking c = { .cli = cli };
	const struct err *e;
	const bool repair = cli_has(cli, "repair");
	int code = cli_open(cli, repair ? DB_WRITE : DB_READ, &c.db);

	if (code != EXIT_DONE)
		return code;
	e = repair ? person_keys_rebuild(c.db) : NULL;
	if (e == NULL)
		e = check_engine(&c);
	if (e == NULL && (e = db_begin_read(c.db)) == NULL) {
		if ((e = check_journal(&c)) == NULL)
			e = check_records(&c);
		if (e == NULL && c.all == 0) /* what follows from a wrong record is wrong too */
			e = check_keys(&c);
		if (e == NULL)
			e = check_accounts(&c);
		e = db_end(c.db, e);
	}
	if (e != NULL && e->kind == ERR_DAMAGED && c.all > 0)
		e = NULL; /* told already */
	if (e == NULL && c.all == 0 && !cli->quiet)
		buf_format(&cli->out, tr("Everything holds in %s.\n"), db_place(c.db));
	if (e == NULL && c.all > 0)
		buf_format(&cli->out,
		    tr_n("%" PRId64 " thing does not hold in %s.\n", "%" PRId64 " things do not hold in %s.\n",
			(unsigned long)c.all),
		    c.all, db_place(c.db));
	if (e == NULL && c.all > 0)
		buf_add(&cli->out, str_of(tr("Keep a copy of it as it is, and restore the last backup.\n")));
	buf_release(&c.lines);
	code = e != NULL ? cli_fail(cli, e) : c.all > 0 ? EXIT_REFUSED : EXIT_DONE;
	db_close(c.db);
	return code;
}

static const struct option_rule options[] = {
	{ "repair", NULL, N_("first make again what follows from the records: what people are found by"), NULL },
	{ NULL },
};

const struct command command_check = {
	.name = "check",
	.arguments = "",
	.options = options,
	.summary = N_("prove that the database is what was written into it"),
	.description = N_(
	    "Reads the whole database and compares it with itself: the files and every link between two records, the chain of the "
	    "journal (a row that was changed, added or taken out breaks it), and every record and earlier version against the digest "
	    "that the journal keeps of it; that no secret stands without its account; then what people are found by against the "
	    "people. Nothing is changed, except with --repair.\n"
	    "\n"
	    "Rows cut off at the very end of the journal can only be seen against a copy that was kept elsewhere."),
	.example = "jalon check",
	.run = run,
};
