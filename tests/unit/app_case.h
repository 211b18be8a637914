/* app_case.h - pages asked for as a browser would, without a server: the application over a test's database, somebody of each
 * role signed in, the page's status and body.
 *
 *     struct app_case c;
 *     with_contract(t);                       the real contract of Clermont-Ferrand, or any bundle
 *     app_case_open(&c, t);
 *     app_as(&c, "manager", "plie");          an account of that role, of that organisation (or NULL), signed in
 *     assert_int_equal(app_get(&c, "/contrat?periode=contract-1"), 200);
 *     app_shows(&c, "Mobility");
 *     app_case_close(&c);
 *
 * Pages speak English unless c.language says otherwise. A test that plants a word nobody may see ends with app_hides. */
#pragma once
#include "access_case.h"

#include <sys/stat.h>

#include "access/form_token.h"
#include "demo/demo.h"
#include "exchange/bundle.h"
#include "model/plan.h"
#include "web/app.h"
#include "web/form_data.h"

struct app_case {
	struct db_case *t;
	struct app *app;
	struct arena arena;   /* of the application */
	struct answer out;    /* to the last question */
	int64_t now_ms;       /* the clock that the pages see */
	const char *language; /* "en", "fr" */
	str token;            /* of who is signed in; absent: nobody */
	const char *cookies;  /* that the browser sends besides: "; name=value"; NULL: none */
	struct account account;
};

/* The real contract; nobody is in it yet. */
static inline struct db *
with_contract(struct db_case *t)
{
	struct db *db = case_open(t, DB_CREATE);

	case_imported(t, source_path(t, "data/contract/clermont-ferrand-2022"));
	return db;
}

/* Its first year filled with so many invented people. */
static inline void
with_demonstration(struct db_case *t, int people)
{
	const char *folder = case_folder(t, "demo");
	struct demo_options o = { .seed = 1, .people = people };
	struct demo_report report;
	struct plan plan;
	int64_t keeper, contract;

	ok(keeper_find(t->db, &t->arena, (str){ 0 }, &keeper));
	ok(entity_key_of_ref(t->db, keeper, &entities[ENTITY_contracts], S("cf-ctai-2022"), &contract));
	ok(plan_read(t->db, &t->arena, keeper, contract, &plan));
	ok(demo_write(&t->arena, &plan, folder, &o, &report));
	case_imported(t, folder);
}

static inline void
app_case_open(struct app_case *c, struct db_case *t)
{
	struct app_setting setting = {
		.database = t->where, .data = t->folder, .catalogues = getenv("JALON_CATALOGUES"), .hash_slots = -1
	};

	*c = (struct app_case){ .t = t, .now_ms = case_epoch_ms, .language = "en" };
	c->out.file = -1;
	ok(app_open(&c->arena, &setting, &c->app));
}

static inline void
app_case_close(struct app_case *c)
{
	app_close(c->app);
	buf_release(&c->out.body);
	arena_release(&c->arena);
}

/* The account of a role that app_as makes: coordinator@example.org, manager.plie@example.org... */
static inline struct account
app_account(struct app_case *c, const char *role, const char *of)
{
	struct db_case *t = c->t;
	struct account account;
	int64_t key = NUMBER_NONE;

	if (of != NULL) {
		ok(entity_key_of_ref(t->db, 1, &entities[strcmp(role, "beneficiary") == 0 ? ENTITY_people : ENTITY_organisations],
		    str_of(of), &key));
		if (key <= 0)
			fail_msg("nothing is called %s", of);
	}
	entity_clear(&entities[ENTITY_accounts], &account);
	account.email = str_format(&t->arena, "%s%s%s@example.org", role, of == NULL ? "" : ".", of == NULL ? "" : of);
	account.name = S("Une Personne");
	account.role = str_of(role);
	account.state = S("active");
	if (strcmp(role, "beneficiary") == 0)
		account.person = key;
	else
		account.organisation = key;
	return account;
}

/* Signs in somebody of that role; of: the ref of their organisation, or of the beneficiary's person. */
static inline void
app_as(struct app_case *c, const char *role, const char *of)
{
	static const char password[] = "trois chevaux bleus";
	struct db_case *t = c->t;
	struct account account = app_account(c, role, of);
	struct hashing h = quick_hashing();
	struct email_taken_row row;
	struct db_rows rows;
	int64_t known = 0;

	(void)email_taken(t->db, &rows, account.email);
	while (email_taken_next(&rows, &row))
		known = row.id;
	ok(db_done(&rows));
	if (known == 0) {
		if (account_saved(t, &account, NULL, case_epoch_ms).len > 0)
			fail_msg("an account of %s is refused", role);
		ok(db_begin_write(t->db));
		ok(db_end(
		    t->db, password_set(t->db, 1, account.record.id, hash_make(&h, &t->arena, str_of(password)), case_epoch_ms)));
	} else {
		account.record.id = known;
	}
	c->account = account;
	c->token = try_at(t, str_z(&t->arena, account.email), password, c->now_ms).token;
	assert_true(c->token.len > 0);
}

static inline int
app_ask(struct app_case *c, struct request *in, const char *address)
{
	str query = { 0 }, path = str_cut(str_of(address), '?', &query);

	in->path = path;
	in->query = query;
	in->now_ms = c->now_ms;
	in->host = S("jalon.example");
	in->peer = S("192.0.2.1");
	in->user_agent = S("Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/128.0");
	in->accept_language = str_of(c->language);
	if (c->token.len > 0)
		in->cookie = str_format(&c->t->arena, "jalon=%.*s%s", STR_ARG(c->token), c->cookies == NULL ? "" : c->cookies);
	buf_clear(&c->out.body);
	c->out = (struct answer){ .status = 200, .body = c->out.body, .file = -1 };
	app_answer(c->app, in, &c->out);
	return c->out.status;
}

/* The status; the page stands in c->out.body. */
static inline int
app_get(struct app_case *c, const char *address)
{
	return app_ask(c, &(struct request){ .method = METHOD_GET }, address);
}

/* The fields of a form, "name=value&..." as a browser sends them; the token of the sign-in is added. */
static inline int
app_post(struct app_case *c, const char *address, const char *fields)
{
	struct arena *a = &c->t->arena;
	struct viewer v = { .form_token = form_token_of(a, c->token) };
	struct request in = { .method = METHOD_POST, .content_type = S("application/x-www-form-urlencoded") };
	str masked = form_token_mask(a, &v);

	in.body = str_format(a, "%s%sjeton=%.*s", fields, *fields == '\0' ? "" : "&", STR_ARG(masked));
	return app_ask(c, &in, address);
}

static inline const char *
app_body(struct app_case *c)
{
	return str_z(&c->t->arena, buf_str(&c->out.body));
}

/* Where a 303 sends. */
static inline const char *
app_place(struct app_case *c)
{
	for (size_t i = 0; i < c->out.n; i++) {
		if (str_is(c->out.headers[i].name, "Location"))
			return str_z(&c->t->arena, c->out.headers[i].value);
	}
	return "";
}

static inline bool
app_has(struct app_case *c, const char *text)
{
	return strstr(app_body(c), text) != NULL;
}

static inline void
app_shows_at(struct app_case *c, const char *text, const char *file, int line)
{
	if (app_has(c, text))
		return;
	print_error("status %d, without \"%s\":\n%s\n", c->out.status, text, app_body(c));
	_fail(file, line);
}

static inline void
app_hides_at(struct app_case *c, const char *text, const char *file, int line)
{
	bool found = app_has(c, text);

	for (size_t i = 0; i < c->out.n; i++)
		found |= strstr(str_z(&c->t->arena, c->out.headers[i].value), text) != NULL;
	if (!found)
		return;
	print_error("status %d, with \"%s\":\n%s\n", c->out.status, text, app_body(c));
	_fail(file, line);
}
#define app_shows(c, text) app_shows_at((c), (text), __FILE__, __LINE__)
#define app_hides(c, text) app_hides_at((c), (text), __FILE__, __LINE__)

/* A page that is there for this address. */
#define app_page(c, address)                                                         \
	do {                                                                         \
		int got_ = app_get((c), (address));                                  \
		if (got_ != 200)                                                     \
			fail_msg("%s: status %d\n%s", (address), got_, app_body(c)); \
	} while (0)
#define app_refuses(c, wanted, address)                                                                      \
	do {                                                                                                 \
		int got_ = app_get((c), (address));                                                          \
		if (got_ != (wanted))                                                                        \
			fail_msg("%s: status %d instead of %d\n%s", (address), got_, (wanted), app_body(c)); \
	} while (0)
