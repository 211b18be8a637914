#include "upkeep/check.h"

#include <inttypes.h>

#include "access/verify.h"
#include "base/text.h"
#include "db/journal.h"
#include "demo/accounts.h"
#include "model/person_keys.h"
#include "model/verify.h"

struct checking {
	struct db *db;
	struct arena *arena;
	const struct check *ask;
	struct check_report *report;
	int64_t found; /* in the part at hand */
};

static void
found(struct checking *c, str line)
{
	c->found++;
	c->ask->found(c->ask->to, line);
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

	found(c, str_format(c->arena, tr("territory %" PRId64 ", row %" PRId64 ": %s"), territory, seq, what));
}

static void
record_broken(void *to, const char *entity, int64_t record, int64_t part, const char *what)
{
	struct checking *c = to;

	if (record == 0)
		found(c, str_format(c->arena, "%s: %s", entity, what));
	else if (part == 0)
		found(c, str_format(c->arena, "%s %" PRId64 ": %s", entity, record, what));
	else
		found(c, str_format(c->arena, "%s %" PRId64 " %" PRId64 ": %s", entity, record, part, what));
}

/* A part that could not be read to its end for damage is a finding too. */
static const struct err *
conclude(struct checking *c, const struct err *e, str words)
{
	if (e != NULL && e->kind == ERR_DAMAGED) {
		found(c, str_format(c->arena, "%s %s", e->what, e->detail == NULL ? "" : e->detail));
		e = NULL;
	}
	if (e == NULL)
		c->ask->part(c->ask->to, words, c->found);
	c->report->found += c->found;
	c->report->parts++;
	c->found = 0;
	return e;
}

static const struct err *
check_engine(struct checking *c)
{
	return conclude(c, db_integrity(c->db, integrity_line, c),
	    str_of(tr("the files of the database, and every link between two records")));
}

static const struct err *
check_journal(struct checking *c)
{
	struct journal_report r = { 0 };
	const struct err *e = journal_verify(c->db, journal_broken, c, &r);
	const char *format = tr("the chain of the journal (rows: %" PRId64 ", territories: %" PRId64 ")");

	return conclude(c, e, str_format(c->arena, format, r.rows, r.territories));
}

static const struct err *
check_records(struct checking *c)
{
	struct verify_report r = { 0 };
	const struct err *e = verify_records(c->db, record_broken, c, &r);
	const char *format = tr("every record against the journal (records: %" PRId64 ", earlier versions: %" PRId64 ")");

	return conclude(c, e, str_format(c->arena, format, r.records, r.versions));
}

static const struct err *
check_keys(struct checking *c)
{
	int64_t n = 0;
	bool right = true;
	const struct err *e;

	if (c->report->found > 0) /* what follows from a wrong record is wrong too */
		return NULL;
	e = person_keys_verify(c->db, &right, &n);
	if (e == NULL && !right)
		found(c, str_of(tr("they are not those of the people: “jalon check --repair” makes them again")));
	return conclude(c, e, str_format(c->arena, tr("what people are found by (keys: %" PRId64 ")"), n));
}

static void
account_broken(void *to, int64_t account, const char *what)
{
	struct checking *c = to;

	found(c, str_format(c->arena, "accounts %" PRId64 ": %s", account, what));
}

static const struct err *
check_accounts(struct checking *c)
{
	int64_t accounts = 0;
	bool exposed = false;
	const struct err *e = access_verify(c->db, c->arena, account_broken, c, &accounts);

	if (e == NULL)
		e = demo_accounts_exposed(c->db, c->arena, &exposed);
	if (exposed) {
		c->report->to_settle++;
		c->ask->settle(c->ask->to,
		    str_of(tr("accounts of a demonstration, whose passwords are known, stand among real records: end them")));
	}
	return conclude(c, e, str_format(c->arena, tr("accounts and their secrets (accounts: %" PRId64 ")"), accounts));
}

/* Whether the next part may begin. */
static bool
goes_on(struct checking *c, int done)
{
	if (!c->report->left && c->ask->go_on != NULL && !c->ask->go_on(c->ask->to, done))
		c->report->left = true;
	return !c->report->left;
}

const struct err *
check_run(struct db *db, struct arena *a, const struct check *ask, struct check_report *report)
{
	static const struct err *(*const parts[])(
	    struct checking * c) = { check_journal, check_records, check_keys, check_accounts };
	struct checking c = { .db = db, .arena = a, .ask = ask, .report = report };
	const struct err *e = NULL;

	*report = (struct check_report){ 0 };
	if (goes_on(&c, 0))
		e = check_engine(&c);
	if (e != NULL || report->left || (e = db_begin_read(db)) != NULL)
		return e;
	for (size_t i = 0; e == NULL && i < sizeof parts / sizeof *parts && goes_on(&c, (int)i + 1); i++)
		e = parts[i](&c);
	if ((e = db_end(db, e)) != NULL && e->kind == ERR_DAMAGED && report->found > 0)
		e = NULL; /* told already */
	return e;
}
