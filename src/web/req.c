#include "web/req.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "access/trail.h"
#include "base/csvout.h"
#include "base/moment.h"
#include "base/text.h"
#include "web/fault.h"

str
req_query(const struct req *r, const char *name)
{
	return form_get(&r->query, name);
}

str
req_form(const struct req *r, const char *name)
{
	return form_get(&r->form, name);
}

/* Without the letters that are taken for digits (i, l, o) and without u. */
static const char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";
enum { KEY_DIGITS = 13 }; /* of 5 bits: 63 bits and more */

str
key_short(struct arena *a, int64_t key)
{
	char text[KEY_DIGITS];
	int at = KEY_DIGITS;
	uint64_t v = (uint64_t)key;

	do {
		text[--at] = digits[v & 31];
		v >>= 5;
	} while (v > 0);
	return str_dup(a, (str){ text + at, (size_t)(KEY_DIGITS - at) });
}

int64_t
key_long(str s)
{
	uint64_t v = 0;

	if (s.len == 0 || s.len > KEY_DIGITS)
		return 0;
	for (size_t i = 0; i < s.len; i++) {
		const char *at = s.s[i] == '\0' ? NULL : strchr(digits, s.s[i]);

		if (at == NULL || v >> 58 != 0)
			return 0;
		v = v << 5 | (uint64_t)(at - digits);
	}
	return (int64_t)v;
}

const struct err *
reply_see(struct req *r, const char *format, ...)
{
	va_list args, again;
	char *place;
	int n;

	va_start(args, format);
	va_copy(again, args);
	n = vsnprintf(NULL, 0, format, args);
	place = arena_alloc(r->arena, n < 0 ? 1 : (size_t)n + 1);
	if (n >= 0)
		n = vsnprintf(place, (size_t)n + 1, format, again);
	va_end(again);
	va_end(args);
	if (n < 1 || place[0] != '/' || place[1] == '/')
		bug("a redirection that leaves the server");
	r->out->status = 303;
	r->out->type = NULL;
	buf_clear(&r->out->body);
	answer_header(r->out, S("Location"), (str){ place, (size_t)n });
	return NULL;
}

/* What is taken away as values is opened in a spreadsheet program: texts stay texts there. */
static void
for_desk(struct req *r)
{
	struct buf safe = { 0 };

	csv_for_desk(buf_str(&r->out->body), &safe);
	buf_clear(&r->out->body);
	buf_add(&r->out->body, buf_str(&safe));
	buf_release(&safe);
}

const struct err *
reply_file(struct req *r, const char *type, const char *name)
{
	r->out->status = 200;
	r->out->type = type;
	if (strncmp(type, "text/csv", 8) == 0)
		for_desk(r);
	if (name != NULL)
		answer_header(r->out, S("Content-Disposition"), str_format(r->arena, "attachment; filename=\"%s\"", name));
	return NULL;
}

const struct err *
reply_missing(struct req *r)
{
	return err_new(r->arena, ERR_NOTFOUND, tr("There is no such page, or it is not for you."), NULL,
	    tr("Check the address, or go back to the start page."));
}

const struct err *
reply_refused(struct req *r, enum right right)
{
	return fault_refused(r, right);
}

str
viewer_actor(struct arena *a, const struct viewer *v)
{
	return trail_actor(a, v->account);
}

struct change
req_change(const struct req *r, const char *cause)
{
	return (struct change){
		.territory = r->viewer.territory,
		.at = moment_text(r->arena, r->in->now_ms),
		.actor = viewer_actor(r->arena, &r->viewer),
		.cause = str_of(cause),
	};
}

const struct err *
req_begin(struct req *r, struct save *s, const char *cause)
{
	const struct change change = req_change(r, cause);
	const struct err *e = db_begin_write(r->db);

	if (e != NULL)
		return e;
	if ((e = save_open(s, r->db, &change, r->in->now_ms)) != NULL)
		return db_end(r->db, e);
	return NULL;
}

const char *
req_act(const struct req *r, const struct save *s)
{
	str key = key_short(r->arena, s->journal.change);

	return s->journal.written == 0 ? "" : str_format(r->arena, "&acte=%.*s", STR_ARG(key)).s;
}

const struct err *
req_end(struct req *r, struct save *s, const struct err *e)
{
	save_close(s);
	return db_end(r->db, e);
}
