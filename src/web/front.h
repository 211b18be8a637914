/* front.h - what the files of the front share: front.c (events, time), front_conn.c (connections), front_request.c (from bytes to a
 * request and its way), front_work.c (workers and the queue before them), front_reply.c (answers). One thread, one epoll. */
#pragma once
#include <sys/types.h>

#include "web/child.h"
#include "web/head.h"
#include "web/reply.h"
#include "web/wire.h"

/* What an event of epoll belongs to: the first member of whatever it points to. */
enum source { SOURCE_LISTENER, SOURCE_CONTROL, SOURCE_WORKER, SOURCE_CONN };

enum conn_state {
	CONN_FREE,
	CONN_HEAD,     /* a request's head is awaited or coming */
	CONN_BODY,     /* its body is coming */
	CONN_QUEUED,   /* whole; no worker was free */
	CONN_LATER,    /* a worker could not write: it is asked again in a moment */
	CONN_WORKING,  /* a worker has it */
	CONN_WRITING,  /* the answer is leaving */
	CONN_DRAINING, /* refused and answered: what still comes is thrown away, so that the answer can be read */
};

struct conn {
	enum source source;
	enum conn_state state;
	int fd;
	uint16_t address; /* its place among the counts of addresses */
	bool readable, ended, gone;
	int64_t deadline, since; /* ms */
	char peer[48];

	struct buf in; /* came and not used yet */
	size_t seen;

	/* the request at hand */
	bool keep_alive, head_only, secure, english, counted;
	uint16_t asker;     /* whose share of the queue it takes */
	const char *method; /* for the log */
	int64_t began_us;
	struct buf message; /* to the worker */
	size_t missing;     /* bytes of the body still to come */
	size_t held;        /* bytes of the body, counted among all */
	int body;           /* -1, or the body as a file */
	struct worker_end *worker;
	int64_t again_ms, give_up_ms; /* when it is asked again; when no more: 0 before the first time */
	bool body_file;               /* its body was a file, which the worker has now */
	int again_in;                 /* how long that was put off, ms */

	/* the answer */
	struct buf out;
	size_t out_at;
	str fixed; /* bytes that stay in place: a static file */
	int file;  /* -1, or what follows out */
	off_t file_at;
	size_t file_left;

	struct conn
	    *next; /* in the queue, among those that are asked again, the free list, or among those closed in this round */
};

struct worker_end {
	enum source source;
	int number, fd;
	bool retired, stuck;
	struct conn *conn; /* whose request it has */
	struct worker_end *next_idle;
};

enum { ADDRESSES = 4096, ACCEPTED = 64 /* at one event: the others are not forgotten meanwhile */ };

struct front {
	const struct birth *birth;
	const struct serve_limits *limits;
	enum source listener, control; /* what their events point to */
	int epoll;
	bool stopping;
	int64_t now_ms, now_us, ticked_ms;
	int64_t wall_ms; /* the clock on the wall, to a quarter of a second: for dates */
	char date[REPLY_DATE];

	struct conn *conns, *free, *closed; /* a few more than may be open: those closed in a round are not used again in it */
	int places, open;
	uint64_t salt;
	uint16_t of_address[ADDRESSES], of_asker[ADDRESSES];
	size_t bodies;

	struct worker_end *workers; /* by number; fd -1: none there */
	struct worker_end *idle;
	struct conn *first, *last; /* the queue */
	int queued;
	struct conn *later; /* in no order */

	struct head head;
	char room[WIRE_MESSAGE];
};

/* front_conn.c */
void conn_accept(struct front *f);
void conn_event(struct front *f, struct conn *c, uint32_t events);
void conn_go_on(struct front *f, struct conn *c); /* as far as the bytes go */
void conn_close(struct front *f, struct conn *c);
void conn_tick(struct front *f, struct conn *c);
void conn_reap(struct front *f); /* those closed in this round may be used again */

/* front_request.c: what is left to do with the bytes that came: true when the state changed */
bool request_head(struct front *f, struct conn *c);
bool request_body(struct front *f, struct conn *c);
void request_done(struct front *f, struct conn *c); /* gives back what its body took */

/* front_work.c */
void work_add(struct front *f, int which, int fd);
void work_retire(struct front *f, int which);
void work_enqueue(struct front *f, struct conn *c); /* to a worker, or the queue, or 503 */
void work_forget(struct front *f, struct conn *c);  /* takes it out of the queue */
void work_event(struct front *f, struct worker_end *w);
void work_again(struct front *f);                 /* those whose moment has come */
void work_stuck(struct front *f, struct conn *c); /* its worker took too long */

/* front_reply.c: fill c->out and go to CONN_WRITING */
void reply_plain(struct front *f, struct conn *c, int status);  /* a page of the front's own */
void reply_refuse(struct front *f, struct conn *c, int status); /* the same, and the connection closes after it */
void reply_static(struct front *f, struct conn *c, const struct head *h);
void reply_worker(struct front *f, struct conn *c, const struct wire_answer *a, int file);
bool reply_flush(struct front *f, struct conn *c); /* true when all has left or the connection was closed */
