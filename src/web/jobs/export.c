/* everything as a bundle, asked for from its page and fetched once by who asked */
#include <errno.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "exchange/bundle.h"
#include "web/app.h"
#include "web/exports.h"
#include "web/imports.h"
#include "web/jobs/jobs.h"

static void
advance(void *to, int64_t done, int64_t total)
{
	(void)job_progress(to, done, total);
}

/* Without its place on the server. */
static const struct err *
in_words(struct arena *a, const struct err *e)
{
	return err_new(a, e->kind, tr("The export cannot be kept on the server."), e->detail,
	    tr("Ask the administrator: is there room on the disk, and may the server write in its data folder?"));
}

const struct err *
job_export(struct job_work *w)
{
	const char *path = export_path(w->arena, w->setting->data, w->job.id);
	struct export_options o = { .progress = advance, .progress_to = w };
	int64_t rows = 0;
	const struct err *e = keeper_ref(w->db, w->arena, w->job.territory, &o.territory);

	if (e == NULL && mkdir(export_folder(w->arena, w->setting->data), 0700) != 0 && errno != EEXIST)
		e = err_system(w->arena, errno, tr("The file cannot be kept on the server."));
	if (e == NULL)
		e = bundle_export(w->db, w->arena, path, &o, &rows);
	if (e == NULL && !w->leave)
		e = job_trail(w, "exports", JOURNAL_INSERT);
	if (e != NULL || w->leave) {
		(void)unlink(path);
		return e == NULL || e->kind == ERR_INPUT ? e : in_words(w->arena, e);
	}
	w->message = str_format(w->arena, tr("%" PRId64 " records are ready to be fetched."), rows);
	return NULL;
}
