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

/* Member by member: a cell that is copied whole is waited for, since its parts were only just written. */
static inline void
fill(struct db_value *cell, sqlite3_value *v)
{
	switch (sqlite3_value_type(v)) {
	case SQLITE_INTEGER:
		cell->type = DB_INT;
		cell->i = sqlite3_value_int64(v);
		break;
	case SQLITE_TEXT:
		cell->type = DB_TEXT;
		cell->s.s = (const char *)sqlite3_value_text(v);
		cell->s.len = (size_t)sqlite3_value_bytes(v);
		break;
	case SQLITE_BLOB:
		cell->type = DB_BLOB;
		cell->s.s = sqlite3_value_blob(v);
		if (cell->s.s == NULL) /* an empty one is not an absent one */
			cell->s.s = "";
		cell->s.len = (size_t)sqlite3_value_bytes(v);
		break;
	default:
		cell->type = DB_NULL;
		cell->i = INT64_MIN;
		cell->s.s = NULL;
		cell->s.len = 0;
		break;
	}
}

static void
step(sqlite3_context *context, int n, sqlite3_value **values)
{
	struct lite *own = sqlite3_user_data(context);
	struct db_value row[DB_CELLS];

	for (int i = 0; i < n && i < DB_CELLS; i++)
		fill(&row[i], values[i]);
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

/* The columns are named here, so that the statement itself need not be prepared to learn how it calls them. */
static char *
wrapped(const struct sql *sql, size_t columns)
{
	struct buf names = { 0 }, text = { 0 };

	for (size_t i = 1; i <= columns; i++)
		buf_format(&names, "%sc%zu", i == 1 ? "" : ", ", i);
	buf_char(&names, '\0');
	buf_format(&text, "with g(%s) as (%s) select gather(%s) from g", names.s, sql->text, names.s);
	buf_char(&text, '\0');
	buf_release(&names);
	return text.s;
}

static struct lite_gathering *
made(struct lite *own, const struct sql *sql, size_t columns)
{
	struct lite_gathering *g = calloc(1, sizeof *g);

	if (g == NULL)
		bug_oom(sizeof *g);
	*g = (struct lite_gathering){
		.of = sql, .sql = { .name = sql->name, .text = wrapped(sql, columns) }, .next = own->gatherings
	};
	own->gatherings = g;
	return g;
}

const struct sql *
lite_gathering(struct db *db, const struct sql *sql, size_t columns, db_receiver *row, void *to)
{
	struct lite *own = db->own;
	struct lite_gathering *g = own->gatherings;

	while (g != NULL && g->of != sql)
		g = g->next;
	if (g == NULL)
		g = made(own, sql, columns);
	own->row = row;
	own->to = to;
	return &g->sql;
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
