/* person_both.c - a record that somebody else changed meanwhile: what was typed and what is stored, a choice for each field */
#include <string.h>

#include "base/text.h"
#include "views.h"
#include "web/person_page.h"

/* "birth_date.d" is of the field birth_date. */
static str
field_of(str control)
{
	str rest;

	return str_cut(control, '.', &rest);
}

static str
choice_of(const struct req *r, str field)
{
	return req_form(r, str_format(r->arena, "choix.%.*s", STR_ARG(field)).s);
}

const char *
both_wanted(struct req *r, const char *names)
{
	struct buf b = { 0 };
	str left = str_of(names), name;
	const char *out;

	while ((name = str_cut(left, ' ', &left)).len > 0) {
		if (str_is(choice_of(r, name), "stored"))
			continue;
		buf_add(&b, b.len > 0 ? S(" ") : S(""));
		buf_add(&b, name);
	}
	out = str_z(r->arena, buf_str(&b));
	buf_release(&b);
	return out;
}

bool
both_undecided(struct req *r)
{
	str left = req_form(r, "choisir"), name;

	while ((name = str_cut(left, ' ', &left)).len > 0) {
		if (choice_of(r, name).len == 0)
			return true;
	}
	return false;
}

const struct field **
both_fields(const struct person_both *b)
{
	const struct entity *e = b->mine.entity;
	const struct field **v = ARENA_ARRAY(b->mine.req->arena, e->n + 1, const struct field *);
	str left = str_of(b->mine.names), name;
	size_t n = 0;

	while ((name = str_cut(left, ' ', &left)).len > 0) {
		const struct field *f = entity_field(e, str_z(b->mine.req->arena, name));

		if (viewer_reads(&b->mine.req->viewer, f->sensitivity) && !field_equal(f, b->mine.record, b->stored) && n < e->n)
			v[n++] = f;
	}
	v[n] = NULL;
	return v;
}

/* The machinery of the form itself is written anew. */
static bool
travels(const struct req *r, str control)
{
	static const char *const own[] = { "jeton", "version", "choisir", "choix" };
	str field = field_of(control);

	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		if (str_is(field, own[i]))
			return false;
	return !str_is(choice_of(r, field), "stored");
}

const struct form_field *
both_typed(const struct person_both *b, size_t *n)
{
	const struct req *r = b->mine.req;
	struct form_field *v = ARENA_ARRAY(r->arena, r->form.n, struct form_field);

	*n = 0;
	for (size_t i = 0; i < r->form.n; i++)
		if (travels(r, r->form.v[i].name))
			v[(*n)++] = r->form.v[i];
	return v;
}

const struct err *
both_show(struct person_both *b, const char *title)
{
	struct req *r = b->person->req;
	struct page frame = person_frame(b->person, title);
	const struct err *e = person_shown(b->person);

	if (e != NULL)
		return e;
	page_crumb(&frame, str_of(tr("File")), person_tab_url(r->arena, b->person->key, PERSON_COURSE));
	frame.fault = b->undecided;
	r->out->status = b->undecided ? 422 : 409;
	person_both_view(page_begin(r, &frame), b);
	return page_end(r);
}
