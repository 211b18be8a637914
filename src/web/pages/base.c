/* the database: its state in words, verifying it, backing it up, bringing it back */
#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "access/trail.h"
#include "base/moment.h"
#include "base/text.h"
#include "sql.h"
#include "views.h"
#include "web/app.h"
#include "web/backups.h"
#include "web/base_page.h"
#include "web/door.h"
#include "web/page.h"
#include "web/route.h"

bool
base_old(const struct base_page *p, const struct job *job, int days)
{
	return p->req->in->now_ms - job->ended_ms > (int64_t)days * 24 * 3600 * 1000;
}

/* "4f2a 91c0 ...": to be read aloud, copied and compared. */
static str
grouped(struct arena *a, str hash)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < hash.len; i++)
		buf_format(&b, "%s%02x", i > 0 && i % 2 == 0 ? " " : "", (unsigned char)hash.s[i]);
	return buf_kept(&b, a);
}

static const struct err *
read_head(struct base_page *p)
{
	struct req *r = p->req;
	struct journal_head_row row;
	struct db_rows rows;

	(void)journal_head(r->db, &rows, r->viewer.territory);
	while (journal_head_next(&rows, &row)) {
		p->rows = row.seq;
		p->head = grouped(r->arena, row.hash);
	}
	return db_done(&rows);
}

static const struct err *
read_size(struct base_page *p)
{
	struct database_size_row row;
	struct statvfs disk;
	struct db_rows rows;

	(void)database_size(p->req->db, &rows);
	while (database_size_next(&rows, &row))
		p->bytes = row.bytes;
	p->free = p->req->setting->data != NULL && statvfs(p->req->setting->data, &disk) == 0
		      ? (int64_t)disk.f_bavail * (int64_t)disk.f_frsize
		      : -1;
	return db_done(&rows);
}

static const struct err *
read_works(struct base_page *p)
{
	struct req *r = p->req;
	enum { SHOWN = 5 };
	struct job *all;
	size_t n;
	const struct err *e = job_list(r->db, r->arena, &r->viewer, &all, &n);

	p->works = all;
	for (size_t i = 0; e == NULL && i < n && p->n < SHOWN; i++)
		if (all[i].kind == JOB_check || all[i].kind == JOB_backup)
			p->works[p->n++] = all[i];
	return e;
}

static const struct err *
read_last(struct base_page *p)
{
	struct req *r = p->req;
	const int64_t territory = r->viewer.territory;
	const struct err *e = job_last(r->db, r->arena, territory, JOB_check, &p->check, &p->checked);

	if (e == NULL)
		e = job_last(r->db, r->arena, territory, JOB_backup, &p->backup, &p->backed);
	p->there = e == NULL && p->backed && r->setting->data != NULL &&
		   access(backup_path(r->arena, r->setting->data, p->backup.id), R_OK) == 0;
	return e;
}

const struct err *
base_show(struct req *r)
{
	struct base_page p = { .req = r, .token = door_token(r), .server = db_is_postgres(r->db), .schema = db_schema(r->db) };
	struct page frame = { .title = str_of(tr("Database")), .menu = MENU_BASE };
	const struct err *e = read_head(&p);

	if (e == NULL)
		e = read_size(&p);
	if (e == NULL)
		e = read_last(&p);
	if (e == NULL)
		e = read_works(&p);
	if (e != NULL)
		return e;
	base_view(page_begin(r, &frame), &p);
	return page_end(r);
}

static const struct err *
begin(struct req *r, enum job_kind kind)
{
	int64_t id;
	const struct err *e = job_add(r->db, r->arena, &r->viewer, kind, (str){ 0 }, "/base", r->in->now_ms, &id);
	str key = key_short(r->arena, id);

	return e != NULL ? e : reply_see(r, "/travaux/%.*s", STR_ARG(key));
}

const struct err *
base_check(struct req *r)
{
	return begin(r, JOB_check);
}

const struct err *
base_backup(struct req *r)
{
	return db_is_postgres(r->db) ? reply_missing(r) : begin(r, JOB_backup);
}

/* Who takes a copy of everything is written down first. */
static const struct err *
note_taken(struct req *r, int64_t job)
{
	struct journal j;
	const struct err *e = db_begin_write(r->db);

	if (e != NULL)
		return e;
	e = trail_open(r->db, r->arena, r->viewer.territory, r->viewer.account, "backup taken", r->in->now_ms, &j);
	if (e == NULL)
		e = trail_add(&j, "backups", job, 0, JOURNAL_READ, S("*"));
	return db_end(r->db, e);
}

const struct err *
base_backup_file(struct req *r)
{
	struct base_page p = { .req = r };
	char text[DAY_TEXT];
	const struct err *e = read_last(&p);
	int fd;

	if (e != NULL)
		return e;
	fd = p.there ? open(backup_path(r->arena, r->setting->data, p.backup.id), O_RDONLY | O_CLOEXEC) : -1;
	if (fd < 0)
		return reply_missing(r);
	if ((e = note_taken(r, p.backup.id)) != NULL) {
		close(fd);
		return e;
	}
	r->out->file = fd;
	(void)day_text(moment_day(p.backup.ended_ms), text);
	return reply_file(r, "application/octet-stream", str_format(r->arena, "jalon-%s.backup", text).s);
}
