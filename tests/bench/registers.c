/* registers.c - registers written at a steady pace, each durable, as people hand them in while others read.
 *
 *     registers DATABASE KEEPER CONTRACT FROM TO EACH_SECOND SECONDS     says how many, and what the slowest took */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "figures/shelf.h"
#include "model/save.h"

static struct arena arena;

static void
must(const struct err *e)
{
	if (e == NULL)
		return;
	fprintf(stderr, "registers: %s\n", e->what);
	exit(1);
}

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
sleep_until(double at)
{
	const double left = at - now();

	if (left > 0)
		nanosleep(&(struct timespec){ (time_t)left, (long)((left - (double)(time_t)left) * 1e9) }, NULL);
}

static const struct book *
read_book(struct db *db, char **at)
{
	struct shelf *s = shelf_new((size_t)64 << 20); /* lives as long as the program */
	struct shelved out;
	const period p = { day_parse(str_of(at[4])), day_parse(str_of(at[5])) };

	must(db_begin_read(db));
	must(db_end(db, shelf_take(s, db, atoll(at[2]), atoll(at[3]), p, &out)));
	return out.book;
}

/* The minutes of one person at one session, as a trainer corrects them; false: nobody was there. */
static bool
change_one(struct db *db, struct arena *a, int64_t keeper, const struct book *b, int round)
{
	const struct book_session *x = &b->sessions.v[((size_t)round * 97) % b->sessions.n];
	const struct change change = { keeper, S("2025-06-15T12:00:00.000Z"), S("bench"), S("bench") };
	struct attendance was = { .session = x->id }, then;
	struct save save;
	const struct err *e;
	bool found;

	if (x->first_attendance == x->end_attendance)
		return false;
	was.person = b->person_keys.v[b->attendances.v[x->first_attendance].who];
	must(db_begin_write(db));
	must(save_open(&save, db, &change, 1750000000000));
	must(entity_by_key(db, keeper, &entities[ENTITY_attendances], a, &was, &found));
	then = was;
	then.minutes = was.minutes == 30 ? 60 : 30;
	e = entity_save(&save, &entities[ENTITY_attendances], &then, &was);
	save_close(&save);
	must(db_end(db, e));
	return true;
}

int
main(int n, char **at)
{
	double began, slowest = 0;
	const struct book *b;
	struct arena one = { 0 };
	struct db *db;
	int done = 0;

	if (n != 8)
		return 2;
	must(db_open(&arena, at[1], DB_WRITE, &db));
	b = read_book(db, at);
	began = now();
	for (int i = 0; now() - began < atof(at[7]); i++) {
		const double from = now();

		arena_clear(&one);
		if (!change_one(db, &one, atoll(at[2]), b, i))
			continue;
		slowest = now() - from > slowest ? now() - from : slowest;
		sleep_until(began + ++done / atof(at[6]));
	}
	printf("%d registers, %.0f each second, the slowest %.1f ms\n", done, done / (now() - began), slowest * 1e3);
	db_close(db);
	arena_release(&one);
	arena_release(&arena);
	return 0;
}
