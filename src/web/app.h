/* app.h - the application behind the server: one per worker process, one request at a time. Knows nothing of sockets. */
#pragma once
#include "db/db.h"
#include "web/http.h"

struct app;

struct app_setting {
	const char *database;   /* a path or postgresql://... */
	const char *data;       /* folder of uploads and made files; also where the embedded database stands */
	const char *catalogues; /* folder of the translations: see base/text.h */
	int hash_slots;         /* from hashing_slots, before the fork; -1: no limit */
	bool job;               /* for the process of long work: more cache, no page is asked for */
};

/* In the worker, after the fork: opens the database for reading and writing and all that the pages need from files
 * (key, catalogues, time zone): afterwards the process is confined to the folders of the data and of the database (confine.h),
 * and nothing else can be opened. */
const struct err *app_open(struct arena *a, const struct app_setting *setting, struct app **out);
/* out comes empty: status 200, no body. A database that is lost or not to be trusted any more sets out->leave. */
void app_answer(struct app *app, const struct request *in, struct answer *out);
/* In the job process: the next piece of long work that waits (jobs.h). LOST: its database can be trusted no more, another process
 * takes its place. */
enum app_work { APP_NOTHING, APP_DONE, APP_LOST };
enum app_work app_job(struct app *app);
/* Between requests, when the worker has been idle: drops what need not be kept. */
void app_idle(struct app *app);
void app_close(struct app *app);
