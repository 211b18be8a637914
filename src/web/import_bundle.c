/* import_bundle.c - a bundle checked, or imported */
#include <string.h>

#include "base/moment.h"
#include "base/text.h"
#include "web/import_files.h"
#include "web/import_work.h"
#include "web/req.h"

struct hearing {
	struct problem_sink sink; /* first */
	struct found_list *found;
};

static void
hear(struct problem_sink *sink, const struct problem *p)
{
	found_add(((struct hearing *)sink)->found, p->level, p->line, p->file, p->column, p->value, p->expected);
}

struct telling {
	struct import_work *work;
	bool leave;
};

static void
advance(void *to, int64_t done, int64_t total)
{
	struct telling *t = to;

	if (t->work->go_on != NULL && !t->work->go_on(t->work->to, done, total))
		t->leave = true;
}

static bool
stopped(void *to)
{
	return ((struct telling *)to)->leave;
}

/* Messages name the file as the user does, and not by its place on the server. */
static const struct err *
in_words(struct import_work *w, const char *path, const struct err *e)
{
	const char *at = e == NULL ? NULL : strstr(e->what, path);
	str before;

	if (at == NULL)
		return e;
	before = (str){ e->what, (size_t)(at - e->what) };
	return err_new(w->arena, e->kind,
	    str_format(w->arena, "%.*s%.*s%s", STR_ARG(before), STR_ARG(w->import->name), at + strlen(path)).s, NULL, e->hint);
}

const struct err *
import_run_bundle(struct import_work *w, bool write)
{
	const struct viewer who = { .account = w->import->account };
	const char *path = import_file_path(w->arena, w->data, w->import->file, "");
	struct telling t = { .work = w };
	struct hearing h = { .sink.add = hear, .found = found_new(w->arena) };
	struct import_options o = { .at = moment_text(w->arena, w->now_ms),
		.actor = viewer_actor(w->arena, &who),
		.cause = S("import"),
		.now_ms = w->now_ms,
		.dry_run = !write,
		.progress = advance,
		.progress_to = &t,
		.stopped = stopped };
	struct outcome out = { 0 };
	const struct err *e = keeper_ref(w->db, w->arena, w->import->territory, &o.territory);

	if (e == NULL)
		e = in_words(w, path, bundle_import(w->db, w->arena, path, &o, &h.sink, &out.records));
	if (e == NULL)
		e = found_write(h.found, w);
	if (e != NULL)
		return e;
	out.rows = out.records.all.rows;
	out.faults = (int64_t)h.sink.faults;
	out.warnings = (int64_t)h.sink.warnings;
	if (out.faults > 0)
		out.records = (struct import_report){ 0 };
	w->import->report = outcome_text(w->arena, &out);
	w->import->state = write && out.faults == 0 ? IMPORT_DONE : IMPORT_CHECKED;
	return NULL;
}
