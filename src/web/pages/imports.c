/* files on their way into the records: the list, a new one, dropping one */
#include <string.h>

#include "base/text.h"
#include "views.h"
#include "web/app.h"
#include "web/door.h"
#include "web/import_files.h"
#include "web/import_page.h"
#include "web/import_work.h"
#include "web/route.h"

const char *
import_state_words(const struct import *x)
{
	if (x->state == IMPORT_DONE)
		return tr("imported");
	return x->state == IMPORT_CHECKED ? tr("checked") : tr("begun");
}

enum flag
import_state_flag(const struct import *x)
{
	return x->state == IMPORT_DONE ? FLAG_GOOD : FLAG_INFO;
}

static const char *
done_words(str word)
{
	if (str_is(word, "efface"))
		return tr("The file is deleted from the server. Nothing of it was imported.");
	return str_is(word, "fini") ? tr("What was left of the file is deleted from the server.") : NULL;
}

static const struct err *
show_list(struct req *r, struct imports_page *p)
{
	struct page frame = { .title = str_of(tr("Import")), .menu = MENU_IMPORT, .done = done_words(req_query(r, "fait")) };
	struct import *list;
	const struct err *e = imports_list(r->db, r->arena, &r->viewer, &list, &p->n);

	if (e != NULL)
		return e;
	p->req = r;
	p->token = door_token(r);
	p->bundles = viewer_may(&r->viewer, RIGHT_IMPORT_BUNDLE);
	p->v = ARENA_ARRAY(r->arena, p->n, struct import_line);
	for (size_t i = 0; i < p->n; i++) {
		p->v[i] = (struct import_line){ .x = list[i], .own = list[i].account == r->viewer.account };
		outcome_read(list[i].report, &p->v[i].outcome);
		p->whose |= !p->v[i].own;
	}
	frame.fault = p->n_faults > 0;
	if (frame.fault)
		r->out->status = 422;
	imports_view(page_begin(r, &frame), p);
	return page_end(r);
}

const struct err *
imports_show(struct req *r)
{
	struct imports_page p = { 0 };

	return show_list(r, &p);
}

/* ---- a new file ---- */

static const struct err *
refuse(struct req *r, const char *words)
{
	struct fault_line fault = { .id = "fichier", .label = N_("Uploaded file"), .words = str_of(words) };
	struct imports_page p = { .faults = &fault, .n_faults = 1 };

	return show_list(r, &p);
}

static bool
ends_as(str name, str ending)
{
	return name.len >= ending.len && strncasecmp(name.s + name.len - ending.len, ending.s, ending.len) == 0;
}

/* A workbook is a zip too: the name tells which was meant, and the reader looks again. */
static bool
is_bundle(const struct form_field *file)
{
	return str_starts(file->value, S("PK")) && ends_as(file->filename, S(".zip"));
}

static const struct err *
insert(struct req *r, struct import_page *p)
{
	const struct err *e = db_begin_write(r->db);

	return e != NULL ? e : db_end(r->db, import_insert(r->db, r->arena, &r->viewer, &p->x, r->in->now_ms));
}

/* One that cannot be read at all leaves nothing behind. */
static const struct err *
take_back(struct req *r, struct import_page *p)
{
	const char *words = str_z(r->arena, p->x.message);
	const struct err *e = db_begin_write(r->db);

	import_files_drop(r->arena, r->setting->data, p->x.file);
	p->x.state = IMPORT_DROPPED;
	p->x.file = p->x.message = (str){ 0 };
	if (e == NULL)
		e = db_end(r->db, import_update(r->db, r->arena, &p->x, "file", r->in->now_ms));
	if (e != NULL)
		return e;
	buf_clear(&r->out->body);
	r->out->n = 0;
	return refuse(r, words);
}

static const struct err *
bring(struct req *r, const struct form_field *file, bool bundle)
{
	struct import_page p = { .req = r };
	const struct err *e = import_file_keep(r->arena, r->setting->data, file->value, &p.x.file);
	str key;

	if (e != NULL)
		return e;
	p.x.bundle = bundle;
	p.x.name = file->filename;
	p.x.bytes = (int64_t)file->value.len;
	p.x.job = NUMBER_NONE;
	if ((e = insert(r, &p)) != NULL) {
		import_files_drop(r->arena, r->setting->data, p.x.file);
		return e;
	}
	key = key_short(r->arena, p.x.id);
	p.base = str_format(r->arena, "/import/%.*s", STR_ARG(key));
	e = import_begin(&p, bundle ? IMPORT_CHECK : IMPORT_LOOK, "file");
	return e == NULL && p.x.message.len > 0 ? take_back(r, &p) : e;
}

const struct err *
import_add(struct req *r)
{
	const struct form_field *file = form_file(&r->form, "fichier");
	int64_t open;
	const struct err *e = imports_open(r->db, &r->viewer, &open);

	if (e != NULL)
		return e;
	if (!import_may_bring(&r->viewer))
		return reply_refused(r, RIGHT_IMPORT_LIST);
	if (file == NULL || file->filename.len == 0)
		return refuse(r, tr("Choose a file on your computer first."));
	if (file->value.len == 0)
		return refuse(r, tr("This file is empty. Choose the one that holds the rows."));
	if (open >= IMPORTS_OPEN)
		return refuse(r, tr("Ten of your files are under way already. End or abandon one of them, below."));
	if (is_bundle(file) && !viewer_may(&r->viewer, RIGHT_IMPORT_BUNDLE))
		return refuse(
		    r, tr("A .zip holds the records of the whole city: the coordinator imports it. Choose a spreadsheet."));
	return bring(r, file, is_bundle(file));
}

/* ---- leaving it ---- */

const struct err *
import_abandon(struct req *r)
{
	struct import_page p = { 0 };
	bool go, ended;
	str file;
	const struct err *e = import_page_open(r, &p, &go);

	if (e != NULL || !go)
		return e;
	if (p.x.doing == IMPORT_WRITE && import_busy(&p.x, p.job, r->in->now_ms))
		return reply_see(r, "%.*s", STR_ARG(p.base)); /* stopped first */
	if (p.job != NULL && job_open(p.job) && (e = job_stop(r->db, p.job, r->in->now_ms)) != NULL)
		return e;
	ended = p.x.state == IMPORT_DONE;
	file = p.x.file;
	p.x.state = ended ? IMPORT_DONE : IMPORT_DROPPED;
	p.x.doing = IMPORT_REST;
	p.x.file = p.x.message = (str){ 0 };
	if ((e = db_begin_write(r->db)) != NULL)
		return e;
	if ((e = db_end(r->db, import_update(r->db, r->arena, &p.x, "file", r->in->now_ms))) != NULL)
		return e;
	import_files_drop(r->arena, r->setting->data, file);
	return reply_see(r, ended ? "/import?fait=fini" : "/import?fait=efface");
}

/* ---- the page of the import itself: how far the work is, or on to its step ---- */

const struct err *
import_show(struct req *r)
{
	struct import_page p = { 0 };
	struct page frame;
	bool go;
	str url;
	const struct err *e = import_page_open(r, &p, &go);

	if (e != NULL || !go)
		return e;
	url = import_step_url(r->arena, &p.x);
	if (import_busy(&p.x, p.job, r->in->now_ms)) {
		const int64_t for_ms = r->in->now_ms - p.x.changed_ms;

		answer_header(r->out, S("Refresh"), for_ms < 20 * 1000 ? S("1") : for_ms < 120 * 1000 ? S("3") : S("10"));
		frame = import_frame(&p, p.x.doing == IMPORT_WRITE   ? tr("The import is under way")
					 : p.x.doing == IMPORT_CHECK ? tr("The check is under way")
								     : tr("The file is being read"));
		p.here = p.x.doing == IMPORT_WRITE ? STEP_IMPORT : p.x.doing == IMPORT_CHECK ? STEP_CHECK : STEP_FILE;
		import_working_view(page_begin(r, &frame), &p);
		return page_end(r);
	}
	if (!str_eq(url, p.base))
		return reply_see(r, "%.*s", STR_ARG(url));
	if (p.message == NULL)
		p.message = tr("This was interrupted, and nothing was written. Begin it again.");
	frame = import_frame(&p, tr("The file was not read"));
	import_file_view(page_begin(r, &frame), &p);
	return page_end(r);
}

/* What failed, once more. */
const struct err *
import_retry(struct req *r)
{
	struct import_page p = { 0 };
	bool go;
	const struct err *e = import_form_open(r, &p, IMPORT_FILE, &go);

	if (e != NULL || !go)
		return e;
	return import_begin(&p, p.x.bundle ? IMPORT_CHECK : IMPORT_LOOK, "file");
}
