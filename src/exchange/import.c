/* import.c - a bundle into the database, in one transaction: all of it, or nothing and the list of all faults.
 * Every row goes through the one door (entity_save) as it is read, so memory stays flat and a row may point to an earlier one;
 * at the first fault nothing will be kept, but reading goes on to the end to list the others. */
#include <sodium.h>
#include <stdlib.h>

#include "base/text.h"
#include "exchange/importing.h"
#include "sql.h"

/* The first territory of the bundle, when it has any: its ref. */
static const struct err *
first_territory(struct importing *im, str *ref)
{
	const struct entity *e = &entities[ENTITY_territories];
	struct csv_source *source;
	struct csv_reader *csv;
	const struct err *err;
	struct csv_record row;
	struct problem_sink silent = problem_silence(); /* what is wrong with the file is told when it is imported */

	*ref = (str){ 0 };
	if (!bundle_has(im->bundle, e))
		return NULL;
	if ((err = bundle_file(im->bundle, e, &source)) != NULL)
		return err;
	im->entity = e;
	csv = csv_open(im->arena, source, S("territories.csv"), &silent);
	if (csv_next(csv, &row, &err)) {
		import_header(im, &row, false);
		if (im->ref_at < im->width && csv_next(csv, &row, &err) && im->ref_at < row.n)
			*ref = str_dup(im->arena, row.cells[im->ref_at]);
	}
	csv_close(csv);
	bundle_file_close(source);
	return err;
}

static const struct err *
new_keeper(struct importing *im, int64_t keeper)
{
	im->keeper = keeper;
	return keeper_add(im->db, keeper, im->options->at);
}

/* Where the records go: the keeper named by the user, else the one that has the bundle's territory already, else the only
 * one as long as it has no territory of its own, else a new one: two cities never mix by accident. */
static const struct err *
choose_keeper(struct importing *im)
{
	struct keepers_all_row row;
	struct db_rows rows;
	const struct err *err;
	int64_t count = 0, last = 0;
	bool has_territory = true;
	str territory;

	if (im->options->territory.len > 0)
		return keeper_find(im->db, im->arena, im->options->territory, &im->keeper);
	if ((err = first_territory(im, &territory)) != NULL || (err = keepers_all(im->db, &rows)) != NULL)
		return err;
	while (keepers_all_next(&rows, &row)) {
		count++;
		last = row.territory_id;
	}
	if ((err = db_done(&rows)) != NULL)
		return err;
	if (count == 0)
		return new_keeper(im, 1);
	if (territory.len == 0)
		return keeper_find(im->db, im->arena, territory, &im->keeper);
	err = keeper_find(im->db, im->arena, territory, &im->keeper);
	if (im->keeper > 0)
		return NULL;
	if (im->keeper < 0)
		return err;
	if (count == 1 && (err = entity_any(im->db, last, &entities[ENTITY_territories], &has_territory)) != NULL)
		return err;
	if (count == 1 && !has_territory) {
		im->keeper = last;
		return NULL;
	}
	return new_keeper(im, last + 1);
}

static void
add_counts(struct import_report *report)
{
	for (size_t i = 0; i < ENTITY_COUNT; i++) {
		report->all.rows += report->of[i].rows;
		report->all.inserted += report->of[i].inserted;
		report->all.updated += report->of[i].updated;
		report->all.unchanged += report->of[i].unchanged;
	}
}

static const struct err *
import_files(struct importing *im)
{
	const struct err *err;

	for (size_t i = 0; i < ENTITY_COUNT; i++) {
		if (bundle_has(im->bundle, &entities[i]) && (err = import_file(im, &entities[i])) != NULL)
			return err;
	}
	return import_cross_all(im);
}

static const struct err *
transaction(struct importing *im)
{
	const struct import_options *o = im->options;
	const struct err *err = db_begin_write(im->db);

	if (err != NULL)
		return err;
	err = choose_keeper(im);
	if (err == NULL)
		err = save_open(&im->save, im->db,
		    &(struct change){ .territory = im->keeper, .at = o->at, .actor = o->actor, .cause = o->cause }, o->now_ms);
	if (err == NULL)
		err = import_files(im);
	im->report->change = im->save.journal.written > 0 ? im->save.journal.change : 0;
	save_close(&im->save);
	if (err == NULL && (im->sink->faults > 0 || o->dry_run))
		return db_rollback(im->db);
	return db_end(im->db, err);
}

static const struct err *
nothing_there(struct importing *im, const char *path)
{
	for (size_t i = 0; i < ENTITY_COUNT; i++) {
		if (bundle_has(im->bundle, &entities[i]))
			return NULL;
	}
	if (im->sink->faults > 0)
		return NULL;
	return err_format(im->arena, ERR_INPUT, tr("A bundle holds files such as contracts.csv or people.csv."),
	    tr("%s holds no file of the format."), path);
}

/* The bundle is open; it is closed here. path: NULL when it stands in memory. */
static const struct err *
import_bundle(struct importing *im, const char *path)
{
	const struct err *err;

	randombytes_buf(&im->seed, sizeof im->seed);
	for (size_t i = 0; i < ENTITY_COUNT; i++)
		im->incomplete[i] = bundle_refused(im->bundle, &entities[i]);
	err = path == NULL ? NULL : nothing_there(im, path);
	if (err == NULL)
		err = transaction(im);
	add_counts(im->report);
	import_links_release(im);
	import_lines_release(im);
	import_cross_release(im);
	set_clear(&im->seen);
	buf_release(&im->key);
	buf_release(&im->last_key);
	arena_release(&im->row);
	bundle_close(im->bundle);
	return err;
}

const struct err *
bundle_import(struct db *db, struct arena *a, const char *path, const struct import_options *options, struct problem_sink *sink,
    struct import_report *report)
{
	struct importing im = { .db = db, .arena = a, .options = options, .sink = sink, .report = report };
	const struct err *err;

	*report = (struct import_report){ 0 };
	if ((err = bundle_open(a, path, sink, &im.bundle)) != NULL)
		return err;
	return import_bundle(&im, path);
}

const struct err *
bundle_import_texts(struct db *db, struct arena *a, const str texts[ENTITY_COUNT], const struct import_options *options,
    struct problem_sink *sink, struct import_report *report)
{
	struct importing im = { .db = db, .arena = a, .options = options, .sink = sink, .report = report };

	*report = (struct import_report){ 0 };
	im.bundle = bundle_of_texts(a, texts);
	return import_bundle(&im, NULL);
}
