#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/moment.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/figures.h"
#include "cli/import.h"
#include "demo/accounts.h"
#include "demo/demo.h"
#include "exchange/bundle.h"
#include "sql.h"

/* --- the folder: made, and taken away again when it is only for passing, also when the user gives up --- */

static const char *scratch[ENTITY_COUNT + 1]; /* files, then the folder; NULL: not made */

static void
clear_scratch(void)
{
	for (size_t i = 0; i < ENTITY_COUNT; i++) {
		if (scratch[i] != NULL)
			unlink(scratch[i]);
	}
	if (scratch[ENTITY_COUNT] != NULL)
		rmdir(scratch[ENTITY_COUNT]);
}

static void
interrupted(int signal_number)
{
	clear_scratch();
	signal(signal_number, SIG_DFL);
	raise(signal_number);
}

static const char *
file_path(struct cli *cli, const char *folder, size_t entity)
{
	return str_format(&cli->arena, "%s/%s.csv", folder, entities[entity].name).s;
}

/* The files that may be written, and the folder when it is ours, are known before the first of them exists. */
static void
set_scratch(struct cli *cli, const char *folder, bool own_folder)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP };

	for (size_t i = ENTITY_people; i < ENTITY_COUNT; i++)
		scratch[i] = file_path(cli, folder, i);
	scratch[ENTITY_COUNT] = own_folder ? folder : NULL;
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
		signal(signals[i], interrupted);
}

static void
forget_scratch(void)
{
	memset(scratch, 0, sizeof scratch);
}

/* $TMPDIR, else beside the database, where there is room for as much. */
static const struct err *
make_temporary(struct cli *cli, const struct db *db, const char **folder)
{
	const char *given = getenv("TMPDIR"), *place = "/tmp", *slash = strrchr(cli->database, '/');
	char *path;

	if (given != NULL && *given != '\0')
		place = given;
	else if (!db_is_postgres(db))
		place = slash == NULL            ? "."
			: slash == cli->database ? "/"
						 : str_format(&cli->arena, "%.*s", (int)(slash - cli->database), cli->database).s;
	path = (char *)(uintptr_t)str_format(&cli->arena, "%s/jalon-demo-XXXXXX", place).s;
	if (mkdtemp(path) == NULL)
		return err_system(
		    &cli->arena, errno, str_format(&cli->arena, tr("No temporary folder can be made in %s."), place).s);
	*folder = path;
	set_scratch(cli, path, true);
	return NULL;
}

/* A folder that the user names may hold other files of a bundle, such as those of the contract. */
static const struct err *
make_output(struct cli *cli, const char *folder)
{
	bool made = mkdir(folder, 0777) == 0;

	if (!made && errno != EEXIST)
		return err_system(&cli->arena, errno, str_format(&cli->arena, tr("The folder %s cannot be made."), folder).s);
	for (size_t i = ENTITY_people; i < ENTITY_COUNT; i++) {
		const char *path = file_path(cli, folder, i);

		if (access(path, F_OK) != 0)
			continue;
		if (!cli_has(cli, "force"))
			return err_format(&cli->arena, ERR_INPUT, tr("Name another folder, or add --force to replace it."),
			    tr("%s is already there."), path);
		if (unlink(path) != 0)
			return err_system(&cli->arena, errno, str_format(&cli->arena, tr("%s cannot be replaced."), path).s);
	}
	set_scratch(cli, folder, made);
	return NULL;
}

/* --- what may be filled --- */

static const struct err *
any_row(const struct err *e, struct db_rows *rows, bool *any)
{
	*any = false;
	if (e != NULL)
		return e;
	*any = db_next(rows);
	return db_done(rows);
}

/* FNV-1a: the same on every machine */
static uint64_t
digest(str s)
{
	uint64_t h = 0xcbf29ce484222325u;

	for (size_t i = 0; i < s.len; i++)
		h = (h ^ (unsigned char)s.s[i]) * 0x100000001b3u;
	return h;
}

/* Alone in its database a contract has plain references; else they begin with its own, shortened when it is long. */
static const struct err *
choose_prefix(struct cli *cli, struct db *db, const struct plan *p, struct demo_options *o)
{
	struct db_rows rows;
	bool others;
	const struct err *e = any_row(demo_other_contract(db, &rows, p->keeper, p->contract.record.id), &rows, &others);

	if (e != NULL || !others)
		return e;
	o->prefix = str_format(&cli->arena, "%.*s-", STR_ARG(p->contract.ref));
	if (o->prefix.len > DEMO_PREFIX_MAX)
		o->prefix = str_format(&cli->arena, "%.20s-%016" PRIx64 "-", p->contract.ref.s, digest(p->contract.ref));
	return NULL;
}

static const struct err *
refuse_filled(struct cli *cli, struct db *db, const struct plan *p, const struct demo_options *o)
{
	const str from = str_format(&cli->arena, "%.*sp0", STR_ARG(o->prefix)),
		  to = str_format(&cli->arena, "%.*sp:", STR_ARG(o->prefix));
	struct db_rows rows;
	bool filled, people;
	const struct err *e = any_row(demo_filled(db, &rows, p->keeper, p->contract.record.id), &rows, &filled);

	if (e == NULL)
		e = any_row(demo_people_between(db, &rows, p->keeper, from, to), &rows, &people);
	if (e != NULL || cli_has(cli, "force"))
		return e;
	if (filled)
		return err_format(&cli->arena, ERR_INPUT,
		    tr("Invented records do not belong among real ones. To add them all the same: --force"),
		    tr("Contract %.*s already has people, sessions or returns."), STR_ARG(p->contract.ref));
	if (people)
		return err_format(&cli->arena, ERR_INPUT,
		    tr("Invented records would replace them. To do so all the same: --force"),
		    tr("There are people whose reference begins with %.*s."), STR_ARG(from));
	return NULL;
}

static int
read_plan(struct cli *cli, struct db *db, struct plan *p, struct demo_options *o)
{
	struct book_contract which;
	const struct err *e = db_begin_read(db);
	int code;

	if (e != NULL)
		return cli_fail(cli, e);
	if ((code = choose_contract(cli, db, &which)) == EXIT_DONE) {
		e = plan_read(db, &cli->arena, which.territory, which.id, p);
		if (e == NULL)
			e = choose_prefix(cli, db, p, o);
		if (e == NULL && !cli_has(cli, "output"))
			e = refuse_filled(cli, db, p, o);
	}
	e = db_end(db, e);
	return e != NULL ? cli_fail(cli, e) : code;
}

/* --- the command --- */

static void
advance(void *to, int64_t done, int64_t total)
{
	struct progress *p = to;

	p->total = total;
	progress_set(p, done);
}

static void
print_records(struct cli *cli, const char *folder, const struct demo_report *report)
{
	static const enum table_align align[] = { TABLE_LEFT, TABLE_RIGHT };
	struct table *t = table_new(&cli->arena, 2, align);
	int64_t all = 0;

	table_cell(t, str_of(tr("file")));
	table_cell(t, str_of(tr("rows")));
	for (size_t i = 0; i < ENTITY_COUNT; i++) {
		if (report->records[i] == 0)
			continue;
		table_cell(t, str_format(&cli->arena, "%s.csv", entities[i].name));
		table_cell(t, str_format(&cli->arena, "%" PRId64, report->records[i]));
		all += report->records[i];
	}
	table_print(t, &cli->out);
	buf_format(&cli->out, tr("Written: %" PRId64 " invented records to %s.\n"), all, folder);
}

/* The import finds the territory by an option: as if the user had named that of the contract. */
static void
name_territory(struct cli *cli, const struct plan *p)
{
	if (!cli_has(cli, "territory") && cli->options < (int)(sizeof cli->option_names / sizeof *cli->option_names)) {
		cli->option_names[cli->options] = "territory";
		cli->option_values[cli->options++] = str_z(&cli->arena, p->place.ref);
	}
}

static int
fill(struct cli *cli, struct db *db, const struct plan *p, const struct demo_options *given)
{
	const char *output = cli_option(cli, "output"), *folder = output;
	struct demo_options o = *given;
	struct progress progress;
	struct demo_report report;
	const struct err *e = output == NULL ? make_temporary(cli, db, &folder) : make_output(cli, output);
	int code = EXIT_DONE;

	if (e != NULL)
		return cli_fail(cli, e);
	progress_start(&progress, cli, tr("Inventing"), o.people);
	o.progress = advance;
	o.progress_to = &progress;
	e = demo_write(&cli->arena, p, folder, &o, &report);
	progress_end(&progress);
	if (e == NULL && output == NULL) {
		name_territory(cli, p);
		code = cli_import(cli, db, folder, "demo", false);
	}
	if (e == NULL && output != NULL)
		forget_scratch(); /* it is the user's now */
	clear_scratch();
	forget_scratch();
	if (e != NULL)
		return cli_fail(cli, e);
	if (output != NULL && !cli->quiet)
		print_records(cli, folder, &report);
	return code;
}

/* --- accounts --- */

static int
print_accounts(struct cli *cli, struct db *db)
{
	static const enum table_align align[] = { TABLE_LEFT, TABLE_LEFT, TABLE_LEFT };
	struct demo_account v[ROLES];
	struct table *t = table_new(&cli->arena, 3, align);
	size_t n;
	const struct err *e = demo_accounts_read(db, &cli->arena, v, &n);

	if (e != NULL)
		return cli_fail(cli, e);
	table_cell(t, str_of(tr("role")));
	table_cell(t, str_of(tr("e-mail")));
	table_cell(t, str_of(tr("password")));
	for (size_t i = 0; i < n; i++) {
		table_cell(t, str_of(tr(role_labels[v[i].role])));
		table_cell(t, v[i].email);
		table_cell(t, v[i].password);
	}
	if (n > 0 && !cli->quiet) {
		buf_add(&cli->out, str_of(tr("Accounts of the demonstration, for the web pages:\n")));
		table_print(t, &cli->out);
	}
	return EXIT_DONE;
}

/* Among real records there are none: asked for alone that is an error, after filling it is not. */
static int
make_accounts(struct cli *cli, struct db *db, int64_t keeper, bool alone)
{
	const struct change change = { keeper, cli_now(&cli->arena), cli_actor(&cli->arena), S("demo") };
	struct hashing h = hashing_of(-1);
	const struct err *e = demo_accounts_make(db, &cli->arena, &h, &change, moment_parse(change.at));

	if (e != NULL && (alone || e->kind != ERR_INPUT))
		return cli_fail(cli, e);
	return e == NULL ? print_accounts(cli, db) : EXIT_DONE;
}

static int
accounts_alone(struct cli *cli)
{
	const char *territory = cli_option(cli, "territory");
	const struct err *e;
	struct db *db;
	int64_t keeper;
	int code = cli_open(cli, DB_WRITE, &db);

	if (code != EXIT_DONE)
		return code;
	e = keeper_find(db, &cli->arena, str_of(territory), &keeper);
	code = e != NULL ? cli_fail(cli, e) : make_accounts(cli, db, keeper, true);
	db_close(db);
	return code;
}

static bool
whole(struct cli *cli, const char *name, int64_t least, int64_t most, int64_t *to)
{
	const char *given = cli_option(cli, name);
	number n = str_number(str_of(given));

	if (given == NULL)
		return true;
	if (!n.ok || n.value < least || n.value > most) {
		(void)cli_usage(cli, tr("--%s: a whole number from %" PRId64 " to %" PRId64 " is expected, not %s"), name, least,
		    most, given);
		return false;
	}
	*to = n.value;
	return true;
}

static int
run(struct cli *cli)
{
	int64_t seed = 1;
	struct demo_options o = { .people = DEMO_PEOPLE, .prefix = S("") };
	struct plan plan;
	struct db *db;
	int code;

	if (!whole(cli, "seed", 0, INT64_C(999999999999999999), &seed) || !whole(cli, "people", 1, DEMO_PEOPLE_MAX, &o.people))
		return EXIT_USAGE;
	o.seed = (uint64_t)seed;
	if (cli_has(cli, "accounts"))
		return accounts_alone(cli);
	if ((code = cli_open(cli, cli_has(cli, "output") ? DB_READ : DB_WRITE, &db)) != EXIT_DONE)
		return code;
	code = read_plan(cli, db, &plan, &o);
	if (code == EXIT_DONE)
		code = fill(cli, db, &plan, &o);
	if (code == EXIT_DONE && !cli_has(cli, "output"))
		code = make_accounts(cli, db, plan.keeper, false);
	db_close(db);
	return code;
}

static const struct option_rule options[] = {
	{ "contract", N_("REF"), N_("the contract that is filled, when the database has several"), NULL },
	{ "territory", N_("REF"), N_("the territory that keeps it, when the database has several"), NULL },
	{ "seed", N_("N"), N_("another number gives other people; the same gives the same (1 when not given)"), NULL },
	{ "people", N_("N"), N_("how many people (600 when not given)"), NULL },
	{ "output", N_("FOLDER"), N_("write the bundle there, and leave the database as it is"), NULL },
	{ "accounts", NULL, N_("only list the accounts of the demonstration, and make them when they are missing"), NULL },
	{ "force", NULL, N_("also among records that are already there; replace files that are already there"), NULL },
	{ NULL, NULL, NULL, NULL },
};

const struct command command_demo = {
	.name = "demo",
	.arguments = "",
	.summary = N_("fill a contract with invented records, to try and to show"),
	.description = N_(
	    "Invents a year in the life of a contract that is in the database: people and their statuses, enrolments, "
	    "sessions and attendances, training of actors, acts, pairs, expenses, returns, the restricted cohort, meetings. Everything "
	    "follows from what the contract says, and is imported like any other bundle.\n\n"
	    "Nobody in it exists: family names end in -Fictif, telephone numbers are of the ranges kept for fiction, addresses are at "
	    "example.org. It refuses a contract that already has people, sessions or returns.\n\n"
	    "It also makes an account for each role, with a password made for this database, and lists them; never in a database that "
	    "holds anybody whom it has not invented."),
	.options = options,
	.example = "jalon demo --seed 7",
	.run = run,
};
