#include "demo/accounts.h"

#include "access/account.h"
#include "access/code.h"
#include "access/password.h"
#include "base/text.h"
#include "sql.h"

static const struct {
	const char *login, *name;
} holders[ROLES] = {
	[ROLE_coordinator] = { "coordination@demo.example", "Camille Coordination-Fictif" },
	[ROLE_finance] = { "finances@demo.example", "Dominique Finances-Fictif" },
	[ROLE_manager] = { "responsable@demo.example", "Maxime Responsable-Fictif" },
	[ROLE_worker] = { "intervenante@demo.example", "Camille Intervenante-Fictif" },
	[ROLE_partner] = { "partenaire@demo.example", "Sacha Partenaire-Fictif" },
	[ROLE_state] = { "etat@demo.example", "Alix Etat-Fictif" },
	[ROLE_researcher] = { "recherche@demo.example", "Andrea Recherche-Fictif" },
	[ROLE_beneficiary] = { "beneficiaire@demo.example", "Personne Accompagnee-Fictif" },
	[ROLE_observer] = { "region@demo.example", "Morgan Region-Fictif" },
	[ROLE_administrator] = { "informatique@demo.example", "Lou Informatique-Fictif" },
};

static str
fact_name(struct arena *a, enum role role)
{
	return str_format(a, "demonstration %s", holders[role].login);
}

static const struct err *
fact_value(struct db *db, struct arena *a, str name, str *value)
{
	struct fact_row row;
	struct db_rows rows;

	*value = (str){ 0 };
	(void)fact(db, &rows, name);
	while (fact_next(&rows, &row))
		*value = str_dup(a, row.value);
	return db_done(&rows);
}

static const struct err *
any_foreign(struct db *db, bool *any)
{
	struct demo_foreign_row row;
	struct db_rows rows;

	*any = false;
	(void)demo_foreign(db, &rows);
	while (demo_foreign_next(&rows, &row))
		*any = true;
	return db_done(&rows);
}

/* ---- making them ---- */

/* Whom the roles that need one are bound to; 0: none. */
struct bound {
	int64_t carrier, partner, person; /* carrier: the operator */
};

static const struct err *
read_bound(struct db *db, int64_t territory, struct bound *b)
{
	struct demo_operator_row carrier;
	struct demo_partner_row partner;
	struct demo_person_row person;
	struct db_rows rows;
	const struct err *e;

	*b = (struct bound){ 0 };
	(void)demo_operator(db, &rows, territory);
	while (demo_operator_next(&rows, &carrier))
		b->carrier = carrier.id;
	if ((e = db_done(&rows)) != NULL)
		return e;
	(void)demo_partner(db, &rows, territory);
	while (demo_partner_next(&rows, &partner))
		b->partner = partner.id;
	if ((e = db_done(&rows)) != NULL)
		return e;
	(void)demo_person(db, &rows, territory);
	while (demo_person_next(&rows, &person))
		b->person = person.id;
	return db_done(&rows);
}

static struct account
account_for(enum role role, const struct bound *b)
{
	struct account account;

	entity_clear(&entities[ENTITY_accounts], &account);
	account.email = str_of(holders[role].login);
	account.name = str_of(holders[role].name);
	account.role = str_of(role_names[role]);
	account.language = S("fr");
	account.state = S("active");
	if (role == ROLE_manager || role == ROLE_worker)
		account.organisation = b->carrier;
	if (role == ROLE_partner)
		account.organisation = b->partner;
	if (role == ROLE_beneficiary)
		account.person = b->person;
	return account;
}

/* A role that the contract has nobody for is left out: no operator, no partner. */
static bool
possible(enum role role, const struct bound *b)
{
	if (role == ROLE_manager || role == ROLE_worker)
		return b->carrier != 0;
	return role == ROLE_partner ? b->partner != 0 : role != ROLE_beneficiary || b->person != 0;
}

static const struct err *
make_one(struct save *s, struct arena *a, struct account *account, str password, str hash, int64_t now_ms)
{
	struct problems faults;
	const struct err *e;
	bool written;

	problems_init(&faults, a);
	if ((e = account_save(s, a, account, NULL, &faults.sink, &written)) != NULL)
		return e;
	if (!written)
		return err_new(
		    a, ERR_INPUT, tr("An account of the demonstration could not be made."), str_z(a, faults.v[0].expected), NULL);
	if ((e = password_put(s->db, &s->journal, account->record.id, hash, 0, now_ms)) == NULL)
		e = fact_add(s->db, fact_name(a, (enum role)role_named(account->role)), password);
	return e;
}

static const struct err *
refuse_real(struct db *db, struct arena *a, const struct bound *b)
{
	bool foreign;
	const struct err *e = any_foreign(db, &foreign);

	if (e == NULL && foreign)
		e = err_new(a, ERR_INPUT,
		    tr("This database holds records that no demonstration has made: it gets no accounts with known passwords."),
		    NULL, tr("Make another database for the demonstration."));
	if (e == NULL && b->person == 0)
		e = err_new(
		    a, ERR_INPUT, tr("This database holds no demonstration."), NULL, tr("Fill a contract first: jalon demo"));
	return e;
}

/* Hashes are slow, and made before the transaction. */
static void
make_secrets(struct arena *a, struct hashing *h, str password[ROLES], str hash[ROLES])
{
	for (int role = 0; role < ROLES; role++) {
		struct code code = code_new();

		password[role] = code_shown(a, &code);
		hash[role] = hash_make(h, a, password[role]);
	}
}

static const struct err *
keep_day(struct db *db, int64_t territory)
{
	struct demo_last_session_row row;
	struct db_rows rows;
	char text[DAY_TEXT] = "";
	const struct err *e;

	(void)demo_last_session(db, &rows, territory);
	while (demo_last_session_next(&rows, &row)) {
		if (row.last != DAY_NONE)
			(void)day_text(row.last, text);
	}
	e = db_done(&rows);
	return e == NULL && *text != '\0' ? fact_add(db, S("demonstration day"), str_of(text)) : e;
}

static const struct err *
make_all(struct db *db, struct arena *a, const struct change *change, const struct bound *b, const str *password, const str *hash,
    int64_t now_ms)
{
	struct save s;
	const struct err *e = refuse_real(db, a, b);

	if (e != NULL)
		return e;
	e = save_open(&s, db, change, now_ms);
	for (int role = 0; e == NULL && role < ROLES; role++) {
		struct account account = account_for((enum role)role, b);

		if (possible((enum role)role, b))
			e = make_one(&s, a, &account, password[role], hash[role], now_ms);
	}
	if (e == NULL)
		e = fact_add(db, S("demonstration"), S("yes"));
	if (e == NULL)
		e = keep_day(db, change->territory);
	save_close(&s);
	return e;
}

const struct err *
demo_accounts_make(struct db *db, struct arena *a, struct hashing *h, const struct change *change, int64_t now_ms)
{
	str password[ROLES], hash[ROLES], made;
	struct bound bound;
	const struct err *e = fact_value(db, a, S("demonstration"), &made);

	if (e != NULL || made.len > 0)
		return e;
	if ((e = read_bound(db, change->territory, &bound)) != NULL || (e = refuse_real(db, a, &bound)) != NULL)
		return e;
	make_secrets(a, h, password, hash);
	if ((e = db_begin_write(db)) != NULL)
		return e;
	return db_end(db, make_all(db, a, change, &bound, password, hash, now_ms));
}

/* ---- showing them ---- */

const struct err *
demo_accounts_read(struct db *db, struct arena *a, struct demo_account v[ROLES], size_t *n)
{
	bool foreign;
	str yes;
	const struct err *e = fact_value(db, a, S("demonstration"), &yes);

	*n = 0;
	if (e != NULL || !str_is(yes, "yes") || (e = any_foreign(db, &foreign)) != NULL || foreign)
		return e;
	for (int role = 0; e == NULL && role < ROLES; role++) {
		struct demo_account account = { .role = (enum role)role, .email = str_of(holders[role].login) };

		e = fact_value(db, a, fact_name(a, (enum role)role), &account.password);
		if (account.password.len > 0)
			v[(*n)++] = account;
	}
	return e;
}

const struct err *
demo_day(struct db *db, struct arena *a, day *out)
{
	bool foreign = false;
	str text;
	const struct err *e = fact_value(db, a, S("demonstration day"), &text);

	*out = DAY_NONE;
	if (e != NULL || text.len == 0 || (e = any_foreign(db, &foreign)) != NULL)
		return e;
	*out = foreign ? DAY_NONE : day_parse(text);
	return NULL;
}

const struct err *
demo_accounts_exposed(struct db *db, struct arena *a, bool *exposed)
{
	str yes;
	const struct err *e = fact_value(db, a, S("demonstration"), &yes);
	bool foreign = false;

	*exposed = false;
	if (e != NULL || yes.len == 0 || (e = any_foreign(db, &foreign)) != NULL || !foreign)
		return e;
	for (int role = 0; e == NULL && role < ROLES; role++) {
		struct holder holder;

		e = holder_by_email(db, a, str_of(holders[role].login), 0, &holder);
		*exposed |= holder.active && holder.hash.len > 0;
	}
	return e;
}
