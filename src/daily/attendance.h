/* attendance.h - the attendance sheet of a session: who is expected and what was said of each, read and written; closed by whoever
 * answers for it, opened again in the open. The lines are the session's register (model/roll.h), written whole, with session,
 * answers that differ and the key of a telephone's sending in one transaction. */
#pragma once
#include "daily/presence.h"
#include "model/model.h"
#include "model/save.h"
#include "people/who.h"

enum { ASSIDUITY = 80 }; /* per cent of the planned hours that figures ask for */

struct sheet_line {
	int64_t person;
	str given_name, family_name;
	str called; /* given name and initial; more where two would be called the same */
	struct presence mark;
	bool expected;             /* else came unannounced */
	int64_t attended, planned; /* minutes of training in this action so far; planned NUMBER_NONE: not said */
};
/* Per cent of the planned minutes; -1: none are planned. */
int sheet_assiduity(const struct sheet_line *l);

struct attendance_sheet {
	struct session session;
	str action_title, action_ref, sheet_ref, operator_name;
	struct sheet_line *lines; /* by given name */
	size_t n, answered;
	bool trainer; /* the one who asks is the session's own */
};
/* found is false when there is no such session, or it is not within the sight's organisation. account: who asks. */
const struct err *attendance_sheet(
    const struct sight *s, int64_t account, int64_t session, struct attendance_sheet *to, bool *found);

/* --- writing --- */

enum { SENDING_LINES = 500, SENDING_KEY = 22 };
struct sent_line {
	int64_t person;
	struct presence before, mark; /* as they were when the page was made, and as they were left */
};
struct sending { /* what a form or a telephone sends for one session */
	str key; /* the telephone's own, SENDING_KEY letters; absent: a form, which is sent once */
	int64_t session, account;
	int64_t typed_ms;
	bool all;   /* everybody was marked present in one act */
	bool close; /* and the sheet closed, if everybody expected is answered then */
	struct sent_line *lines;
	size_t n;
};

enum sending_result {
	SENDING_SAVED,   /* it stands on the sheet */
	SENDING_DIFFERS, /* but some answers differ from somebody else's: both are kept, and shown side by side */
	SENDING_REFUSED, /* nothing of it stands: see reason */
};
enum sending_reason {
	REASON_NONE,
	REASON_GONE,      /* there is no such session, or no longer within reach */
	REASON_CANCELLED, /* it did not take place */
	REASON_CLOSED,    /* its sheet was closed meanwhile */
	REASON_PERSON,    /* a line names nobody whom the sender may add */
	REASON_MINUTES,   /* more minutes than the session lasts */
	REASON_ACCOUNT,   /* typed by somebody else than who is signed in: nothing is kept of it */
};
const char *sending_reason_words(enum sending_reason reason); /* translated: why, and what to do */

struct sending_answer {
	enum sending_result result;
	enum sending_reason reason;
	int64_t received_ms; /* when it was written; of a replay: the first time */
	size_t differing;    /* answers that differ */
	bool replay;         /* the same key was answered before: this is what was said then */
	bool unclosed;       /* it asked to close, and somebody expected is not answered yet */
};
/* In the transaction of save. What cannot be written is an answer, not an error; ERR_BUSY and the like are handed on. */
const struct err *attendance_write(
    struct save *save, const struct sight *s, const struct sending *in, int64_t now_ms, struct sending_answer *out);
/* Why the journal says that it was written. */
const char *sending_cause(const struct sending *in);

/* A closed sheet may be written again; the session stays held. done is false when it was not closed. */
const struct err *attendance_reopen(struct save *save, const struct sight *s, int64_t session, bool *done);

/* --- answers that differ --- */

struct differing {
	struct attendance_conflict record;
	str called;           /* whom it is about */
	str kept_by, lost_by; /* whose answers; absent: not known */
};
/* Those of a session that nobody has settled; only after attendance_sheet has found it. */
const struct err *attendance_differing(
    const struct sight *s, const struct attendance_sheet *sheet, struct differing **to, size_t *n);
/* Leaves what stands, or puts the other answer in its place (not on a closed sheet). found is false when there is no such open one
 * of this session. */
const struct err *attendance_settle(
    struct save *save, const struct sight *s, int64_t session, int64_t conflict, bool exchange, bool *found);
