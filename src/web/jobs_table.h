/* jobs_table.h - long work as rows of a table: a page leaves it (job_add) and sends to /travaux/KEY, which shows how far it is,
 * stops it, and can be left and found again. The job process does one after another. A kind of work is a line in job_kinds.def
 * and a function; HACKING.md, "A long work". Rows are kept for 30 days after their end. */
#pragma once
#include "access/viewer.h"
#include "base/arena.h"
#include "db/db.h"

#define JOB(name, ...) JOB_##name,
enum job_kind {
#include "web/job_kinds.def"
	JOB_KINDS
};
#undef JOB

enum job_state { JOB_STATE_WAITING, JOB_STATE_RUNNING, JOB_STATE_DONE, JOB_STATE_FAILED, JOB_STATE_STOPPED };

struct job {
	int64_t territory, id, account; /* account: who asked */
	enum job_kind kind;
	str language; /* in which it was asked for */
	enum job_state state;
	bool stop; /* was asked for */
	int64_t tries;
	int64_t done, total; /* total 0: not known yet */
	str parameters;      /* of the kind alone; holds no name: a key, a choice, the name of a file in the data folder */
	str result;          /* the same, of what came of it */
	str message;         /* how it ended, in words, in the language of who asked */
	str place;           /* address of the page that goes on from it ("/base"); absent: none */
	int64_t made_ms, started_ms, ended_ms; /* NUMBER_NONE: not yet */
};

/* --- in a page --- */
/* Leaves it, after the page's own transaction, and rings. Only what the viewer may do: bug(). place: see struct job; NULL: none. */
const struct err *job_add(struct db *db, struct arena *a, const struct viewer *v, enum job_kind kind, str parameters,
    const char *place, int64_t now_ms, int64_t *id);
/* The same inside of the page's own write transaction; the page rings after it (jobs.h). */
const struct err *job_put(
    struct db *db, const struct viewer *v, enum job_kind kind, str parameters, const char *place, int64_t now_ms, int64_t *id);
/* Their own, and those of kinds that they may ask for over the whole city. Texts live in the arena. */
const struct err *job_read(struct db *db, struct arena *a, const struct viewer *v, int64_t id, struct job *job, bool *found);
const struct err *job_list(
    struct db *db, struct arena *a, const struct viewer *v, struct job **list, size_t *n); /* newest first */
/* The last of a kind that ended well, whoever asked. */
const struct err *job_last(struct db *db, struct arena *a, int64_t territory, enum job_kind kind, struct job *job, bool *found);
/* After job_read. One that waits is over; one that is under way leaves at its next job_progress. */
const struct err *job_stop(struct db *db, const struct job *job, int64_t now_ms);

/* --- in the job process --- */
struct app_setting;
struct job_work {
	struct job job;
	struct db *db;       /* for the work: its transactions are its own */
	struct arena *arena; /* forgotten afterwards */
	const struct app_setting *setting;
	struct viewer viewer; /* who asked, with the rights of this moment; tr() speaks their language */
	/* what the function leaves behind */
	str result, message, place; /* in the arena; message and place may be left absent */
	/* of job_progress */
	struct db *beside; /* another connection: the work may be inside of a transaction */
	int64_t told_ms;
	bool leave;
};
/* Says how far it is and asks whether to go on: false when the work must leave now, with nothing half written (its function
 * rolls back and returns NULL). Cheap: may be called for each row; looks and writes at most twice a second, in a short transaction
 * of its own that waits for nobody, also while the work itself holds the writer's lock (then nothing is written). */
bool job_progress(struct job_work *w, int64_t done, int64_t total);

struct job_rule {
	const char *name, *label; /* label: N_ */
	enum right right;
	bool again;
	/* NULL: done, or left; else it has failed, in those words. */
	const struct err *(*run)(struct job_work *w);
};
extern const struct job_rule job_rules[];

/* Between the two files of this. */
extern const char *const job_states[];
struct job_by_id_row;
bool job_fill(struct arena *a, const struct job_by_id_row *row, struct job *job); /* false: of a newer program */

/* Takes the one that waits longest, does it, notes how it ended; *done false: there was none. An error is of the table itself. */
const struct err *job_next(struct db *db, struct db *beside, struct arena *a, const struct app_setting *setting, bool *done);
