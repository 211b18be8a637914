#include "web/resume.h"

#include "access/draft.h"
#include "base/text.h"
#include "views.h"
#include "web/app_parts.h"
#include "web/door.h"
#include "web/page.h"
#include "web/route.h"

static bool
kept(const struct form_field *f)
{
	return f->filename.s == NULL && !str_is(f->name, "jeton") && !str_starts(f->name, S("mot_de_passe")) &&
	       !str_starts(f->name, S("code"));
}

/* The path, and the fields as a query. */
static void
write_form(const struct req *r, struct buf *to)
{
	buf_add(to, r->in->path);
	buf_char(to, '?');
	for (size_t i = 0; i < r->form.n; i++)
		if (kept(&r->form.v[i]))
			query_add(to, r->form.v[i].name, r->form.v[i].value);
}

const struct err *
resume_keep(struct req *r, str *draft)
{
	struct buf content = { 0 };
	const struct err *e;

	*draft = (str){ 0 };
	if (r->token.len == 0 || form_decode(r->arena, r->in->content_type, r->in->body, &r->form) != NULL)
		return NULL;
	write_form(r, &content);
	e = content.len > DRAFT_MOST ? NULL : draft_keep(r->db, r->arena, r->token, buf_str(&content), r->in->now_ms, draft);
	buf_release(&content);
	return e;
}

const struct err *
resume_page(struct req *r)
{
	struct page p = { .title = str_of(tr("What you typed was kept")) };

	resume_form(page_begin(r, &p), door_token(r), req_query(r, "brouillon"));
	return page_end(r);
}

/* As if the form were sent now: its own route and rights, with this sign-in. */
const struct err *
resume_send(struct req *r)
{
	str content, path;
	const struct err *e = draft_take(r->db, r->arena, &r->viewer, req_form(r, "brouillon"), r->in->now_ms, &content);

	if (e != NULL)
		return e;
	if (content.len == 0)
		return err_new(r->arena, ERR_NOTFOUND, tr("There is nothing left of what was typed."), NULL,
		    tr("It was sent already, or more than twelve hours ago. Open the page again."));
	path = str_cut(content, '?', &content);
	r->form = (struct form){ 0 };
	if (query_decode(r->arena, content, &r->form) != NULL)
		bug("a draft that cannot be read back");
	return app_follow(r, path);
}
