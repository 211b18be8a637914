/* pages.c - what a page costs in the worker once everything is warm: no server, no network.
 *
 *     pages DATABASE CATALOGUES EMAIL PASSWORD PATH...     of a demonstration, as `jalon demo --accounts` shows them */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "access/login.h"
#include "web/app.h"

enum { WARM = 20 };

static int turns = 2000; /* TURNS in the environment: fewer, for callgrind */

static struct arena arena;

static double
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
must(const struct err *e)
{
	if (e == NULL)
		return;
	fprintf(stderr, "pages: %s\n", e->what);
	exit(1);
}

static str
sign_in(const char *database, char **who, int64_t now_ms)
{
	struct hashing h = hashing_of(-1);
	struct visitor v = { S("192.0.2.1"), S("bench"), now_ms };
	struct login_answer answer;
	struct db *db;

	must(db_open(&arena, database, DB_WRITE, &db));
	must(login_try(db, &arena, &h, &v, str_of(who[0]), str_of(who[1]), &answer));
	db_close(db);
	if (answer.outcome != LOGIN_DONE) {
		fprintf(stderr, "pages: %s is not signed in\n", who[0]);
		exit(1);
	}
	return answer.token;
}

static void
ask(struct app *app, struct answer *out, str cookie, const char *address, int64_t now_ms)
{
	struct request in = { .method = METHOD_GET, .cookie = cookie, .host = S("localhost"), .now_ms = now_ms };

	in.path = str_cut(str_of(address), '?', &in.query);
	buf_clear(&out->body);
	*out = (struct answer){ .status = 200, .body = out->body, .file = -1 };
	app_answer(app, &in, out);
}

static void
measure(struct app *app, struct answer *out, str cookie, const char *address, int64_t now_ms)
{
	double start = seconds(), cold;

	ask(app, out, cookie, address, now_ms);
	cold = seconds() - start;
	for (int i = 0; i < WARM; i++)
		ask(app, out, cookie, address, now_ms);
	start = seconds();
	for (int i = 0; i < turns; i++)
		ask(app, out, cookie, address, now_ms);
	printf("%-40s %d  first %8.1f us  then %7.1f us  %6zu bytes\n", address, out->status, cold * 1e6,
	    (seconds() - start) / turns * 1e6, out->body.len);
}

int
main(int argc, char **argv)
{
	int64_t now_ms = (int64_t)time(NULL) * 1000;
	struct answer out = { .file = -1 };
	struct app *app;
	str cookie;

	if (getenv("TURNS") != NULL)
		turns = atoi(getenv("TURNS"));
	if (argc < 6) {
		fputs("usage: pages DATABASE CATALOGUES EMAIL PASSWORD PATH...\n", stderr);
		return 2;
	}
	cookie = sign_in(argv[1], argv + 3, now_ms);
	cookie = str_format(&arena, "jalon=%.*s", STR_ARG(cookie));
	must(app_open(
	    &arena, &(struct app_setting){ .database = argv[1], .data = "/tmp", .catalogues = argv[2], .hash_slots = -1 }, &app));
	for (int i = 5; i < argc; i++)
		measure(app, &out, cookie, argv[i], now_ms);
	app_close(app);
	buf_release(&out.body);
	arena_release(&arena);
	return 0;
}
