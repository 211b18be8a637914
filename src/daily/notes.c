#include "daily/notes.h"

#include "base/text.h"
#include "daily/acts.h"
#include "db/seal.h"
#include "model/plan.h"
#include "sql.h"

static const struct entity *const kind = &entities[ENTITY_notes];
static const char place[] = "notes.sealed";

/* Sealed bytes as text: columns of records are text. */
static str
to_hex(struct arena *a, str bytes)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < bytes.len; i++)
		buf_format(&b, "%02x", (unsigned char)bytes.s[i]);
	return buf_kept(&b, a);
}

static str
from_hex(struct arena *a, str hex)
{
	char *bytes = arena_alloc(a, hex.len / 2 + 1);

	for (size_t i = 0; i + 1 < hex.len; i += 2) {
		int high = str_hex(hex.s[i]), low = str_hex(hex.s[i + 1]);

		if (high < 0 || low < 0)
			return (str){ 0 };
		bytes[i / 2] = (char)(high * 16 + low);
	}
	return (str){ bytes, hex.len / 2 };
}

/* The refs of partners, as the note holds them, against the reader's organisation. */
static const struct err *
named_in(const struct note_reader *r, str readers, bool *named)
{
	struct organisation o;
	str left = readers, one;
	bool found;
	const struct err *e = NULL;

	*named = false;
	if (r->organisation == 0 || readers.len == 0)
		return NULL;
	e = entity_by_id(
	    r->sight.db, r->sight.territory, &entities[ENTITY_organisations], r->organisation, r->sight.arena, &o, &found);
	while (e == NULL && found && (one = str_cut(left, ';', &left)).s != NULL)
		*named |= str_eq(one, o.ref);
	return e;
}

/* The city's team is a team of its own: notes of no organisation. */
static const struct err *
may_read(const struct note_reader *r, const struct note_record *n, bool *may)
{
	bool team = r->organisation == 0 ? n->organisation == NUMBER_NONE : n->organisation == r->organisation;

	*may = r->own || n->author == r->account || (team && !str_is(n->audience, "author"));
	return *may || !str_is(n->audience, "named") ? NULL : named_in(r, n->readers, may);
}

static const struct err *
author_name(const struct note_reader *r, int64_t account, str *name)
{
	struct account_named_row row;
	struct db_rows rows;

	*name = (str){ 0 };
	if (account == NUMBER_NONE)
		return NULL;
	(void)account_named(r->sight.db, &rows, r->sight.territory, account);
	while (account_named_next(&rows, &row))
		*name = str_dup(r->sight.arena, row.name);
	return db_done(&rows);
}

struct lines {
	PLAN_LIST(struct note_line) v;
};

static const struct err *
read_lines(const struct note_reader *r, int64_t person, struct lines *to)
{
	struct arena *a = r->sight.arena;
	struct notes_of_person_row row;
	struct db_rows rows;

	(void)notes_of_person(r->sight.db, &rows, r->sight.territory, person);
	while (notes_of_person_next(&rows, &row))
		*PLAN_ADD(a, &to->v) = (struct note_line){ .note = { .record = { row.id, row.version },
							       .ref = str_dup(a, row.ref),
							       .person = person,
							       .organisation = row.organisation_id,
							       .author = row.author_id,
							       .on = row.on_date,
							       .audience = str_dup(a, row.audience),
							       .readers = str_dup(a, row.readers),
							       .sealed = str_dup(a, row.sealed) },
			.organisation_name = str_dup(a, row.name) };
	return db_done(&rows);
}

const struct err *
notes_of(const struct note_reader *r, int64_t person, struct note_line **to, size_t *n, size_t *shut)
{
	unsigned char key[SEAL_KEY];
	struct lines all = { 0 };
	const struct err *e = seal_key(r->sight.db, "notes", key);

	*n = *shut = 0;
	if (e == NULL)
		e = read_lines(r, person, &all);
	*to = all.v.v;
	for (size_t i = 0; e == NULL && i < all.v.n; i++) {
		struct note_line l = all.v.v[i];
		bool may;

		if ((e = may_read(r, &l.note, &may)) != NULL)
			return e;
		if (!may) {
			++*shut;
			continue;
		}
		(void)unseal(r->sight.arena, key, place, l.note.record.id, from_hex(r->sight.arena, l.note.sealed), &l.text);
		l.mine = !r->own && l.note.author == r->account;
		e = author_name(r, l.note.author, &l.author_name);
		all.v.v[(*n)++] = l;
	}
	return e;
}

static void
fault(struct problem_sink *sink, const char *column, const char *expected)
{
	problem_add(sink, &(struct problem){ .level = PROBLEM_FAULT, .column = str_of(column), .expected = str_of(expected) });
}

static void
check_note(const struct note_record *n, str text, struct problem_sink *sink)
{
	if (str_trim(text).len == 0)
		fault(sink, "text", tr("the text of the note"));
	if (text.len > NOTE_MOST)
		fault(sink, "text", tr("a shorter text: a note has at most 8,000 signs"));
	if (str_is(n->audience, "named") && n->readers.len == 0)
		fault(sink, "readers", tr("at least one partner"));
}

const struct err *
note_save(
    struct save *save, const struct note_reader *r, struct note_record *note, str text, uint64_t wrong, struct problem_sink *sink)
{
	unsigned char key[SEAL_KEY];
	const struct sight *s = &r->sight;
	struct note_record old = { 0 };
	bool fresh = note->record.id == 0, found = true, seen = false;
	const struct err *e = person_seen(s, note->person, &seen);

	if (e == NULL && !fresh)
		e = entity_by_id(s->db, s->territory, kind, note->record.id, s->arena, &old, &found);
	if (e == NULL)
		e = seal_key(s->db, "notes", key);
	if (e != NULL || !seen || !found || (!fresh && (old.person != note->person || old.author != r->account)))
		return e != NULL ? e : daily_missing(s);
	if (fresh) {
		if ((e = save_reserve(save, kind, &note->record.id)) != NULL)
			return e;
		note->ref = record_ref(s->arena, "n-", note->record.id);
		note->author = r->account;
		note->organisation = r->organisation == 0 ? NUMBER_NONE : r->organisation;
	}
	if (!str_is(note->audience, "named"))
		note->readers = (str){ 0 };
	check_note(note, text, sink);
	note->sealed = to_hex(s->arena, seal(s->arena, key, place, note->record.id, str_trim(text)));
	entity_check(kind, note, wrong, 0, sink, (str){ 0 }, 0);
	return sink->faults > 0 ? NULL : entity_save(save, kind, note, fresh ? NULL : &old);
}
