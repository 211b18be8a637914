/* shelf.c - what a figure costs from the shelf: asked again, read whole, and after a register was written.
 *
 *     shelf DATABASE KEEPER CONTRACT FROM TO     the database is written to: some registers are changed */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "figures/shelf.h"
#include "model/save.h"

static struct arena arena;

static double
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
must(const struct err *e)
{
	if (e == NULL)
		return;
	fprintf(stderr, "shelf: %s\n", e->what);
	exit(1);
}

static struct shelved
ask(struct shelf *s, struct db *db, char **at, period p)
{
	struct shelved out;
	const struct err *e;

	must(db_begin_read(db));
	e = shelf_take(s, db, atoll(at[2]), atoll(at[3]), p, &out);
	must(db_end(db, e));
	return out;
}

/* The minutes of one person at one session, as a trainer corrects them. */
static void
change_register(struct db *db, int64_t keeper, const struct book *b, int round)
{
	const struct book_session *x = &b->sessions.v[(round * 97) % b->sessions.n];
	const struct change change = { keeper, S("2025-06-15T12:00:00.000Z"), S("bench"), S("bench") };
	struct attendance was = { 0 }, now;
	struct save save;
	const struct err *e;
	bool found;

	if (x->first_attendance == x->end_attendance)
		return;
	was.session = x->id;
	was.person = b->person_keys.v[b->attendances.v[x->first_attendance].who];
	must(db_begin_write(db));
	must(save_open(&save, db, &change, 1750000000000));
	must(entity_by_key(db, keeper, &entities[ENTITY_attendances], &arena, &was, &found));
	now = was;
	now.minutes = was.minutes == 30 ? 60 : 30;
	e = entity_save(&save, &entities[ENTITY_attendances], &now, &was);
	save_close(&save);
	must(db_end(db, e));
}

int
main(int n, char **at)
{
	enum { HITS = 20000, ROUNDS = 50 };
	struct shelf *s = shelf_new((size_t)16 << 20), *fresh;
	double from, writes = 0, mends = 0;
	struct db *db, *writer;
	struct shelf_report r;
	period p;

	if (n != 6)
		return 2;
	p = (period){ day_parse(str_of(at[4])), day_parse(str_of(at[5])) };
	must(db_open(&arena, at[1], DB_READ, &db));
	must(db_open(&arena, at[1], DB_WRITE, &writer));
	(void)ask(s, db, at, p);

	from = seconds();
	for (int i = 0; i < ROUNDS; i++) {
		fresh = shelf_new((size_t)16 << 20);
		(void)ask(fresh, db, at, p);
		shelf_free(fresh);
	}
	printf("whole: %8.1f us CPU\n", (seconds() - from) / ROUNDS * 1e6);
	from = seconds();
	for (int i = 0; i < HITS; i++)
		(void)ask(s, db, at, p);
	printf("again: %8.1f us CPU, its read transaction included\n", (seconds() - from) / HITS * 1e6);
	from = seconds();
	for (int i = 0; i < HITS; i++) {
		must(db_begin_read(db));
		must(db_end(db, NULL));
	}
	printf("       %8.1f us CPU, an empty read transaction\n", (seconds() - from) / HITS * 1e6);
	for (int i = 0; i < ROUNDS; i++) {
		const struct book *b = ask(s, db, at, p).book;

		from = seconds();
		change_register(writer, atoll(at[2]), b, i);
		writes += seconds() - from;
		from = seconds();
		(void)ask(s, db, at, p);
		mends += seconds() - from;
	}
	r = shelf_report(s);
	printf("after a register: %8.1f us CPU (%lld mended, %lld read whole); the register itself %.1f us\n",
	    mends / ROUNDS * 1e6, (long long)r.mended, (long long)r.read, writes / ROUNDS * 1e6);
	printf("held: %zu contracts, %zu views, %.1f MB\n", r.contracts, r.views, (double)r.bytes / 1048576);
	shelf_free(s);
	db_close(db);
	db_close(writer);
	arena_release(&arena);
	return 0;
}
