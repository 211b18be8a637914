/* child.h - what the supervisor (serve.c) and its children share: how each begins, and what they tell each other. */
#pragma once
#include "web/note.h"
#include "web/serve.h"

enum child_kind { CHILD_FRONT, CHILD_WORKER, CHILD_JOB };

/* What a child is given. It closes all it does not know, and never returns. */
struct birth {
	const struct serve_setting *setting;
	int number;   /* of a worker, from 0 */
	int start;    /* it tells there that it is ready, or why not */
	int listener; /* the front's */
	int control;  /* the front's: to the supervisor */
	int socket;   /* a worker's: to the front */
	int bell;     /* rung for the job process (eventfd) */
	int workers;
	struct note *notes; /* one a worker, shared */
	bool local;         /* only this machine can reach it: a Host of another name is refused */
};
_Noreturn void front_run(const struct birth *birth);
_Noreturn void worker_run(const struct birth *birth);
_Noreturn void job_run(const struct birth *birth);

/* Signals as a child wants them: none that a terminal or a service manager sends to the whole group. */
void child_begin(const struct birth *birth, enum child_kind kind);
_Noreturn void child_failed(const struct birth *birth, const struct err *e);
/* Confines it to the folders of data and database, and tells that it is ready. */
void child_ready(const struct birth *birth, enum child_kind kind, struct arena *a);

/* On the start pipe: 'r' ready, 'l' ready but without Landlock, 'e' then the error's kind and three texts ended by NUL. */

/* On the control socket. To the front: a worker's socket comes beside ADD. To the supervisor: STUCK. */
enum control { CONTROL_ADD, CONTROL_RETIRE, CONTROL_STOP, CONTROL_STUCK };
struct control_message {
	enum control what;
	int worker;
};
