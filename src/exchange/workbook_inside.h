/* workbook_inside.h - the state of one import of a spreadsheet, shared by the files that carry it out (workbook*.c) */
#pragma once
#include "base/set.h"
#include "exchange/workbook.h"
#include "model/save.h"

struct origin { /* what a record was made from */
	int32_t row;
	int16_t column; /* of a wide sheet: the session's; -1 */
};
struct output { /* one file of the bundle */
	struct buf text;
	struct origin *from;
	size_t n, cap;
	size_t row_len, row_n; /* before the row being read */
};

struct known_person {
	str ref, names, birth; /* names: folded, in order; birth as stored */
	str enrolment;         /* in the action chosen; absent: none */
	day entered_on;
	str statuses; /* separated by blanks */
	size_t next;  /* the next one of the same names, from 1 */
};
struct known_session {
	str ref, group;
	day on;
	int64_t minutes;
};

struct making_session {
	str ref, group, theme, kind;
	day on;
	int ordinal;     /* among those of the same day and group in this sheet */
	int64_t minutes; /* -1: not known yet */
	bool stored, used;
	struct origin from;
};
struct making_mark { /* an attendance to be */
	size_t session;
	str person;
	int32_t minutes; /* -1: the whole session */
	bool excused;
	struct origin from;
};

struct refusal {
	int32_t row;
	int16_t column;
	const char *why;
};
struct refusals {
	struct refusal *v;
	size_t n, cap;
	unsigned char rows[GRID_ROWS / 8 + 1]; /* a bit for each */
};

struct making {
	struct db *db;
	struct arena *arena; /* as long as the import */
	struct arena row_arena, round_arena;
	struct grid *grid;
	size_t sheet;
	const struct columns *columns;
	const struct column *of[WANT_COUNT]; /* NULL: no such column */
	const struct workbook_options *o;
	struct row_problem_sink *sink;
	struct workbook_report *report;
	struct reading reading;
	unsigned char key[32]; /* of the refs that are derived */

	int64_t keeper, organisation_id, action_id, fiche_id;
	str fiche;
	struct known_person *people;
	size_t people_n, people_cap;
	size_t *by_names; /* hash table: number in people, from 1 */
	size_t *by_ref;
	size_t table_cap;
	struct known_session *sessions;
	size_t sessions_n;
	struct {
		str name, code;
	} communes[64];
	size_t communes_n;

	/* one round: the rows that are not refused yet, as a bundle */
	bool first_round;
	struct output out[ENTITY_COUNT];
	struct set people_made, seen;
	struct making_session *made;
	size_t made_n, made_cap;
	struct making_mark *marks;
	size_t marks_n, marks_cap;
	struct set acts_seen;

	/* the row being read */
	const struct grid_row *row;
	str value[WANT_COUNT]; /* as the interchange writes them; empty: none, or refused */
	bool row_wrong;
	int64_t done, shown, total; /* shown: the furthest that was told */

	struct refusals *refusals;
	const struct err *err;
};

struct who {
	str ref;
	struct known_person *known; /* NULL: new */
	str family, given;
	str names; /* as known people's */
};

/* --- workbook.c --- */
/* A fault refuses the row; a warning does not. want's column is blamed; WANT_NOTHING: the whole row. */
void making_fault(struct making *m, enum problem_level level, enum want want, const char *expected);
void making_fault_at(struct making *m, enum problem_level level, int64_t row, int column, const char *expected);
void making_guess(struct making *m, int column, str value, const char *say);

/* --- workbook_values.c --- */
str row_text(const struct making *m, enum want want);   /* as it stands; empty: nothing */
void read_row(struct making *m);                        /* every cell into m->value; what is to be told is told */
str row_mark(struct making *m, const struct column *c); /* of a session's column */
/* One line of a file of the bundle: as many values as making_begin wrote headings. */
void making_begin(struct making *m, enum entity_number e, const char *headings);
void making_line(struct making *m, enum entity_number e, struct origin from, const str *values, size_t n);
void making_output_release(struct making *m);
/* The column of the sheet that a column of the interchange comes from; WANT_NOTHING: none. */
enum want want_of_field(enum entity_number e, str csv_column);

/* --- workbook_rows.c --- */
const struct err *make_row(struct making *m);
bool known_or_new(struct making *m, const struct who *who); /* false after a fault: not known, and nobody is to be added */
void new_person_line(struct making *m, const struct who *who);

/* --- workbook_people.c --- */
const struct err *people_known_load(struct making *m);
void people_known_release(struct making *m);
/* Whose row it is. False: it cannot be told, a fault says why. */
bool row_person(struct making *m, struct who *who);
str derived_ref(struct making *m, const char *kind, const str *parts, size_t n);

/* --- workbook_sessions.c --- */
const struct err *sessions_known_load(struct making *m);
void make_attendance(struct making *m);             /* of one row */
const struct err *write_sessions(struct making *m); /* after the last row */
