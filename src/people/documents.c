#include "people/documents.h"

#include <sodium.h>
#include <string.h>

#include "base/moment.h"
#include "base/text.h"
#include "db/seal.h"
#include "model/undo.h"
#include "sql.h"

#define PLACE "document_contents.content"
enum { USUAL_MONTHS = 24, SHEET_MONTHS = 60, SWEPT = 100 };

static const struct entity *const kind = &entities[ENTITY_documents];

/* The usual two years of social work; signed sheets prove a subsidy for as long as it can be looked into. */
int
document_months(str word)
{
	return str_is(word, "attendance_sheet") ? SHEET_MONTHS : USUAL_MONTHS;
}

static str
digest_of(struct arena *a, str content)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	char *text = arena_alloc(a, sizeof hash * 2 + 1);

	crypto_hash_sha256(hash, (const unsigned char *)content.s, content.len);
	sodium_bin2hex(text, sizeof hash * 2 + 1, hash, sizeof hash);
	return str_of(text);
}

const struct err *
document_add(struct save *s, struct arena *a, struct document *d, enum document_type type, str content, day today)
{
	unsigned char key[SEAL_KEY];
	const struct err *e = save_reserve(s, kind, &d->record.id);

	if (e != NULL || (e = seal_key(s->db, "documents", key)) != NULL)
		return e;
	d->type = str_of(document_words[type]);
	d->bytes = (int64_t)content.len;
	d->digest = digest_of(a, content);
	d->added_on = today;
	d->keep_until = day_add_months(today, document_months(d->kind));
	e = document_content_add(s->db, s->territory, d->record.id, seal(a, key, PLACE, d->record.id, content));
	sodium_memzero(key, sizeof key);
	return e != NULL ? e : entity_save(s, kind, d, NULL);
}

static const struct err *
damaged(struct arena *a)
{
	return err_new(a, ERR_DAMAGED, tr("This document is not what was kept."), NULL,
	    tr("Call who looks after the server: it must be restored from a backup."));
}

const struct err *
document_content_read(struct db *db, struct arena *a, int64_t territory, const struct document *d, str *content)
{
	unsigned char key[SEAL_KEY];
	struct document_content_row row;
	struct db_rows rows;
	bool there = false, right = false;
	const struct err *e = seal_key(db, "documents", key);

	if (e != NULL || (e = document_content(db, &rows, territory, d->record.id)) != NULL)
		return e;
	if (document_content_next(&rows, &row)) {
		there = true;
		right = unseal(a, key, PLACE, d->record.id, row.content, content) && str_eq(digest_of(a, *content), d->digest);
	}
	sodium_memzero(key, sizeof key);
	if ((e = db_done(&rows)) != NULL || (there && right))
		return e;
	return there ? damaged(a)
		     : err_new(a, ERR_NOTFOUND, tr("This document is not kept any more."), NULL, tr("Ask for it again."));
}

/* ---- lists ---- */

static struct document_line
line_of(struct arena *a, const struct documents_of_person_row *row)
{
	struct document_line l = { .organisation_name = str_dup(a, row->name), .health = str_is(row->category, "health") };

	entity_clear(kind, &l.document);
	l.document = (struct document){ .record = { row->id, row->version },
		.person = row->person,
		.household = str_dup(a, row->household),
		.session = row->session,
		.organisation = row->organisation,
		.kind = str_dup(a, row->kind),
		.label = str_dup(a, row->label),
		.type = str_dup(a, row->type),
		.bytes = row->bytes,
		.added_on = row->added_on,
		.keep_until = row->keep_until };
	return l;
}

static const struct err *
read_lines(const struct sight *s, struct db_rows *rows, struct document_line **to, size_t *n)
{
	struct documents_of_person_row row;
	size_t cap = 0;

	*to = NULL;
	*n = 0;
	while (documents_of_person_next(rows, &row)) {
		if (*n == cap) {
			struct document_line *v = ARENA_ARRAY(s->arena, cap = cap == 0 ? 8 : cap * 2, struct document_line);

			if (*n > 0)
				memcpy(v, *to, *n * sizeof *v);
			*to = v;
		}
		(*to)[(*n)++] = line_of(s->arena, &row);
	}
	return db_done(rows);
}

const struct err *
documents_of(const struct sight *s, int64_t person, str household, struct document_line **to, size_t *n)
{
	struct db_rows rows;
	const struct err *e = documents_of_person(s->db, &rows, s->territory, person, household, s->organisation);

	return e != NULL ? e : read_lines(s, &rows, to, n);
}

const struct err *
documents_at_session(const struct sight *s, int64_t session, struct document_line **to, size_t *n)
{
	struct db_rows rows;
	const struct err *e = documents_of_session(s->db, &rows, s->territory, session);

	return e != NULL ? e : read_lines(s, &rows, to, n);
}

/* ---- their end ---- */

struct over {
	int64_t territory, id;
};

static const struct err *
find_over(struct db *db, day today, struct over *v, size_t *n)
{
	struct documents_over_row row;
	struct db_rows rows;
	const struct err *e = documents_over(db, &rows, today);

	*n = 0;
	if (e != NULL)
		return e;
	while (documents_over_next(&rows, &row) && *n < SWEPT)
		v[(*n)++] = (struct over){ row.territory, row.id };
	return db_done(&rows);
}

static const struct err *
remove_one(struct db *db, struct arena *a, const struct over *x, int64_t now_ms)
{
	struct document d;
	struct save s;
	bool found;
	const struct err *e = save_open(&s, db,
	    &(struct change){ .territory = x->territory,
		.at = moment_text(a, now_ms),
		.actor = S("jalon"),
		.cause = S("document kept long enough") },
	    now_ms);

	if (e == NULL)
		e = entity_by_id(db, x->territory, kind, x->id, a, &d, &found);
	if (e == NULL && found)
		e = entity_remove(&s, kind, &d, 0);
	save_close(&s);
	return e;
}

const struct err *
documents_sweep(struct db *db, struct arena *a, day today, int64_t now_ms)
{
	const int64_t day_ms = 86400000;
	struct over v[SWEPT];
	size_t n;
	const struct err *e = db_begin_write(db);

	if (e != NULL)
		return e;
	e = find_over(db, today, v, &n);
	for (size_t i = 0; i < n && e == NULL; i++)
		e = remove_one(db, a, &v[i], now_ms);
	if (e == NULL)
		e = document_contents_forget(db, moment_text(a, now_ms - (int64_t)UNDO_DAYS * day_ms));
	return db_end(db, e);
}
