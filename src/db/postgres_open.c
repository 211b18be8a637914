/* The server engine: how a server is reached, and its database recognised. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "db/server.h"

static const char *
first_of(const char *a, const char *b)
{
	return a != NULL && *a != '\0' ? a : b;
}

/* For messages: from the parts, so that a password never is among them, wherever it stood. */
static const char *
place(struct db *db, const PQconninfoOption *options)
{
	const char *host = NULL, *port = NULL, *name = NULL;

	for (const PQconninfoOption *o = options; o != NULL && o->keyword != NULL; o++) {
		if (strcmp(o->keyword, "host") == 0)
			host = o->val;
		if (strcmp(o->keyword, "port") == 0)
			port = o->val;
		if (strcmp(o->keyword, "dbname") == 0)
			name = o->val;
	}
	return str_format(db->arena, "postgresql://%s%s%s/%s", first_of(host, "localhost"), port == NULL ? "" : ":",
	    port == NULL ? "" : port, first_of(name, ""))
	    .s;
}

static void
silent(void *to, const PGresult *r)
{
	(void)to, (void)r;
}

static const struct err *
connected(struct db *db, const char *where)
{
	const char *const names[] = { "dbname", "client_encoding", "fallback_application_name", "connect_timeout", NULL };
	const char *const values[] = { where, "UTF8", "jalon", "10", NULL };
	struct server *own = db->own;

	own->c = PQconnectdbParams(names, values, 1);
	if (PQstatus(own->c) == CONNECTION_OK)
		return NULL;
	return db_err(db, ERR_WORLD, tr("The database server of %s cannot be reached."),
	    str_z(db->arena, str_trim(str_of(PQerrorMessage(own->c)))),
	    tr("Check the address, the user and that the server runs."));
}

static const struct sql tables = { "tables",
	"select count(*) from pg_class"
	" where relkind in ('r', 'p') and relnamespace = (select oid from pg_namespace where nspname = current_schema())",
	NULL };

/* Ours, or nobody's yet. All tables are counted only when ours is not among them: that costs a look at the whole catalogue. */
static const struct err *
recognise(struct db *db)
{
	struct db_rows rows;
	const struct err *e;
	int64_t all = 0;
	bool ours;

	if ((e = schema_found(db, &ours)) != NULL || ours)
		return e;
	(void)db_read(db, &tables, NULL, 0, &rows);
	while (db_next(&rows))
		all = db_int(&rows, 0);
	if ((e = db_done(&rows)) != NULL)
		return e;
	db->empty = all == 0;
	if (all > 0)
		return db_err(db, ERR_INPUT, tr("%s is a database of another program."), NULL,
		    tr("Name the database of Jalon, or make an empty one for it: createdb jalon"));
	return NULL;
}

/* A password with a bare '@' or '/' would be taken for the host or the port, and shown. */
static bool
well_formed(const char *where)
{
	str url = str_of(strstr(where, "://") + 3), rest, path;

	url = str_cut(url, '?', &rest);
	url = str_cut(url, '/', &path);
	(void)str_cut(url, '@', &rest);
	return memchr(rest.s == NULL ? "" : rest.s, '@', rest.len) == NULL &&
	       memchr(path.s == NULL ? "" : path.s, '@', path.len) == NULL;
}

const struct err *
server_open(struct db *db, const char *where)
{
	struct server *own = calloc(1, sizeof *own);
	PQconninfoOption *options;
	const struct err *e;

	if (own == NULL)
		bug_oom(sizeof *own);
	db->own = own;
	if ((e = libpq_load(db->arena)) != NULL)
		return e;
	options = well_formed(where) ? PQconninfoParse(where, NULL) : NULL;
	db->place = place(db, options);
	if (options == NULL) /* libpq would say why, and repeat the password */
		return err_new(db->arena, ERR_INPUT, tr("The address of the database server is not well formed."), NULL,
		    tr("It is written postgresql://user@host:port/name; marks in a password are written %40, %3a..."));
	PQconninfoFree(options);
	if ((e = connected(db, where)) != NULL)
		return e;
	PQsetNoticeReceiver(own->c, silent, NULL);
	PQenterPipelineMode(own->c);
	e = server_script(
	    db, str_format(db->arena, "set time zone 'UTC'; set lock_timeout = %d; set default_transaction_read_only = %s",
		    db_patience_ms, db->mode == DB_READ ? "on" : "off")
		    .s);
	return e == NULL ? recognise(db) : e;
}

void
server_close(struct db *db)
{
	struct server *own = db->own;

	for (size_t i = 0; i < SERVER_BUCKETS; i++) {
		for (struct server_statement *s = own->bucket[i], *next; s != NULL; s = next) {
			next = s->next;
			free(s);
		}
	}
	if (own->c != NULL)
		PQfinish(own->c);
	free(own);
}
