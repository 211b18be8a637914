/* app.c - from a request to its page: which route, who asks, in which language, may they, is the form theirs */
#include "web/app.h"
#include "people/documents.h"

#include <stdio.h>
#include <time.h>

#include "access/hashing.h"
#include "access/login.h"
#include "base/moment.h"
#include "base/text.h"
#include "model/person_keys.h"
#include "people/memory.h"
#include "web/app_parts.h"
#include "web/door.h"
#include "web/exports.h"
#include "web/fault.h"
#include "web/imports.h"
#include "web/jobs_table.h"
#include "web/route.h"

/* A worker stays below 40 MB, its database's cache of 16 included. */
enum { SHELF_BYTES = 12 * 1024 * 1024, PEOPLE_BYTES = 6 * 1024 * 1024, CACHE_KIB = 16 * 1024 };
/* Who must wait for another writer (an import: seconds) waits in the front, so that others can be answered meanwhile. */
enum { WRITER_MS = 50 };

struct app {
	struct arena *arena;
	struct app_setting setting;
	struct db *db;
	struct db *beside; /* of the job process: tells how far its work is, from outside of its transactions */
	struct hashing hashing;
	struct shelf *shelf;
	struct people_memory *people;
	struct demo_account demo[ROLES];
	size_t n_demo;
	day demo_day; /* on which a demonstration stands still; DAY_NONE: real days */
	int64_t swept_ms;
	struct arena request; /* all that one request takes, forgotten at the next */
};

const struct err *
app_open(struct arena *a, const struct app_setting *setting, struct app **out)
{
	struct app *app = ARENA_NEW(a, struct app);
	unsigned char key[32];
	char before[16];
	const struct err *e;

	*out = app;
	app->arena = a;
	app->setting = *setting;
	app->demo_day = DAY_NONE;
	app->hashing = hashing_of(setting->hash_slots);
	app->shelf = shelf_new(setting->job ? 0 : SHELF_BYTES);
	app->people = people_memory_new(PEOPLE_BYTES);
	snprintf(before, sizeof before, "%s", text_language()); /* of what is said to whoever starts the server */
	text_start("en", setting->catalogues);
	text_choose("fr"); /* reads its catalogue, which no confined process can */
	text_choose(before);
	tzset(); /* read now: a confined process opens no file of the system */
	if ((e = db_open(a, setting->database, DB_WRITE, &app->db)) != NULL)
		return e;
	if (!setting->job && (e = db_cache(app->db, CACHE_KIB)) != NULL)
		return e;
	if ((e = journal_key(app->db, key)) != NULL || (e = person_keys_ready(app->db)) != NULL)
		return e;
	if (setting->job)
		return db_open(a, setting->database, DB_WRITE, &app->beside);
	db_wait_at_most(WRITER_MS);
	if ((e = demo_day(app->db, a, &app->demo_day)) != NULL)
		return e;
	return demo_accounts_read(app->db, a, app->demo, &app->n_demo);
}

const struct demo_account *
app_demo_accounts(const struct app *app, size_t *n)
{
	*n = app->n_demo;
	return app->demo;
}

day
app_demo_day(const struct app *app)
{
	return app->demo_day;
}

struct shelf *
app_shelf(struct app *app)
{
	return app->shelf;
}

struct people_memory *
app_people(struct app *app)
{
	return app->people;
}

struct hashing *
app_hashing(struct app *app)
{
	return &app->hashing;
}

/* What was uploaded or made, and left for too long. */
static void
sweep(struct app *app)
{
	enum { EVERY_MS = 10 * 60 * 1000 };
	struct timespec now;
	int64_t now_ms;

	clock_gettime(CLOCK_REALTIME, &now);
	now_ms = now.tv_sec * 1000 + now.tv_nsec / 1000000;
	if (app->swept_ms > 0 && now_ms >= app->swept_ms && now_ms - app->swept_ms < EVERY_MS)
		return;
	app->swept_ms = now_ms;
	if (app->setting.data == NULL)
		return;
	(void)imports_sweep(app->db, &app->request, app->setting.data, now_ms); /* the next time, when it could not */
	(void)documents_sweep(app->db, &app->request, moment_day(now_ms), now_ms);
	exports_sweep(&app->request, app->setting.data, now_ms);
}

enum app_work
app_job(struct app *app)
{
	const struct err *e = NULL;
	bool done = false;

	arena_clear(&app->request);
	sweep(app);
	if (app->beside == NULL)
		e = db_open(app->arena, app->setting.database, DB_WRITE, &app->beside);
	if (e == NULL)
		e = job_next(app->db, app->beside, &app->request, &app->setting, &done);
	if (e != NULL && (e->kind == ERR_WORLD || e->kind == ERR_DAMAGED))
		return APP_LOST;
	return e == NULL && done ? APP_DONE : APP_NOTHING;
}

void
app_close(struct app *app)
{
	shelf_free(app->shelf);
	people_memory_free(app->people);
	db_close(app->db);
	db_close(app->beside);
	arena_release(&app->request);
}

void
app_idle(struct app *app)
{
	arena_clear(&app->request);
}

/* Whoever sees the pages as another role does changes nothing, but may end it, or sign out. */
static bool
leaves_looking(const struct route *route)
{
	return route->run == look_end || route->run == door_leave;
}

/* What scripts send, and no form. */
static bool
takes_json(const struct route *route)
{
	return route->run == attendance_send;
}

/* Who may go through: says where else to go, or what is missing. go: the page may run. */
static const struct err *
let_in(struct req *r, bool *go)
{
	const struct viewer *v = &r->viewer;

	*go = false;
	if (r->route->right != RIGHT_OPEN) {
		if (v->account == 0 || v->second_step)
			return takes_json(r->route) ? door_json_closed(r) : door_send(r);
		if (!viewer_may(v, (enum right)r->route->right))
			return reply_refused(r, (enum right)r->route->right);
	}
	if (v->looking && r->route->method == METHOD_POST && !leaves_looking(r->route))
		return fault_looking(r);
	*go = true;
	return NULL;
}

/* A page that reads sees one moment of the records; one that writes opens its own transaction. */
static const struct err *
run(struct req *r)
{
	const struct err *e;

	if (r->in->method == METHOD_POST)
		return (e = takes_json(r->route) ? door_json(r) : door_form(r)) != NULL ? e : r->route->run(r);
	if ((e = db_begin_read(r->db)) != NULL)
		return e;
	if ((e = db_end(r->db, r->route->run(r))) != NULL)
		return e;
	return r->after == NULL ? NULL : r->after(r);
}

const struct err *
app_follow(struct req *r, str path)
{
	const struct err *e;
	bool known, go;

	r->route = route_find(METHOD_POST, path, r->parts, &known);
	if (r->route == NULL)
		return reply_missing(r);
	e = let_in(r, &go);
	return e != NULL || !go ? e : r->route->run(r);
}

static const struct err *
serve(struct req *r)
{
	const char *wrong;
	const struct err *e;
	bool known, go;

	if ((e = door_recognise(r)) != NULL)
		return e;
	text_choose(door_language_of(r));
	r->route = route_find(r->in->method, r->in->path, r->parts, &known);
	if (r->route == NULL)
		return known ? fault_method(r) : reply_missing(r);
	answer_route(r->route->path);
	if ((wrong = query_decode(r->arena, r->in->query, &r->query)) != NULL)
		return err_new(r->arena, ERR_INPUT, tr("This address cannot be read."), wrong, NULL);
	if ((e = let_in(r, &go)) != NULL || !go)
		return e;
	return run(r);
}

void
app_answer(struct app *app, const struct request *in, struct answer *out)
{
	struct req r = { .app = app, .in = in, .out = out, .db = app->db, .arena = &app->request };
	const int64_t written = db_written(app->db);
	const struct err *e;

	arena_clear(&app->request);
	r.html.arena = &app->request;
	r.html.out = &out->body;
	r.today = app->demo_day != DAY_NONE ? app->demo_day : moment_day(in->now_ms);
	r.setting = &app->setting;
	e = serve(&r);
	if (e != NULL)
		fault_page(&r, e);
	else if (r.viewer.note_due)
		(void)login_note(app->db, &r.viewer, in->now_ms); /* the next request notes it when this one could not */
	out->again = e != NULL && e->kind == ERR_BUSY && db_written(app->db) == written;
	out->leave = e != NULL && (e->kind == ERR_WORLD || e->kind == ERR_DAMAGED);
}
