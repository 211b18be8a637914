/* access_case.h - a territory with an operator, a person and accounts, and somebody at the door */
#pragma once
#include "bundle_case.h"

#include "access/account.h"
#include "access/code.h"
#include "access/login.h"
#include "sql.h"

static const int64_t minute_ms = 60 * 1000, hour_ms = 60 * 60 * 1000;

/* As slow as the product's hash in nothing but its name: tests make hundreds. */
static inline struct hashing
quick_hashing(void)
{
	return (struct hashing){ .slots = -1, .memory = 8192, .turns = 1 };
}

static inline struct visitor
visitor_at(int64_t now_ms)
{
	return (struct visitor){ S("192.0.2.1"), S("Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/128.0"), now_ms };
}

static inline struct db *
with_city(struct db_case *t)
{
	struct db *db = case_open(t, DB_CREATE);

	case_imported(t, case_bundle(t, "city",
			     (const char *[]){ "territories.csv", "ref,name,kind\nville,Ville,commune\n", "organisations.csv",
				 "ref,name,category\nop,Operateur,charity\nautre,Autre,charity\n", "people.csv",
				 "ref,family_name\np1,Noori\n", NULL }));
	return db;
}

static inline int64_t
id_of(struct db_case *t, enum entity_number kind, const char *ref)
{
	int64_t id;

	ok(entity_key_of_ref(t->db, 1, &entities[kind], str_of(ref), &id));
	assert_true(id > 0);
	return id;
}

static inline struct account
account_of(struct db_case *t, const char *email, const char *role)
{
	struct account account;

	entity_clear(&entities[ENTITY_accounts], &account);
	account.email = str_of(email);
	account.name = S("Une Personne");
	account.role = str_of(role);
	account.state = S("active");
	if (strcmp(role, "manager") == 0 || strcmp(role, "worker") == 0 || strcmp(role, "partner") == 0)
		account.organisation = id_of(t, ENTITY_organisations, "op");
	if (strcmp(role, "beneficiary") == 0)
		account.person = id_of(t, ENTITY_people, "p1");
	return account;
}

/* Saved; the problems, a line each. */
static inline str
account_saved(struct db_case *t, struct account *account, const struct account *old, int64_t now_ms)
{
	struct problems got;
	struct save s;
	struct buf b = { 0 };
	bool written;
	str out;

	problems_init(&got, &t->arena);
	ok(db_begin_write(t->db));
	ok(save_open(&s, t->db,
	    &(struct change){ .territory = 1, .at = S("2025-06-15T12:00:00.000Z"), .actor = S("tester"), .cause = S("test") },
	    now_ms));
	ok(account_save(&s, &t->arena, account, old, &got.sink, &written));
	save_close(&s);
	ok(db_end(t->db, NULL));
	assert_int_equal(written, got.sink.faults == 0);
	for (size_t i = 0; i < got.n; i++)
		buf_format(&b, "%.*s: %.*s\n", STR_ARG(got.v[i].column), STR_ARG(got.v[i].expected));
	out = str_dup(&t->arena, buf_str(&b));
	buf_release(&b);
	return out;
}

/* With the password given, or none when NULL. */
static inline struct account
with_account(struct db_case *t, const char *email, const char *role, const char *password)
{
	struct hashing h = quick_hashing();
	struct account account = account_of(t, email, role);

	if (account_saved(t, &account, NULL, case_epoch_ms).len > 0)
		fail_msg("%s is refused", email);
	if (password != NULL) {
		ok(db_begin_write(t->db));
		ok(db_end(
		    t->db, password_set(t->db, 1, account.record.id, hash_make(&h, &t->arena, str_of(password)), case_epoch_ms)));
	}
	return account;
}

static inline struct login_answer
try_at(struct db_case *t, const char *email, const char *password, int64_t now_ms)
{
	struct hashing h = quick_hashing();
	struct visitor v = visitor_at(now_ms);
	struct login_answer answer;

	ok(login_try(t->db, &t->arena, &h, &v, str_of(email), str_of(password), &answer));
	return answer;
}

/* Signed in, and found. */
static inline struct viewer
viewer_of(struct db_case *t, str token, int64_t now_ms)
{
	struct viewer v;
	bool found;

	ok(login_find(t->db, &t->arena, token, now_ms, &v, &found));
	assert_true(found);
	return v;
}

static inline bool
lives(struct db_case *t, str token, int64_t now_ms)
{
	struct viewer v;
	bool found;

	ok(login_find(t->db, &t->arena, token, now_ms, &v, &found));
	return found;
}

static inline struct viewer
signed_in(struct db_case *t, const char *email, const char *password, int64_t now_ms, str *token)
{
	struct login_answer answer = try_at(t, email, password, now_ms);

	assert_int_equal(answer.outcome, LOGIN_DONE);
	*token = answer.token;
	return viewer_of(t, answer.token, now_ms);
}

/* How many rows: "logins where step = 2". */
static inline int64_t
rows_of(struct db_case *t, const char *where)
{
	struct sql *sql = arena_alloc(&t->arena, sizeof *sql);

	*sql = (struct sql){ str_format(&t->arena, "rows %p", (void *)sql).s,
		str_format(&t->arena, "select count(*) from %s", where).s, NULL };
	return case_int(t->db, sql);
}

/* Behind the program's back. */
static inline void
behind(struct db_case *t, const char *text)
{
	struct sql *sql = arena_alloc(&t->arena, sizeof *sql);

	*sql = (struct sql){ str_format(&t->arena, "behind %p", (void *)sql).s, text, NULL };
	case_write(t->db, sql, NULL, 0);
}
