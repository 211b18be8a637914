/* lite_gather.c - a read of very many rows that hands them over from inside SQLite: the statement becomes the argument of an
 * aggregate function of ours, which is called for each row, so that no row is given up and asked for again. */
#include <stdlib.h>

#include "base/buf.h"
#include "db/lite.h"

struct lite_gathering {
	const struct sql *of;
	struct sql sql; /* select gather(columns) from (the text of the other) */
	struct lite_gathering *next;
};

static void
step(sqlite3_context *context, int n, sqlite3_value **values)
{
	struct lite *own = sqlite3_user_data(context);
	int64_t row[4];

	for (int i = 0; i < n && i < 4; i++)
		row[i] = sqlite3_value_type(values[i]) == SQLITE_NULL ? INT64_MIN : sqlite3_value_int64(values[i]);
	own->row(own->to, row);
}

static void
finish(sqlite3_context *context)
{
	(void)context;
}

int
lite_gather_register(struct lite *own)
{
	return sqlite3_create_function_v2(own->c, "gather", -1, SQLITE_UTF8 | SQLITE_DIRECTONLY, own, NULL, step, finish, NULL);
}

static char *
wrapped(struct lite *own, const struct sql *sql)
{
	sqlite3_stmt *stmt;
	struct buf text = { 0 };

	if (sqlite3_prepare_v2(own->c, sql->text, -1, &stmt, NULL) != SQLITE_OK)
		return NULL;
	buf_add(&text, S("select gather("));
	for (int i = 0; i < sqlite3_column_count(stmt); i++)
		buf_format(&text, "%s%s", i == 0 ? "" : ", ", sqlite3_column_name(stmt, i));
	buf_format(&text, ") from (%s)", sql->text);
	buf_char(&text, '\0');
	sqlite3_finalize(stmt);
	return text.s;
}

static const struct err *
made(struct db *db, const struct sql *sql, struct lite_gathering **to)
{
	struct lite *own = db->own;
	char *text = wrapped(own, sql);

	if (text == NULL)
		return lite_failure(db, sqlite3_extended_errcode(own->c), sql->name);
	*to = calloc(1, sizeof **to);
	if (*to == NULL)
		bug_oom(sizeof **to);
	**to = (struct lite_gathering){ .of = sql, .sql = { .name = sql->name, .text = text }, .next = own->gatherings };
	own->gatherings = *to;
	return NULL;
}

const struct err *
lite_gathering(
    struct db *db, const struct sql *sql, void (*row)(void *to, const int64_t *values), void *to, const struct sql **out)
{
	struct lite *own = db->own;
	struct lite_gathering *g = own->gatherings;
	const struct err *e = NULL;

	while (g != NULL && g->of != sql)
		g = g->next;
	if (g == NULL)
		e = made(db, sql, &g);
	if (e != NULL)
		return e;
	own->row = row;
	own->to = to;
	*out = &g->sql;
	return NULL;
}

void
lite_gather_release(struct lite *own)
{
	for (struct lite_gathering *g = own->gatherings, *next; g != NULL; g = next) {
		next = g->next;
		free((char *)(uintptr_t)g->sql.text);
		free(g);
	}
	own->gatherings = NULL;
}
