/* accounts.c - for tests: accounts with a password, contacts and whatever else no bundle brings, put straight into a database.
 *     accounts DATABASE <lines
 * A line is a record: its table, the ref of its territory, then field=value, between tabs; a link is a ref. password=... sets one. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "access/account.h"
#include "access/password.h"
#include "base/err.h"
#include "base/moment.h"
#include "base/text.h"
#include "exchange/bundle.h"

struct maker {
	struct arena arena;
	struct db *db;
	struct hashing hashing;
	str password, hash; /* of the line before: one hash serves all who have the same */
	int64_t now_ms;
};

static _Noreturn void
stop(const char *what, str more)
{
	fprintf(stderr, "accounts: %s: %.*s\n", what, STR_ARG(more));
	exit(1);
}

static void
must(const struct err *e)
{
	if (e != NULL)
		stop("refused", str_of(e->what));
}

static void
told(struct problem_sink *sink, const struct problem *p)
{
	(void)sink;
	stop("fault", p->expected);
}

static void
set(struct maker *m, int64_t territory, const struct entity *e, void *record, str name, str value)
{
	const struct field *f = entity_field(e, str_z(&m->arena, name));
	const char *wrong = NULL;
	int64_t key = 0;

	if (f == NULL)
		stop("no such field", name);
	if (f->kind == KIND_LINK) {
		must(entity_key_of_ref(m->db, territory, entity_named(str_of(f->to)), value, &key));
		if (key == 0)
			stop("no such record", value);
		*(int64_t *)field_at(f, record) = key;
		return;
	}
	if ((wrong = field_read(f, value, record, &m->arena)) != NULL)
		stop(wrong, value);
}

static void
save_line(struct maker *m, int64_t territory, const struct entity *e, void *record)
{
	struct problem_sink sink = { .add = told };
	struct change change = { territory, moment_text(&m->arena, m->now_ms), S("test"), S("test") };
	struct save s;
	bool written = true;

	must(db_begin_write(m->db));
	must(save_open(&s, m->db, &change, m->now_ms));
	if (e == &entities[ENTITY_accounts]) {
		struct account *a = record;

		must(account_save(&s, &m->arena, a, NULL, &sink, &written));
		if (m->password.len > 0)
			must(password_put(m->db, &s.journal, a->record.id, m->hash, 0, m->now_ms));
	} else {
		entity_check(e, record, 0, 0, &sink, (str){ 0 }, 0);
		must(entity_save(&s, e, record, NULL));
	}
	save_close(&s);
	must(db_end(m->db, NULL));
}

static void
take(struct maker *m, char *line)
{
	char *more = line, *table = strsep(&more, "\t"), *city = strsep(&more, "\t"), *cell;
	const struct entity *e = entity_named(str_of(table));
	int64_t territory = 0;
	void *record;

	if (e == NULL || city == NULL)
		stop("no such table", str_of(table));
	must(keeper_find(m->db, &m->arena, str_of(city), &territory));
	record = arena_alloc(&m->arena, e->size);
	entity_clear(e, record);
	while ((cell = strsep(&more, "\t")) != NULL) {
		char *value = cell, *name = strsep(&value, "=");

		if (value == NULL)
			stop("not name=value", str_of(name));
		if (strcmp(name, "password") != 0) {
			set(m, territory, e, record, str_of(name), str_dup(&m->arena, str_of(value)));
		} else if (!str_is(m->password, value)) {
			m->password = str_dup(&m->arena, str_of(value));
			m->hash = hash_make(&m->hashing, &m->arena, m->password);
		}
	}
	save_line(m, territory, e, record);
}

int
main(int argc, char **argv)
{
	struct maker m = { .hashing = hashing_of(-1), .now_ms = (int64_t)time(NULL) * 1000 };
	char *line = NULL;
	size_t room = 0;
	ssize_t n;

	if (argc != 2)
		stop("usage", S("accounts DATABASE"));
	text_start("en", "");
	must(db_open(&m.arena, argv[1], DB_WRITE, &m.db));
	while ((n = getline(&line, &room, stdin)) > 0) {
		line[n - 1] = '\0';
		take(&m, line);
	}
	free(line);
	db_close(m.db);
	arena_release(&m.arena);
	return 0;
}
