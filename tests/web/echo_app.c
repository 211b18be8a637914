/* echo_app LISTEN DATA [name=number...] - the server with an application that only shows what reached it, for its tests. Names are
 * those of struct serve_limits, and workers, proxy, expose, quiet, refuse. With $ECHO_DATABASE it also opens that one. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

#include "web/form_data.h"
#include "web/jobs.h"
#include "web/serve.h"

static bool refusing; /* "refuse" */

struct app {
	struct arena arena;
	const char *data;
	struct db *db;
	int answered, busy;
};

const struct err *
app_open(struct arena *a, const struct app_setting *setting, struct app **out)
{
	*out = ARENA_NEW(a, struct app);
	(*out)->data = setting->data;
	if (refusing)
		return err_new(a, ERR_WORLD, "This application never opens.", "as it was asked to", NULL);
	return setting->database == NULL ? NULL : db_open(a, setting->database, DB_CREATE, &(*out)->db);
}

static int64_t
wanted(const struct form *query, const char *name)
{
	return str_number(form_get(query, name)).value;
}

static void
show(struct buf *to, const char *name, str s)
{
	if (s.s != NULL)
		buf_format(to, "%s=%.*s\n", name, STR_ARG(s));
}

static void
echo(const struct request *in, struct buf *to)
{
	buf_format(to, "method=%s\n", in->method == METHOD_POST ? "POST" : "GET");
	show(to, "path", in->path);
	show(to, "query", in->query);
	show(to, "host", in->host);
	show(to, "type", in->content_type);
	show(to, "cookie", in->cookie);
	show(to, "language", in->accept_language);
	show(to, "agent", in->user_agent);
	show(to, "match", in->if_none_match);
	show(to, "origin", in->origin);
	show(to, "site", in->fetch_site);
	show(to, "peer", in->peer);
	buf_format(to, "secure=%d\nbody=%zu\nsum=%lu\n", in->secure, in->body.len,
	    crc32(0, (const Bytef *)in->body.s, (uInt)in->body.len));
	if (in->body.len < 100)
		show(to, "text", in->body);
}

/* What must be refused: the errno of each try, or "done". */
static void
probe(str what, const struct form *query, struct buf *to)
{
	char path[256] = "";
	static char program[] = "/bin/true";
	char *const words[] = { program, NULL };
	str named = form_get(query, "path");
	long done = -1;

	snprintf(path, sizeof path, "%.*s", STR_ARG(named));
	errno = 0;
	if (str_is(what, "read"))
		done = open(path, O_RDONLY | O_CLOEXEC);
	else if (str_is(what, "write"))
		done = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	else if (str_is(what, "remove"))
		done = unlink(path);
	else if (str_is(what, "link"))
		done = symlink("/etc/passwd", path);
	else if (str_is(what, "exec"))
		done = execve("/bin/true", words, NULL);
	else if (str_is(what, "socket"))
		done = socket(AF_INET, SOCK_STREAM, 0);
	else if (str_is(what, "fork"))
		done = fork();
	else if (str_is(what, "ptrace"))
		done = ptrace(PTRACE_ATTACH, getppid(), NULL, NULL);
	else if (str_is(what, "kill"))
		done = kill(getppid(), 0);
	else if (str_is(what, "keyctl"))
		done = syscall(SYS_keyctl, 0, 0, 0, 0, 0);
	else if (str_is(what, "bpf"))
		done = syscall(SYS_bpf, 0, NULL, 0);
	else if (str_is(what, "userfaultfd"))
		done = syscall(SYS_userfaultfd, 0);
	else if (str_is(what, "unshare"))
		done = syscall(SYS_unshare, 0x10000000);
	if (done == 0 && str_is(what, "fork"))
		_exit(0);
	buf_format(to, "%s\n", done < 0 ? strerrorname_np(errno) : "done");
}

static int64_t
one(struct db *db, const struct sql *sql, const struct err **e)
{
	struct db_rows rows;
	int64_t n = -1;

	(void)db_read(db, sql, NULL, 0, &rows);
	while (db_next(&rows))
		n = db_int(&rows, 0);
	*e = db_done(&rows);
	return n;
}

/* Reads, sorts more than memory is meant to hold, writes: all that an engine does with files. */
static const struct err *
use_database(struct db *db, struct buf *to)
{
	static const struct sql
	    migrations = { "migrations", "select count(*) from schema_migrations", NULL },
	    sorted = { "sorted",
		    "with recursive n(i) as (select 1 union all select i + 1 from n where i < 300000) select max(j) from "
		    "(select i as j from n order by i % 1009 * 1000 + i, 'a text that makes each row longer' || i) as s",
		    NULL },
	    write = { "write", "update schema_migrations set name = name", NULL };
	const struct err *e;

	buf_format(to, "migrations=%d\n", one(db, &migrations, &e) > 0);
	if (e == NULL)
		buf_format(to, "sorted=%lld\n", (long long)one(db, &sorted, &e));
	if (e != NULL || (e = db_begin_write(db)) != NULL)
		return e;
	e = db_end(db, db_write(db, &write, NULL, 0));
	if (e == NULL)
		buf_add(to, S("written=1\n"));
	return e;
}

static void
show_database(struct db *db, struct buf *to)
{
	const struct err *e = use_database(db, to);

	if (e != NULL)
		buf_format(to, "%s %s\n", e->what, e->detail == NULL ? "" : e->detail);
}

static void
sleep_ms(int64_t ms)
{
	struct timespec t = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };

	while (nanosleep(&t, &t) != 0 && errno == EINTR)
		;
}

static void
misbehave(str path, struct answer *out)
{
	volatile int *nowhere = NULL;

	answer_route("/misbehave/{how}");
	if (str_is(path, "/misbehave/crash"))
		*nowhere = 1;
	if (str_is(path, "/misbehave/abort"))
		abort();
	if (str_is(path, "/misbehave/exit"))
		_exit(3);
	while (str_is(path, "/misbehave/hang"))
		;
	out->leave = true;
}

static int
ready_file(const char *folder, int64_t size)
{
	char path[256];
	int fd;

	snprintf(path, sizeof path, "%s/file", folder);
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	return fd < 0 || ftruncate(fd, size) != 0 ? -1 : fd;
}

void
app_answer(struct app *app, const struct request *in, struct answer *out)
{
	struct form query = { 0 };

	arena_clear(&app->arena);
	(void)query_decode(&app->arena, in->query, &query);
	out->type = "text/plain; charset=utf-8";
	answer_header(out, S("X-Worker"), str_format(&app->arena, "%d %d", getpid(), ++app->answered));
	if (str_is(in->path, "/hello")) {
		answer_route("/hello");
		buf_add(&out->body, S("hello\n"));
	} else if (str_is(in->path, "/page")) {
		out->type = "text/html; charset=utf-8";
		for (int64_t n = wanted(&query, "n"), line = 0; n > 0; n -= line) {
			line = n < 64 ? n : 64;
			buf_pad(&out->body, (char)('a' + n / 64 % 23), (size_t)line);
		}
	} else if (str_is(in->path, "/sleep")) {
		sleep_ms(wanted(&query, "ms"));
		buf_add(&out->body, S("slept\n"));
	} else if (str_is(in->path, "/busy")) { /* until it was asked so many times */
		out->again = ++app->busy < wanted(&query, "n");
		out->status = out->again ? 503 : 200;
		buf_format(&out->body, "%d\n%.*s", app->busy, STR_ARG(in->body));
		app->busy = out->again ? app->busy : 0;
	} else if (str_is(in->path, "/nothing")) {
		out->type = NULL;
		out->status = (int)wanted(&query, "status");
	} else if (str_is(in->path, "/file")) {
		out->file = ready_file(app->data, wanted(&query, "n"));
	} else if (str_is(in->path, "/database")) {
		show_database(app->db, &out->body);
	} else if (str_is(in->path, "/ring")) {
		jobs_ring();
	} else if (str_starts(in->path, S("/probe/"))) {
		probe((str){ in->path.s + 7, in->path.len - 7 }, &query, &out->body);
	} else if (str_starts(in->path, S("/misbehave/"))) {
		misbehave(in->path, out);
	} else {
		echo(in, &out->body);
	}
}

/* A line in DATA/jobs for each time there was something to do: DATA/todo exists. */
enum app_work
app_job(struct app *app)
{
	char path[256], done[256];
	int fd;

	snprintf(path, sizeof path, "%s/todo", app->data);
	snprintf(done, sizeof done, "%s/done", app->data);
	if (unlink(path) != 0)
		return APP_NOTHING;
	fd = open(done, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	if (fd >= 0)
		close(fd);
	return APP_DONE;
}

void
app_idle(struct app *app)
{
	arena_clear(&app->arena);
}

void
app_close(struct app *app)
{
	db_close(app->db);
	arena_release(&app->arena);
}

static void
ready(void *to, const char *address)
{
	(void)to;
	printf("%s\n", address);
	fflush(stdout);
}

static void
set(struct serve_setting *s, const char *word)
{
	struct serve_limits *l = &s->limits;
	const struct {
		const char *name;
		int *to;
	} numbers[] = { { "connections", &l->connections }, { "per_address", &l->per_address }, { "queue", &l->queue },
		{ "per_asker", &l->per_asker }, { "head_ms", &l->head_ms }, { "idle_ms", &l->idle_ms },
		{ "body_ms", &l->body_ms }, { "write_ms", &l->write_ms }, { "wait_ms", &l->wait_ms },
		{ "answer_ms", &l->answer_ms }, { "stop_ms", &l->stop_ms }, { "workers", &s->workers },
		{ "slowest", &l->slowest } };
	const struct {
		const char *name;
		size_t *to;
	} sizes[] = { { "form", &l->form }, { "upload", &l->upload }, { "bodies", &l->bodies } };
	str value, name = str_cut(str_of(word), '=', &value);

	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		if (str_is(name, numbers[i].name))
			*numbers[i].to = (int)str_number(value).value;
	}
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		if (str_is(name, sizes[i].name))
			*sizes[i].to = (size_t)str_number(value).value;
	}
	s->proxy = s->proxy || str_is(name, "proxy");
	s->exposed = s->exposed || str_is(name, "expose");
	s->quiet = s->quiet || str_is(name, "quiet");
	refusing = refusing || str_is(name, "refuse");
}

int
main(int argc, char **argv)
{
	struct serve_setting s = { .limits = serve_usual, .ready = ready };
	struct arena a = { 0 };
	const struct err *e;

	if (argc < 3)
		return 2;
	s.listen = argv[1];
	s.app.data = argv[2];
	s.app.database = getenv("ECHO_DATABASE");
	s.app.catalogues = getenv("JALON_CATALOGUES") == NULL ? "" : getenv("JALON_CATALOGUES");
	for (int i = 3; i < argc; i++)
		set(&s, argv[i]);
	if ((e = serve(&a, &s)) != NULL)
		fprintf(stderr, "%s %s\n", e->what, e->detail == NULL ? "" : e->detail);
	arena_release(&a);
	return e != NULL;
}
