#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "exchange/importing.h"

void
import_fault(struct importing *im, enum problem_level level, int64_t line, str column, str value, const char *expected)
{
	problem_add(im->sink,
	    &(struct problem){
		.level = level, .file = im->file, .line = line, .column = column, .value = value, .expected = str_of(expected) });
}

static uint64_t
bit(const struct entity *e, const struct field *f)
{
	return UINT64_C(1) << (f - e->fields);
}

static void
fault(struct importing *im, const struct field *f, str value, const char *expected)
{
	if (f->sensitivity == SENS_SENSITIVE)
		value = S("");
	im->wrong |= bit(im->entity, f);
	import_fault(im, PROBLEM_FAULT, im->line, str_of(f->csv), value, expected);
}

static const struct field *
field_of_heading(const struct entity *e, str heading)
{
	for (size_t i = 0; i < e->n; i++) {
		if (!e->fields[i].stays && str_is(heading, e->fields[i].csv))
			return &e->fields[i];
	}
	return NULL;
}

static str
headings(struct importing *im)
{
	struct buf list = { 0 };

	for (size_t i = 0; i < im->entity->n; i++) {
		if (!im->entity->fields[i].stays)
			buf_format(&list, "%s%s", i == 0 ? "" : ", ", im->entity->fields[i].csv);
	}
	return buf_kept(&list, im->arena);
}

/* What rows of other files name a row of this one by: its ref; a local indicator is named by itself. */
static bool
is_name(const struct entity *e, const struct field *f)
{
	return f->kind == KIND_REF || (entity_number_of(e) == ENTITY_local_indicators && f == entity_field(e, "indicator"));
}

static void
take_column(struct importing *im, size_t at, const struct field *f)
{
	im->columns[at] = f;
	im->present |= bit(im->entity, f);
	if (is_name(im->entity, f))
		im->ref_at = at;
	if (f->kind == KIND_LINK || f->kind == KIND_LINKS)
		im->targets[at] = entity_named(str_of(f->to));
}

void
import_header(struct importing *im, const struct csv_record *header, bool loud)
{
	const struct entity *e = im->entity;

	im->present = im->missing = 0;
	im->ref_at = SIZE_MAX;
	im->width = header->n;
	for (size_t i = 0; i < header->n; i++) {
		const struct field *f = field_of_heading(e, header->cells[i]);

		im->columns[i] = NULL;
		if (f != NULL && (im->present & bit(e, f)) == 0)
			take_column(im, i, f);
		else if (loud && f != NULL)
			import_fault(im, PROBLEM_FAULT, header->line, header->cells[i], S(""), tr("each column once"));
		else if (loud)
			import_fault(im, PROBLEM_FAULT, header->line, header->cells[i], S(""),
			    str_format(im->arena, tr("a column of the format: %.*s"), STR_ARG(headings(im))).s);
	}
	for (size_t i = 0; i < e->n; i++) {
		const struct field *f = &e->fields[i];

		if ((im->present & bit(e, f)) != 0 || !(f->required || f->kind == KIND_REF))
			continue;
		im->missing |= bit(e, f);
		if (loud)
			import_fault(im, PROBLEM_FAULT, header->line, str_of(f->csv), S(""), tr("this column: it is required"));
	}
}

static const struct err *
read_link(struct importing *im, const struct field *f, const struct entity *target, str cell)
{
	int64_t *to = field_at(f, im->record), id;
	const struct err *err;

	*to = NUMBER_NONE;
	if (cell.len == 0)
		return NULL;
	if ((err = import_resolve(im, target, cell, str_of(f->csv), &id)) != NULL)
		return err;
	if (id == 0) {
		fault(im, f, cell, str_format(&im->row, tr("the reference of a record of %s.csv or of the database"), f->to).s);
		im->key_wrong |= f->key;
	} else {
		im->is_blocked |= id < 0;
		*to = id;
	}
	return NULL;
}

/* A list of refs is kept as text, but each must point to something. */
static const struct err *
check_links(struct importing *im, const struct field *f, const struct entity *target, str list)
{
	const struct err *err;
	int64_t id;

	while (list.s != NULL && list.len > 0) {
		str ref = str_cut(list, ';', &list);

		if ((err = import_resolve(im, target, ref, str_of(f->csv), &id)) != NULL)
			return err;
		if (id == 0)
			fault(im, f, ref,
			    str_format(&im->row, tr("the reference of a record of %s.csv or of the database"), f->to).s);
		im->is_blocked |= id < 0;
	}
	return NULL;
}

static const struct err *
read_cell(struct importing *im, size_t at, str cell)
{
	const struct field *f = im->columns[at];
	const char *expected;

	if (f->kind == KIND_LINK)
		return read_link(im, f, im->targets[at], cell);
	expected = field_read(f, cell, im->record, &im->row);
	if (expected != NULL) {
		fault(im, f, cell, expected);
		im->key_wrong |= f->key || f->kind == KIND_REF;
		return NULL;
	}
	return f->kind == KIND_LINKS ? check_links(im, f, im->targets[at], cell) : NULL;
}

/* A required key that is empty is reported by entity_check; without it nothing can be looked up. */
static bool
key_absent(const struct importing *im)
{
	for (size_t i = 0; i < im->entity->n; i++) {
		const struct field *f = &im->entity->fields[i];

		if ((f->kind == KIND_REF || (f->key && f->required)) && field_absent(f, im->record))
			return true;
	}
	return false;
}

static const struct err *
find_stored(struct importing *im, bool *found)
{
	const struct entity *e = im->entity;

	*found = false;
	/* A line meets the stored one in its roll; before, only when that one may hold what this one leaves empty. */
	if (im->fresh || im->key_wrong || im->is_blocked || (e->linked && !im->options->keep_empty))
		return NULL;
	if (e->has_ref)
		return entity_by_ref(
		    im->db, im->keeper, e, *(const str *)field_at(&e->fields[0], im->record), &im->row, im->old, found);
	memcpy(im->old, im->record, e->size);
	return entity_by_key(im->db, im->keeper, e, &im->row, im->old, found);
}

uint64_t
import_keep_absent(const struct importing *im, void *record, const void *old, uint64_t wrong)
{
	uint64_t kept = ~im->present;

	for (size_t i = 0; i < im->entity->n; i++) {
		const struct field *f = &im->entity->fields[i];
		size_t size = f->kind == KIND_DATE ? sizeof(day) : field_is_text(f->kind) ? sizeof(str) : sizeof(int64_t);

		if (im->options->keep_empty && field_absent(f, record) && (wrong & bit(im->entity, f)) == 0)
			kept |= bit(im->entity, f);
		if ((kept & bit(im->entity, f)) != 0)
			memcpy(field_at(f, record), field_at(f, old), size);
	}
	return kept;
}

static const struct err *
save_row(struct importing *im, bool found)
{
	const struct entity *e = im->entity;
	struct import_count *count = &im->report->of[entity_number_of(e)];
	int64_t inserted = im->save.inserted, updated = im->save.updated, unchanged = im->save.unchanged;
	struct record *r = im->record;
	const struct err *err;

	if (!found && e->has_ref)
		r->id = import_expected(im, *(const str *)field_at(&e->fields[0], im->record));
	if ((err = entity_save(&im->save, e, im->record, found ? im->old : NULL)) != NULL)
		return err;
	count->inserted += im->save.inserted - inserted;
	count->updated += im->save.updated - updated;
	count->unchanged += im->save.unchanged - unchanged;
	import_cross_saved(im);
	if (e->has_ref)
		import_learn(im, e, *(const str *)field_at(&e->fields[0], im->record), r->id);
	return NULL;
}

/* Names the whole key: its columns and its values. */
static void
twice(struct importing *im, const str *cells)
{
	struct buf columns = { 0 }, values = { 0 };

	for (size_t i = 0; i < im->width; i++) {
		const struct field *f = im->columns[i];

		if (f == NULL || !(f->key || f->kind == KIND_REF))
			continue;
		buf_add(&columns, columns.len > 0 ? S(" ") : S(""));
		buf_add(&columns, str_of(f->csv));
		buf_add(&values, values.len > 0 ? S(" ") : S(""));
		buf_add(&values, cells[i]);
	}
	import_fault(im, PROBLEM_FAULT, im->line, buf_str(&columns), buf_str(&values),
	    tr("each key once in a file: this record stands on an earlier line too"));
	buf_release(&columns);
	buf_release(&values);
}

/* Whoever points to this row is not wrong for it. */
static const struct err *
block_row(struct importing *im, const struct csv_record *row)
{
	if (im->ref_at >= row->n || (row->wrong && row->cells[im->ref_at].len == 0))
		im->incomplete[entity_number_of(im->entity)] = true;
	else
		import_block(im, im->entity, row->cells[im->ref_at]);
	return NULL;
}

static const struct err *
read_row(struct importing *im, const str *cells)
{
	const struct err *err;
	bool again = false;

	arena_clear(&im->row);
	entity_clear(im->entity, im->record);
	im->key_wrong = im->is_blocked = false;
	im->wrong = im->missing;
	for (size_t i = 0; i < im->width; i++) {
		if (im->columns[i] != NULL && (err = read_cell(im, i, cells[i])) != NULL)
			return err;
	}
	im->key_wrong |= key_absent(im);
	if (!im->key_wrong && (err = import_seen(im, cells, &again)) != NULL)
		return err;
	if (again)
		twice(im, cells);
	return NULL;
}

/* All that is wrong with a row is told at once; one without fault is saved as if the others had none either. */
static const struct err *
import_row(struct importing *im, const struct csv_record *row)
{
	const size_t faults = im->sink->faults;
	bool found = false;
	const struct err *err;

	im->line = row->line;
	if (row->wrong)
		return block_row(im, row);
	if ((err = read_row(im, row->cells)) != NULL || (err = find_stored(im, &found)) != NULL)
		return err;
	im->kept = 0;
	if (found)
		im->kept = import_keep_absent(im, im->record, im->old, im->wrong);
	entity_check(im->entity, im->record, im->wrong, im->kept, im->sink, im->file, im->line);
	if (im->sink->faults > faults || im->is_blocked || im->missing != 0)
		return block_row(im, row);
	if ((err = import_cross_row(im)) != NULL)
		return err;
	if (im->sink->faults > faults)
		return block_row(im, row);
	return im->entity->linked ? import_line(im) : save_row(im, found);
}

static void
begin_file(struct importing *im, const struct entity *e)
{
	im->entity = e;
	im->file = str_format(im->arena, "%s.csv", e->name);
	im->in_order = true;
	buf_clear(&im->last_key);
	set_clear(&im->seen);
	im->record = calloc(1, e->size);
	im->old = calloc(1, e->size);
	if (im->record == NULL || im->old == NULL)
		bug_oom(e->size);
}

static const struct err *
import_rows(struct importing *im, struct csv_reader *csv)
{
	const size_t faults = im->sink->faults;
	const struct err *err = NULL;
	struct csv_record row;

	if (!csv_next(csv, &row, &err)) {
		if (err == NULL && im->sink->faults == faults)
			import_fault(im, PROBLEM_FAULT, 1, S(""), S(""), tr("a header line"));
		im->incomplete[entity_number_of(im->entity)] = true;
		return err;
	}
	import_header(im, &row, true);
	while (csv_next(csv, &row, &err)) {
		int64_t rows = ++im->report->of[entity_number_of(im->entity)].rows;

		if ((err = import_row(im, &row)) != NULL)
			return err;
		if (rows % 512 == 0 && im->options->progress != NULL)
			im->options->progress(im->options->progress_to, bundle_done(im->bundle), bundle_bytes(im->bundle));
		if (rows % 512 == 0 && im->options->stopped != NULL && im->options->stopped(im->options->progress_to))
			return err_new(im->arena, ERR_INPUT, tr("The import was stopped: nothing was written."), NULL, NULL);
	}
	return err;
}

const struct err *
import_file(struct importing *im, const struct entity *e)
{
	struct csv_source *source;
	struct csv_reader *csv;
	const struct err *err;
	bool any;

	if ((err = entity_any(im->db, im->keeper, e, &any)) != NULL || (err = bundle_file(im->bundle, e, &source)) != NULL)
		return err;
	begin_file(im, e);
	im->fresh = !any;
	csv = csv_open(im->arena, source, im->file, im->sink);
	err = import_rows(im, csv);
	im->incomplete[entity_number_of(e)] |= csv_cut(csv) || (im->ref_at == SIZE_MAX && im->missing != 0);
	csv_close(csv);
	bundle_file_close(source);
	if (err == NULL)
		err = import_settle(im);
	if (err == NULL && e->linked)
		err = import_lines_end(im);
	if (err == NULL)
		err = import_cross_file(im);
	free(im->record);
	free(im->old);
	return err;
}
