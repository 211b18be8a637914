/* import_rolls.c - lines of registers on their way in: gathered, then put into the roll of each session in one go, so that a
 * register is written, kept as a version and journaled once, wherever its lines stand in the file.
 *
 * At most import_gathered lines are held. A file that keeps the lines of a session together, in whatever order of sessions, never
 * writes a register twice: the last session is held back when the others are written. Only a file of more lines than that
 * whose sessions are scattered all over it writes some of its registers several times, each time with what has come. */
#include <stdlib.h>
#include <string.h>

#include "exchange/importing.h"
#include "model/roll.h"

enum { ROOM_LEAST = 1 << 10 };
size_t import_gathered = 1 << 17;

static void *
line_at(const struct importing *im, size_t i)
{
	return (char *)im->lines + i * im->entity->size;
}

static int
by_owner_and_who(const void *a, const void *b, void *entity)
{
	int64_t x = roll_owner(entity, a), y = roll_owner(entity, b);

	if (x == y) {
		x = roll_who(entity, a);
		y = roll_who(entity, b);
	}
	return (x > y) - (x < y);
}

static void
sort(struct importing *im)
{
	void *e = (void *)(uintptr_t)im->entity;

	for (size_t i = 1; i < im->lines_n; i++) {
		if (by_owner_and_who(line_at(im, i - 1), line_at(im, i), e) <= 0)
			continue;
		qsort_r(im->lines, im->lines_n, im->entity->size, by_owner_and_who, e);
		return;
	}
}

/* The stored lines and those of the file, which come last and take their place; both in order of who. */
static struct roll
merged(struct importing *im, const struct roll *old, const char *lines, size_t n)
{
	const struct entity *e = im->entity;
	struct roll r = { .owner = old->owner, .v = arena_array(&im->row, old->n + n, e->size) };
	size_t i = 0, k = 0;

	while (i < old->n || k < n) {
		const void *stored = i < old->n ? roll_line(e, old, i) : NULL;
		void *given = k < n ? (void *)(uintptr_t)(lines + k * e->size) : NULL;
		const bool first = given == NULL || (stored != NULL && roll_who(e, stored) < roll_who(e, given));
		const bool both = !first && stored != NULL && roll_who(e, stored) == roll_who(e, given);

		if (both)
			(void)import_keep_absent(im, given, stored, 0);
		memcpy(roll_line(e, &r, r.n++), first ? stored : given, e->size);
		i += first || both;
		k += !first;
	}
	return r;
}

static const struct err *
save_roll(struct importing *im, const char *lines, size_t n)
{
	struct roll old = { .owner = roll_owner(im->entity, lines) }, r;
	const struct err *err = NULL;

	arena_clear(&im->row);
	/* In a table that was empty, a register can only be there when its lines stand apart in this file, or are very many. */
	if (!im->fresh || im->parted || (im->flushed && !im->in_order))
		err = roll_read(im->db, im->keeper, im->entity, old.owner, &im->row, &old);
	if (err != NULL)
		return err;
	r = merged(im, &old, lines, n);
	return roll_save(&im->save, im->entity, &r, &old);
}

/* Counts lines of the file: what else a register holds is no row of the import. */
static void
count(struct importing *im, int64_t inserted, int64_t updated, size_t rows)
{
	struct import_count *c = &im->report->of[entity_number_of(im->entity)];

	c->inserted += inserted;
	c->updated += updated;
	c->unchanged += (int64_t)rows - inserted - updated;
}

/* Every register but that of one session, whose lines stay (0: none). */
static const struct err *
write_gathered(struct importing *im, int64_t staying)
{
	const struct entity *e = im->entity;
	const int64_t inserted = im->save.inserted, updated = im->save.updated;
	const struct err *err = NULL;
	const size_t n = im->lines_n;
	size_t left = 0;

	sort(im);
	for (size_t first = 0, end = 0; first < n && err == NULL; first = end) {
		const int64_t owner = roll_owner(e, line_at(im, first));

		while (end < n && roll_owner(e, line_at(im, end)) == owner)
			end++;
		if (owner == staying) {
			left = end - first;
			memmove(im->lines, line_at(im, first), left * e->size);
		} else {
			err = save_roll(im, line_at(im, first), end - first);
		}
	}
	im->lines_n = left;
	im->flushed = true;
	count(im, im->save.inserted - inserted, im->save.updated - updated, n - left);
	return err;
}

static void
make_room(struct importing *im)
{
	if (im->lines_n < im->lines_cap)
		return;
	im->lines_cap = im->lines_cap == 0 ? ROOM_LEAST : im->lines_cap * 2;
	im->lines = realloc(im->lines, im->lines_cap * im->entity->size);
	if (im->lines == NULL)
		bug_oom(im->lines_cap * im->entity->size);
}

const struct err *
import_line(struct importing *im)
{
	const struct err *err;

	make_room(im);
	memcpy(line_at(im, im->lines_n++), im->record, im->entity->size);
	if (im->lines_n < import_gathered)
		return NULL;
	err = write_gathered(im, roll_owner(im->entity, im->record));
	if (err != NULL || im->lines_n < import_gathered)
		return err;
	im->parted = true;
	return write_gathered(im, 0);
}

const struct err *
import_lines_end(struct importing *im)
{
	const struct err *err = write_gathered(im, 0);

	import_lines_release(im);
	return err;
}

void
import_lines_release(struct importing *im)
{
	free(im->lines);
	im->lines = NULL;
	im->lines_n = im->lines_cap = 0;
	im->flushed = im->parted = false;
}
