/* req.h - one request on its way through a page: who asks, for what, and how to answer. Lives as long as the request; all
 * that a page makes stands in its arena. A page is a function that reads, checks, writes and answers through this struct. */
#pragma once
#include "access/viewer.h"
#include "base/date.h"
#include "base/problem.h"
#include "db/journal.h"
#include "model/save.h"
#include "web/form_data.h"
#include "web/html.h"
#include "web/http.h"

enum { ROUTE_PARTS = 4 };

struct app;
struct app_setting;
struct frame;
struct route;
struct req {
	struct app *app;
	const struct app_setting *setting;
	const struct request *in;
	struct answer *out;
	struct arena *arena;
	struct db *db;
	const struct route *route;
	struct viewer viewer;      /* account 0: nobody is signed in */
	str parts[ROUTE_PARTS];    /* what stood where the route says {name}, in order */
	struct form query, form;   /* of the URL, and of the body of a POST whose form token was right */
	str token;                 /* of the sign-in, as the cookie holds it; absent */
	day today;                 /* where the users are */
	struct html html;          /* writes into the answer's body */
	const struct frame *frame; /* around the page, once it has begun */
	/* What a page that reads must write all the same, once its transaction is over: who opened which file. The page is
	 * shown only when that was written. */
	const struct err *(*after)(struct req *r);
	int64_t after_key; /* of the record it is about */
};

/* --- what was asked --- */
str req_query(const struct req *r, const char *name); /* absent when not given */
str req_form(const struct req *r, const char *name);
/* Keys are shown in URLs in a short form, without a meaning: 13 letters and digits at most. 0: not one. */
str key_short(struct arena *a, int64_t key);
int64_t key_long(str s);

/* --- answers: the last thing a page does --- */
/* 303: after a POST that was done, so that reloading does nothing twice. format: the place, below this server. */
const struct err *reply_see(struct req *r, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The body is in r->out->body already. name: of the file to keep, NULL: shown by the browser.
 * In a file of values (text/csv) what looks like a formula is marked as text: csvout.h. */
const struct err *reply_file(struct req *r, const char *type, const char *name);
/* No such thing, or none that this viewer may know of: the same words for both. */
const struct err *reply_missing(struct req *r);
/* Explains which right is missing and who can give it. */
const struct err *reply_refused(struct req *r, enum right right);

/* --- writing: entity_save between begin and end. end commits on NULL, else rolls back and hands e on. --- */
const struct err *req_begin(struct req *r, struct save *s, const char *cause);
const struct err *req_end(struct req *r, struct save *s, const struct err *e);
/* "&acte=KEY" for the address to which a page sends after a save that wrote something (else ""): the banner there offers to take
 * it back (undoing.h). */
const char *req_act(const struct req *r, const struct save *s);
/* What stands in the journal of a change made now by who is signed in. */
struct change req_change(const struct req *r, const char *cause);
/* Who writes, in the journal: the account by its key, never a name. */
str viewer_actor(struct arena *a, const struct viewer *v);
