#include "web/imports.h"

#include <inttypes.h>

#include "access/trail.h"
#include "base/text.h"
#include "model/key.h"
#include "model/plan.h"
#include "sql.h"
#include "web/import_files.h"

static const int64_t day_ms = INT64_C(24) * 3600 * 1000;
enum { FILES_DAYS = 7, ROWS_DAYS = 365 };

static const char *const states[IMPORT_STATES] = { "file", "sheet", "columns", "checked", "done", "dropped" };
static const char *const tasks[IMPORT_TASKS] = { NULL, "look", "guess", "check", "write" };

static int
word_of(const char *const *words, int n, str s)
{
	for (int i = 0; i < n; i++) {
		if (words[i] != NULL && str_is(s, words[i]))
			return i;
	}
	return 0;
}

/* ---- what came of it ---- */

str
outcome_text(struct arena *a, const struct outcome *o)
{
	struct buf b = { 0 };

	buf_format(&b, "rows %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 "\n", o->rows, o->refused, o->ignored,
	    o->faults, o->warnings);
	for (size_t i = 0; i < ENTITY_COUNT; i++) {
		const struct import_count *c = &o->records.of[i];

		if (c->rows > 0)
			buf_format(&b, "%s %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 "\n", entities[i].name, c->rows,
			    c->inserted, c->updated, c->unchanged);
	}
	buf_format(&b, "change %" PRId64 " %" PRId64 "\n", o->records.change, o->undone);
	return buf_kept(&b, a);
}

static int64_t
next_number(str *rest)
{
	number n = str_number(str_cut(*rest, ' ', rest));

	return n.ok ? n.value : 0;
}

static void
add_count(struct outcome *o, const struct entity *e, str numbers)
{
	struct import_count *c = &o->records.of[entity_number_of(e)], *all = &o->records.all;

	c->rows = next_number(&numbers);
	c->inserted = next_number(&numbers);
	c->updated = next_number(&numbers);
	c->unchanged = next_number(&numbers);
	all->rows += c->rows;
	all->inserted += c->inserted;
	all->updated += c->updated;
	all->unchanged += c->unchanged;
}

void
outcome_read(str text, struct outcome *o)
{
	*o = (struct outcome){ 0 };
	while (text.len > 0) {
		str numbers, line = str_cut(text, '\n', &text), name = str_cut(line, ' ', &numbers);
		const struct entity *e = entity_named(name);

		if (e != NULL) {
			add_count(o, e, numbers);
		} else if (str_is(name, "rows")) {
			o->rows = next_number(&numbers);
			o->refused = next_number(&numbers);
			o->ignored = next_number(&numbers);
			o->faults = next_number(&numbers);
			o->warnings = next_number(&numbers);
		} else if (str_is(name, "change")) {
			o->records.change = next_number(&numbers);
			o->undone = next_number(&numbers);
		}
	}
}

/* ---- reading ---- */

static void
fill(struct arena *a, const struct import_by_id_row *row, struct import *x)
{
	*x = (struct import){ .territory = row->territory,
		.id = row->id,
		.account = row->account,
		.version = row->version,
		.bundle = str_is(row->kind, "bundle"),
		.state = (enum import_state)word_of(states, IMPORT_STATES, row->state),
		.doing = (enum import_task)word_of(tasks, IMPORT_TASKS, row->doing),
		.job = row->job,
		.file = str_dup(a, row->file),
		.name = str_dup(a, row->name),
		.bytes = row->bytes,
		.sheet = row->sheet,
		.rows_are = str_dup(a, row->rows_are),
		.organisation = row->organisation,
		.action = row->action,
		.organisation_ref = str_dup(a, row->organisation_ref),
		.organisation_name = str_dup(a, row->organisation_name),
		.action_ref = str_dup(a, row->action_ref),
		.action_title = str_dup(a, row->action_title),
		.columns = str_dup(a, row->columns),
		.entered_on = row->entered_on,
		.from = row->from_date,
		.to = row->to_date,
		.minutes = row->minutes,
		.session_kind = str_dup(a, row->session_kind),
		.act = str_dup(a, row->act),
		.new_people = row->new_people == 1,
		.message = str_dup(a, row->message),
		.report = str_dup(a, row->report),
		.made_ms = row->made_ms,
		.changed_ms = row->changed_ms,
		.who = str_dup(a, row->who) };
}

const struct err *
import_read(struct db *db, struct arena *a, const struct viewer *v, int64_t id, struct import *x, bool *found)
{
	struct import_by_id_row row;
	struct db_rows rows;

	*found = false;
	(void)import_by_id(db, &rows, v->territory, id);
	while (import_by_id_next(&rows, &row)) {
		fill(a, &row, x);
		*found = x->account == v->account && viewer_may(v, x->bundle ? RIGHT_IMPORT_BUNDLE : RIGHT_IMPORT_LIST);
	}
	return db_done(&rows);
}

const struct err *
imports_list(struct db *db, struct arena *a, const struct viewer *v, struct import **list, size_t *n)
{
	int64_t own = viewer_limit(v, RIGHT_IMPORT_LIST);
	struct import_by_id_row row;
	struct db_rows rows;

	*list = ARENA_ARRAY(a, IMPORTS_LISTED, struct import);
	*n = 0;
	(void)imports_newest(db, &rows, v->territory, v->account, own == 0 ? NUMBER_NONE : own, IMPORTS_LISTED);
	while (imports_newest_next(&rows, &row))
		fill(a, &row, &(*list)[(*n)++]);
	return db_done(&rows);
}

const struct err *
imports_open(struct db *db, const struct viewer *v, int64_t *n)
{
	struct imports_open_of_row row;
	struct db_rows rows;

	*n = 0;
	(void)imports_open_of(db, &rows, v->territory, v->account);
	while (imports_open_of_next(&rows, &row))
		*n = row.n;
	return db_done(&rows);
}

const struct err *
keeper_ref(struct db *db, struct arena *a, int64_t territory, str *ref)
{
	struct territory_ref_row row;
	struct db_rows rows;

	*ref = S("");
	(void)territory_ref(db, &rows, territory);
	while (territory_ref_next(&rows, &row))
		*ref = str_dup(a, row.ref);
	return db_done(&rows);
}

/* ---- writing ---- */

static const struct err *
trail(struct db *db, struct arena *a, const struct import *x, enum journal_action action, const char *fields, int64_t now_ms)
{
	struct journal j;
	const struct err *e = trail_open(db, a, x->territory, x->account, "import", now_ms, &j);

	return e != NULL ? e : trail_add(&j, "imports", x->id, 0, action, str_of(fields));
}

static const struct err *
put_row(struct db *db, const struct import *x, int64_t now_ms)
{
	return import_row_put(db, x->territory, x->id, str_of(states[x->state]), str_of(tasks[x->doing]), x->job, x->version,
	    x->file, x->sheet, x->rows_are, x->organisation, x->action, x->columns, x->entered_on, x->minutes, x->session_kind,
	    x->act, x->from, x->to, x->new_people, x->message, x->report, now_ms);
}

const struct err *
import_insert(struct db *db, struct arena *a, const struct viewer *v, struct import *x, int64_t now_ms)
{
	struct keymaker keys = { .now_ms = now_ms };
	struct import_last_row row;
	struct db_rows rows;
	const struct err *e;

	(void)import_last(db, &rows, v->territory);
	while (import_last_next(&rows, &row))
		if (row.id > 0)
			key_above(&keys, row.id);
	if ((e = db_done(&rows)) != NULL)
		return e;
	x->territory = v->territory;
	x->account = v->account;
	x->id = key_next(&keys);
	x->version = 1;
	x->made_ms = x->changed_ms = now_ms;
	x->organisation = x->action = x->minutes = NUMBER_NONE;
	x->entered_on = x->from = x->to = DAY_NONE;
	e = import_row_add(db, x->territory, x->id, x->account, x->bundle ? S("bundle") : S("spreadsheet"),
	    str_of(states[x->state]), str_of(tasks[x->doing]), x->job, x->file, x->name, x->bytes, now_ms);
	return e != NULL ? e : trail(db, a, x, JOURNAL_INSERT, "*", now_ms);
}

static const struct err *
same_version(struct db *db, struct arena *a, const struct import *x)
{
	struct import_by_id_row row;
	struct db_rows rows;
	int64_t version = 0;
	const struct err *e;

	(void)import_by_id(db, &rows, x->territory, x->id);
	while (import_by_id_next(&rows, &row))
		version = row.version;
	if ((e = db_done(&rows)) != NULL || version == x->version)
		return e;
	return err_new(a, ERR_CONFLICT, tr("This import went on in another window meanwhile."), NULL,
	    tr("Open it again: it is shown as it stands now."));
}

const struct err *
import_update(struct db *db, struct arena *a, struct import *x, const char *fields, int64_t now_ms)
{
	const struct err *e = same_version(db, a, x);

	if (e != NULL)
		return e;
	x->version++;
	x->changed_ms = now_ms;
	e = put_row(db, x, now_ms);
	return e != NULL ? e : trail(db, a, x, x->state == IMPORT_DROPPED ? JOURNAL_DELETE : JOURNAL_UPDATE, fields, now_ms);
}

/* ---- what was left ---- */

static const struct err *
drop_stale(struct db *db, struct arena *a, const char *data, int64_t now_ms)
{
	PLAN_LIST(struct import) stale = { 0 };
	struct imports_stale_row row;
	struct db_rows rows;
	const struct err *e;

	(void)imports_stale(db, &rows, now_ms - FILES_DAYS * day_ms);
	while (imports_stale_next(&rows, &row))
		*PLAN_ADD(a, &stale) = (struct import){ .territory = row.territory,
			.id = row.id,
			.account = row.account,
			.file = str_dup(a, row.file),
			.state = (enum import_state)word_of(states, IMPORT_STATES, row.state) };
	e = db_done(&rows);
	for (size_t i = 0; i < stale.n && e == NULL; i++) {
		struct import *x = &stale.v[i];

		import_files_drop(a, data, x->file);
		e = import_forget_file(
		    db, x->territory, x->id, str_of(states[x->state == IMPORT_DONE ? IMPORT_DONE : IMPORT_DROPPED]));
		if (e == NULL)
			e = trail(db, a, x, JOURNAL_DELETE, "file", now_ms);
	}
	return e;
}

const struct err *
imports_sweep(struct db *db, struct arena *a, const char *data, int64_t now_ms)
{
	const struct err *e = db_begin_write(db);

	if (e != NULL)
		return e;
	if ((e = drop_stale(db, a, data, now_ms)) == NULL)
		e = imports_purge(db, now_ms - ROWS_DAYS * day_ms);
	import_files_sweep(a, data, now_ms - (FILES_DAYS + 1) * day_ms);
	return db_end(db, e);
}
