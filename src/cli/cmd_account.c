#include <string.h>

#include "access/factor.h"
#include "access/invitation.h"
#include "access/trail.h"
#include "base/csvout.h"
#include "base/moment.h"
#include "base/shown.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/frame.h"
#include "exchange/bundle.h"

/* --- what the five actions share --- */

static struct change
change_of(struct cli *cli, int64_t territory, const char *cause)
{
	return (struct change){ territory, cli_now(&cli->arena), cli_actor(&cli->arena), str_of(cause) };
}

static int64_t
now_of(struct cli *cli)
{
	return moment_parse(cli_now(&cli->arena));
}

struct faults {
	struct problem_sink sink; /* first */
	struct cli *cli;
};

/* A fault of the command line: the option that it is about, and what is expected there. */
static void
option_fault(struct problem_sink *sink, const struct problem *p)
{
	struct faults *f = (struct faults *)sink;

	(void)cli_fail(f->cli,
	    err_format(&f->cli->arena, ERR_INPUT, NULL, tr("%.*s: expected %.*s"), STR_ARG(p->column), STR_ARG(p->expected)));
}

static int
holder_named(struct cli *cli, struct db *db, struct holder *holder)
{
	const struct err *e =
	    holder_by_email(db, &cli->arena, email_folded(&cli->arena, str_of(cli->arguments[1])), now_of(cli), holder);

	if (e == NULL && holder->account == 0)
		e = err_new(&cli->arena, ERR_NOTFOUND, tr("No account has this e-mail."), NULL,
		    tr("jalon account list shows those there are."));
	return e == NULL ? EXIT_DONE : cli_fail(cli, e);
}

/* A code for paper, and what to hand over with it. */
static int
invite(struct cli *cli, struct db *db, const struct holder *holder, enum invitation_kind kind)
{
	const char *place = cli_option(cli, "address");
	struct hashing h = hashing_of(-1);
	struct change change = change_of(cli, holder->territory, kind == INVITATION_NEW ? "invitation" : "reset");
	struct invitation i;
	const struct err *e = invitation_make(db, &cli->arena, &h, &change, holder->account, kind, now_of(cli), &i);

	if (e != NULL)
		return cli_fail(cli, e);
	if (cli->quiet)
		buf_format(&cli->out, "%.*s\n", STR_ARG(i.code));
	else
		buf_add(&cli->out,
		    invitation_letter(&cli->arena, holder, &i, kind, str_of(place == NULL ? tr("the address of Jalon") : place)));
	return EXIT_DONE;
}

/* --- add --- */

static const struct err *
fill(struct cli *cli, struct db *db, int64_t territory, struct account *account)
{
	const char *organisation = cli_option(cli, "organisation"), *name = cli_option(cli, "name");
	const struct err *e = NULL;
	int64_t id = 0;

	entity_clear(&entities[ENTITY_accounts], account);
	account->email = str_of(cli->arguments[1]);
	account->name = name == NULL ? account->email : str_of(name);
	account->role = str_of(cli_option(cli, "role"));
	account->language = str_of(cli_option(cli, "language"));
	account->state = S("active");
	if (organisation == NULL)
		return NULL;
	e = entity_key_of_ref(db, territory, &entities[ENTITY_organisations], str_of(organisation), &id);
	if (e == NULL && id == 0)
		e = err_format(&cli->arena, ERR_NOTFOUND, NULL, tr("no organisation has the ref %s"), organisation);
	account->organisation = id;
	return e;
}

static const struct err *
save(struct cli *cli, struct db *db, int64_t territory, struct account *account, const struct account *old, bool *written)
{
	struct faults faults = { .sink.add = option_fault, .cli = cli };
	struct change change = change_of(cli, territory, "account");
	struct save s;
	const struct err *e = db_begin_write(db);

	if (e != NULL)
		return e;
	if ((e = save_open(&s, db, &change, now_of(cli))) == NULL)
		e = account_save(&s, &cli->arena, account, old, &faults.sink, written);
	save_close(&s);
	return db_end(db, e);
}

static int
add(struct cli *cli, struct db *db)
{
	const char *territory = cli_option(cli, "territory");
	struct account account;
	struct holder holder;
	int64_t keeper = 0;
	bool written = false;
	const struct err *e = keeper_find(db, &cli->arena, str_of(territory), &keeper);
	int code;

	if (e == NULL)
		e = fill(cli, db, keeper, &account);
	if (e == NULL && !cli_day(cli, "expires", &account.expires_on))
		return EXIT_USAGE;
	if (e == NULL)
		e = save(cli, db, keeper, &account, NULL, &written);
	if (e != NULL)
		return cli_fail(cli, e);
	if (!written)
		return EXIT_REFUSED;
	code = holder_named(cli, db, &holder);
	return code == EXIT_DONE ? invite(cli, db, &holder, INVITATION_NEW) : code;
}

/* --- list --- */

static const char *
condition(const struct account_line *l, int64_t now_ms)
{
	if (l->ended)
		return tr("ended");
	if (l->expires_on != DAY_NONE && l->expires_on < moment_day(now_ms))
		return tr("expired");
	if (l->password)
		return l->factor ? tr("active, with a second factor") : tr("active");
	return l->invited_until_ms > now_ms ? tr("invited") : tr("no password yet");
}

static void
print_accounts(struct cli *cli, const struct account_line *list, size_t n, int64_t now_ms)
{
	static const enum table_align align[] = { TABLE_LEFT, TABLE_LEFT, TABLE_LEFT, TABLE_LEFT, TABLE_LEFT };
	const char *const heads[] = { tr("e-mail"), tr("name"), tr("role"), tr("organisation"), tr("state") };
	bool csv = cli_has(cli, "format") && strcmp(cli_option(cli, "format"), "csv") == 0;
	struct table *t = table_new(&cli->arena, 5, align);

	for (size_t i = 0; i <= n; i++) {
		const struct account_line *l = i == 0 ? NULL : &list[i - 1];
		const str cells[] = { l == NULL ? S("email") : l->email, l == NULL ? S("name") : l->name,
			l == NULL ? S("role") : str_of(csv ? role_names[l->role] : tr(role_labels[l->role])),
			l == NULL ? S("organisation") : l->organisation_name,
			l == NULL ? S("state") : str_of(condition(l, now_ms)) };

		for (size_t k = 0; k < sizeof cells / sizeof *cells; k++) {
			if (csv)
				csv_cell(&cli->out, cells[k], k == 0);
			else
				table_cell(t, l == NULL ? str_of(heads[k]) : printable(&cli->arena, cells[k]));
		}
		if (csv)
			buf_char(&cli->out, '\n');
	}
	if (!csv)
		table_print(t, &cli->out);
}

static int
list(struct cli *cli, struct db *db)
{
	/* Whoever reads the database from the command line reads what an administrator does. */
	struct viewer v = { .account = -1, .role = ROLE_administrator };
	struct account_line *lines;
	size_t n;
	const struct err *e = keeper_find(db, &cli->arena, str_of(cli_option(cli, "territory")), &v.territory);

	if (e == NULL)
		e = accounts_list(db, &cli->arena, &v, &lines, &n);
	if (e != NULL)
		return cli_fail(cli, e);
	print_accounts(cli, lines, n, now_of(cli));
	return EXIT_DONE;
}

/* --- invite, reset, end --- */

static int
invite_again(struct cli *cli, struct db *db)
{
	struct holder holder;
	int code = holder_named(cli, db, &holder);

	return code == EXIT_DONE ? invite(cli, db, &holder, INVITATION_NEW) : code;
}

static int
reset(struct cli *cli, struct db *db)
{
	struct holder holder;
	int code = holder_named(cli, db, &holder);
	struct change change = change_of(cli, holder.territory, "reset");
	const struct err *e = NULL;

	if (code == EXIT_DONE && cli_has(cli, "second-factor"))
		e = factor_remove(db, &change, holder.account, 0);
	if (e != NULL)
		return cli_fail(cli, e);
	return code == EXIT_DONE ? invite(cli, db, &holder, INVITATION_RESET) : code;
}

static int
end(struct cli *cli, struct db *db)
{
	struct account old, account;
	struct holder holder;
	bool found = false, written = false;
	const struct err *e;
	int code = holder_named(cli, db, &holder);

	if (code != EXIT_DONE)
		return code;
	e = entity_by_id(db, holder.territory, &entities[ENTITY_accounts], holder.account, &cli->arena, &old, &found);
	account = old;
	account.state = S("ended");
	if (e == NULL && found)
		e = save(cli, db, holder.territory, &account, &old, &written);
	if (e != NULL)
		return cli_fail(cli, e);
	if (written && !cli->quiet)
		buf_add(&cli->out, str_of(tr("The account has ended, and all its sign-ins with it.\n")));
	return written ? EXIT_DONE : EXIT_REFUSED;
}

/* --- the command --- */

static const struct errand {
	const char *name;
	int arguments; /* after the name: the e-mail */
	enum db_mode mode;
	int (*act)(struct cli *cli, struct db *db);
} errands[] = {
	{ "add", 1, DB_WRITE, add },
	{ "list", 0, DB_READ, list },
	{ "invite", 1, DB_WRITE, invite_again },
	{ "reset", 1, DB_WRITE, reset },
	{ "end", 1, DB_WRITE, end },
};

static int
run(struct cli *cli)
{
	const struct errand *errand = NULL;
	struct db *db;
	int code;

	for (size_t i = 0; i < sizeof errands / sizeof *errands; i++) {
		if (strcmp(errands[i].name, cli->arguments[0]) == 0)
			errand = &errands[i];
	}
	if (errand == NULL)
		return cli_usage(cli, tr("account %s: add, list, invite, reset or end is expected"), cli->arguments[0]);
	if (cli->n - 1 != errand->arguments)
		return cli_usage(cli,
		    errand->arguments == 0 ? tr("account %s takes no e-mail") : tr("account %s needs an e-mail"), errand->name);
	if (errand->act == add && !cli_has(cli, "role"))
		return cli_usage(cli, tr("--role is needed: what the account is for"));
	if ((code = cli_open(cli, errand->mode, &db)) != EXIT_DONE)
		return code;
	code = errand->act(cli, db);
	db_close(db);
	return code;
}

/* A beneficiary's account is opened from their file. */
static const struct option_rule options[] = {
	{ "role", N_("ROLE"), N_("add: what the account is for"),
	    "coordinator finance manager worker partner state researcher observer administrator" },
	{ "name", N_("NAME"), N_("add: the holder's name"), NULL },
	{ "organisation", N_("REF"), N_("add: the organisation they work for; managers, workers and partners need one"), NULL },
	{ "language", N_("CODE"), N_("add: the language of their pages"), "fr en" },
	{ "expires", N_("DATE"), N_("add: the last day on which they may sign in"), NULL },
	{ "territory", N_("REF"), N_("add, list: the territory that keeps it, when the database has several"), NULL },
	{ "address", N_("URL"), N_("the address of the sign-in page, for the letter"), NULL },
	{ "second-factor", NULL, N_("reset: also take the second factor away, when the telephone is lost"), NULL },
	{ "format", N_("FORMAT"), N_("list: how it is written (table when not given)"), "table csv" },
	{ NULL, NULL, NULL, NULL },
};

const struct command command_account = {
	.name = "account",
	.arguments = N_("add|list|invite|reset|end [EMAIL]"),
	.least = 1,
	.most = 2,
	.summary = N_("open, list and end the accounts that sign in on the web pages"),
	.description = N_(
	    "add opens an account and prints a letter with a code that works once, for 14 days: with it the holder chooses a "
	    "password that nobody else knows. The first administrator of a database is made here. invite prints another code; the "
	    "one before it is void.\n"
	    "\n"
	    "reset does the same for somebody who has lost the password, once you know that it is them: the present password works "
	    "until the code is used, then all their sign-ins end.\n"
	    "\n"
	    "list shows who may sign in; beneficiaries stand in it without their name. end closes an account: whoever is signed in "
	    "with it is signed out, and what was done with it stays in the journal."),
	.options = options,
	.example = "jalon account add dsi@example.org --role administrator",
	.run = run,
};
