#include "db/migrate.h"

#include <ctype.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "db/engine.h"

static const struct sql has_table = { "schema_table",
	"select count(*) from sqlite_schema where type = 'table' and name = 'schema_migrations'",
	"select count(*) from pg_class where relname = 'schema_migrations' and relkind = 'r'"
	" and relnamespace = (select oid from pg_namespace where nspname = current_schema())" };
static const struct sql last_number = { "schema_number", "select max(number) from schema_migrations", NULL };
static const struct sql keep_number = { "schema_keep",
	"insert into schema_migrations (number, name, applied_at) values ($1, $2, $3)", NULL };
static const char table[] = "create table schema_migrations (\n"
			    "\tnumber INT not null,\n"
			    "\tname text not null,\n"
			    "\tapplied_at text not null,\n"
			    "\tprimary key (number)\n"
			    "END;\n";

static const struct err *
one_int(struct db *db, const struct sql *sql, int64_t *to)
{
	struct db_rows rows;

	(void)db_read(db, sql, NULL, 0, &rows);
	while (db_next(&rows))
		*to = db_int(&rows, 0);
	return db_done(&rows);
}

const struct err *
schema_found(struct db *db, bool *found)
{
	int64_t tables = 0;
	const struct err *e = one_int(db, &has_table, &tables);

	*found = tables > 0;
	return e;
}

const struct err *
schema_read(struct db *db)
{
	int64_t last = 0;
	bool found;
	const struct err *e = schema_found(db, &found);

	if (e == NULL && found)
		e = one_int(db, &last_number, &last);
	db->schema = last == INT64_MIN ? 0 : last;
	return e;
}

/* What must be copied as it is at p: a quoted text or a comment; 0: nothing. */
static size_t
untouched(const char *p)
{
	const char *end;

	if (p[0] == '-' && p[1] == '-')
		return strcspn(p, "\n");
	if (*p != '\'' && *p != '"')
		return 0;
	end = strchr(p + 1, *p);
	return end == NULL ? strlen(p) : (size_t)(end - p) + 1;
}

static const char *
spelled(const struct engine *engine, str word)
{
	return str_is(word, "INT")     ? engine->word_int
	       : str_is(word, "BLOB")  ? engine->word_blob
	       : str_is(word, "CTEXT") ? engine->word_ctext
	       : str_is(word, "END")   ? engine->word_end
				       : NULL;
}

/* The words of the dialect, written as this engine wants them. */
static const struct err *
run(struct db *db, const char *text)
{
	struct buf b = { 0 };
	const struct err *e;

	for (const char *p = text; *p != '\0';) {
		size_t n = untouched(p), whole = n;
		const char *own = NULL;

		while (whole == 0 && (isalnum((unsigned char)p[n]) || p[n] == '_'))
			n++;
		if (whole == 0 && n > 0)
			own = spelled(db->engine, (str){ p, n });
		if (n == 0)
			n = 1;
		buf_add(&b, own != NULL ? str_of(own) : (str){ p, n });
		p += n;
	}
	buf_char(&b, '\0');
	e = db->engine->script(db, b.s);
	buf_release(&b);
	return e;
}

/* The clock is read here, and not given: db_open has none to give, and this is a note about the database, not a fact
 * of the domain. */
static const struct err *
note(struct db *db, const struct migration *m)
{
	char at[32];
	time_t now = time(NULL);
	struct tm utc;

	strftime(at, sizeof at, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &utc));
	return db_write(db, &keep_number, DB_PARAMS(db_i(m->number), db_s(str_of(m->name)), db_s(str_of(at))));
}

/* Inside the transaction: another process may have been faster. */
static const struct err *
apply(struct db *db, const struct migration *m)
{
	const struct err *e = schema_read(db);

	if (e != NULL || db->schema >= m->number)
		return e;
	if (db->schema == 0 && (e = db->engine->claim(db)) == NULL)
		e = run(db, table);
	if (e == NULL)
		e = run(db, m->text);
	return e == NULL ? note(db, m) : e;
}

const struct err *
migrate(struct db *db)
{
	const struct err *e = NULL;

	for (size_t i = 0; i < migration_count && e == NULL; i++) {
		if (migrations[i].number <= db->schema)
			continue;
		if ((e = db_begin_write(db)) == NULL)
			e = db_end(db, apply(db, &migrations[i]));
	}
	return e == NULL ? schema_read(db) : e;
}
