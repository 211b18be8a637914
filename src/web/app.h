/* app.h - the application behind the server: one per worker process, one request at a time. Knows nothing of sockets. */
#pragma once
#include "db/db.h"
#include "web/http.h"

struct app;

struct app_setting {
	const char *database; /* a path or postgresql://... */
	const char *data;     /* folder of uploads and made files; also where the embedded database stands */
	bool demonstration;   /* the database is one: its accounts may be shown at the door */
};

/* In the worker, after the fork: opens the database for reading and writing and all that the pages need from files
 * (key, catalogues): after this the process may be confined. */
const struct err *app_open(struct arena *a, const struct app_setting *setting, struct app **out);
void app_answer(struct app *app, const struct request *in, struct answer *out);
/* Between requests, when the worker has been idle: drops what need not be kept. */
void app_idle(struct app *app);
void app_close(struct app *app);
