/* roll.h - a session's register: the lines of all who are on it, kept together in one row.
 * Kinds of record that are linked (attendances, trainee_attendances) are stored so: the records that share their first link,
 * the owner, are the lines of one roll, in the order of their second link, who is on it. Journal and versions are the roll's:
 * one row for a register written, however many lines changed. HACKING.md says why. */
#pragma once
#include "base/buf.h"
#include "db/db.h"
#include "model/entity.h"

struct save;

struct roll {
	int64_t owner;
	int64_t version; /* 0: not stored yet */
	size_t n;
	void *v; /* n records of the kind (struct attendance, for one); see roll_line */
};

static inline void *
roll_line(const struct entity *e, const struct roll *r, size_t i)
{
	return (char *)r->v + i * e->size;
}
int64_t roll_owner(const struct entity *e, const void *line);
int64_t roll_who(const struct entity *e, const void *line);

/* The whole roll of an owner, in order of who; of version 0 and without lines when there is none. Lines live in arena a.
 * Refuses ERR_DAMAGED when what is stored cannot be made out. */
const struct err *roll_read(
    struct db *db, int64_t territory, const struct entity *e, int64_t owner, struct arena *a, struct roll *r);

const struct err *roll_damaged(struct db *db, const struct entity *e); /* the error that says so */

/* Writes a whole roll, in the transaction of s: what is not a line of r is no longer on the roll. Its lines have passed
 * entity_check, each names who once and r->owner, in any order (they are put in order); their record is set.
 * old: the roll it replaces, as roll_read gave it just now. Equal to it, nothing is written. s counts lines: inserted,
 * updated (those taken out too), unchanged.
 * Refuses ERR_CONFLICT when r->version is not 0 and not old's: somebody else changed the roll meanwhile. */
const struct err *roll_save(struct save *s, const struct entity *e, struct roll *r, const struct roll *old);

/* One line, for entity_save and entity_by_key: through its whole roll. */
const struct err *roll_save_line(struct save *s, const struct entity *e, void *line, const void *old);
const struct err *roll_find_line(
    struct db *db, int64_t territory, const struct entity *e, struct arena *a, void *line, bool *found);

/* --- every roll of a territory, line by line: for exports and checks --- */
struct rolls;
/* In code-point order of the owner's ref, then of the ref of who; in bounded memory. Inside a transaction; other things may be
 * asked meanwhile. found is false at the end. refs: of owner and who, until the next line; absent: who does not exist. */
struct rolls *rolls_open(struct db *db, int64_t territory, const struct entity *e);
const struct err *rolls_next(struct rolls *all, void *line, str refs[2], bool *found);
void rolls_close(struct rolls *all);

/* --- how a roll is stored ---
 * One byte: how many values a line has (the fields behind the two links; an older roll has fewer than the description).
 * Then each line: who, less who of the line before (0 before the first), and the values, each plus 1, or 0 when not known;
 * all of them whole numbers in groups of 7 bits, the lowest first, 128 added to every byte but the last. */
enum { ROLL_VALUES = 4 };
void roll_pack(const struct entity *e, const struct roll *r, struct buf *to);
/* owner and version are set already; false: damaged. */
bool roll_unpack(const struct entity *e, str packed, struct arena *a, struct roll *r);
/* What versions hold and digests are taken of: the canonical text of the lines, the owner named once, before them. */
void roll_canonical(const struct entity *e, const struct roll *r, struct buf *to);
/* Back from it; owner is set already. false: it cannot be made out. */
bool roll_content_read(const struct entity *e, str content, struct arena *a, struct roll *r);

/* Without making records: for who reads very many. */
struct roll_walk {
	const unsigned char *at, *end;
	int values;
	int64_t who;  /* of the present line */
	bool damaged; /* asked at the end */
};

/* A number of any length; gives what follows it, NULL: damaged. */
const unsigned char *roll_long_number(const unsigned char *at, const unsigned char *end, int64_t *to);

static inline struct roll_walk
roll_walk(str packed)
{
	const unsigned char *at = (const unsigned char *)packed.s;
	struct roll_walk w = { .at = at, .end = at, .damaged = true };

	if (packed.len > 0 && *at >= 1 && *at <= ROLL_VALUES)
		w = (struct roll_walk){ .at = at + 1, .end = at + packed.len, .values = *at };
	return w;
}

/* Nearly all take one byte or two. */
static inline const unsigned char *
roll_number(const unsigned char *at, const unsigned char *end, int64_t *to)
{
	int64_t other = 0;

	if (at < end && at[0] < 128) {
		*to = at[0];
		return at + 1;
	}
	if (end - at >= 2 && at[1] < 128 && at[1] > 0) {
		*to = (at[0] & 127) | at[1] << 7;
		return at + 2;
	}
	at = roll_long_number(at, end, &other);
	*to = other;
	return at;
}

/* The next line: w->who and its values, NUMBER_NONE where not known. */
static inline bool
roll_walk_next(struct roll_walk *w, int64_t values[ROLL_VALUES])
{
	const unsigned char *at = w->at;
	int64_t v;

	if (at == w->end)
		return false;
	at = roll_number(at, w->end, &v);
	w->damaged = v == 0 || __builtin_add_overflow(w->who, v, &w->who);
	for (int i = 0; i < w->values && at != NULL; i++) {
		at = roll_number(at, w->end, &v);
		values[i] = v == 0 ? NUMBER_NONE : v - 1;
	}
	w->damaged |= at == NULL;
	w->at = w->damaged ? w->end : at;
	return !w->damaged;
}
