/* everything as a bundle: asked for, made by the job process, fetched once */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "access/trail.h"
#include "base/text.h"
#include "views.h"
#include "web/app.h"
#include "web/door.h"
#include "web/exports.h"
#include "web/import_page.h"
#include "web/route.h"

/* The viewer's own last one. */
static const struct err *
last_of(struct req *r, struct export_page *p)
{
	struct job *list;
	size_t n;
	const struct err *e = job_list(r->db, r->arena, &r->viewer, &list, &n);

	for (size_t i = 0; e == NULL && i < n && p->job == NULL; i++) {
		if (list[i].kind == JOB_export && list[i].account == r->viewer.account)
			p->job = &list[i];
	}
	if (p->job != NULL && p->job->state == JOB_STATE_DONE)
		p->ready = access(export_path(r->arena, r->setting->data, p->job->id), R_OK) == 0;
	return e;
}

const struct err *
export_show(struct req *r)
{
	struct export_page p = { .req = r, .token = door_token(r) };
	struct page frame = { .title = str_of(tr("Export")), .menu = MENU_IMPORT };
	const struct err *e = last_of(r, &p);

	if (e != NULL)
		return e;
	page_crumb(&frame, str_of(tr("Import")), S("/import"));
	if (p.job != NULL && job_open(p.job))
		answer_header(r->out, S("Refresh"), S("2"));
	export_view(page_begin(r, &frame), &p);
	return page_end(r);
}

const struct err *
export_ask(struct req *r)
{
	struct export_page p = { .req = r };
	int64_t id;
	const struct err *e = last_of(r, &p);

	if (e != NULL)
		return e;
	if (r->viewer.looking)
		return reply_refused(r, RIGHT_IMPORT_BUNDLE);
	if (p.job == NULL || !job_open(p.job)) {
		if (p.job != NULL)
			(void)unlink(export_path(r->arena, r->setting->data, p.job->id));
		e = job_add(r->db, r->arena, &r->viewer, JOB_export, (str){ 0 }, "/export", r->in->now_ms, &id);
	}
	return e != NULL ? e : reply_see(r, "/export");
}

static const struct err *
note_fetched(struct req *r, int64_t id)
{
	struct journal j;
	const struct err *e = db_begin_write(r->db);

	if (e != NULL)
		return e;
	e = trail_open(r->db, r->arena, r->viewer.territory, r->viewer.account, "export", r->in->now_ms, &j);
	if (e == NULL)
		e = trail_add(&j, "exports", id, 0, JOURNAL_READ, S("*"));
	return db_end(r->db, e);
}

/* Once: it names people, and stands nowhere afterwards. */
const struct err *
export_fetch(struct req *r)
{
	struct job job;
	bool found;
	const char *path;
	int file;
	const struct err *e = job_read(r->db, r->arena, &r->viewer, key_long(r->parts[0]), &job, &found);

	if (e != NULL)
		return e;
	if (!found || job.kind != JOB_export || job.account != r->viewer.account || r->viewer.looking)
		return reply_missing(r);
	path = export_path(r->arena, r->setting->data, job.id);
	if ((file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)) < 0)
		return reply_see(r, "/export");
	if ((e = note_fetched(r, job.id)) != NULL) {
		(void)close(file);
		return e;
	}
	(void)unlink(path);
	r->out->file = file;
	return reply_file(r, "application/zip", "jalon.zip");
}
