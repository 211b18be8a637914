/* the whole database sealed into one file, asked for from its page and downloaded there */
#include <unistd.h>

#include "base/shown.h"
#include "base/text.h"
#include "upkeep/backup.h"
#include "web/app.h"
#include "web/backups.h"
#include "web/jobs/jobs.h"

const char *
backup_path(struct arena *a, const char *data, int64_t job)
{
	return str_format(a, "%s/backup-%lld.jalon", data, (long long)job).s;
}

static bool
go_on(void *to, int64_t done, int64_t total)
{
	return job_progress(to, done, total);
}

/* The one before makes room: a disk that fills up with backups stops the server. */
static const struct err *
drop_last(struct job_work *w)
{
	struct job last;
	bool found;
	const struct err *e = job_last(w->db, w->arena, w->job.territory, JOB_backup, &last, &found);

	if (e == NULL && found)
		(void)unlink(backup_path(w->arena, w->setting->data, last.id));
	return e;
}

static str
ready(struct arena *a, int64_t bytes)
{
	struct buf size = { 0 };
	str words;

	shown_number(&size, (bytes + 1023) / 1024);
	words = str_format(a, tr("The backup is ready to be downloaded: %.*s KB."), STR_ARG(buf_str(&size)));
	buf_release(&size);
	return words;
}

const struct err *
job_backup(struct job_work *w)
{
	const struct watch watch = { .go_on = go_on, .to = w };
	const char *path = backup_path(w->arena, w->setting->data, w->job.id);
	int64_t bytes;
	bool left;
	const struct err *e;

	(void)unlink(path); /* of a try that a crash ended */
	e = backup_make(w->db, w->arena, path, &watch, &bytes, &left);
	if (e != NULL || left)
		return e;
	if ((e = drop_last(w)) != NULL)
		return e;
	w->message = ready(w->arena, bytes);
	w->result = str_format(w->arena, "%lld", (long long)bytes);
	return job_trail(w, "backups", JOURNAL_INSERT);
}
