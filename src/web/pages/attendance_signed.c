/* the signed sheet on paper: a photo of it, kept with the session */
#include "web/attendance_signed.h"
#include "base/text.h"
#include "views.h"
#include "web/door.h"
#include "web/route.h"

static const struct entity *const kind = &entities[ENTITY_documents];

static const struct err *
show(struct attendance_signed_page *p)
{
	struct req *r = p->page.req;
	struct page frame = { .title = str_of(tr("Signed sheet")), .menu = MENU_HOME };
	const struct err *e = documents_at_session(&p->page.sight, p->page.sheet.session.record.id, &p->v, &p->n);

	if (e != NULL)
		return e;
	page_crumb(&frame, str_of(tr("Attendance sheets")), S("/emargements"));
	page_crumb(
	    &frame, str_of(tr("Attendance sheet")), str_format(r->arena, "/seances/%.*s/emargement", STR_ARG(p->page.key)));
	frame.done = str_is(req_query(r, "fait"), "ajoute") ? tr("The document is kept.") : NULL;
	frame.fault = p->form.sheaf.faults != NULL;
	if (frame.fault)
		r->out->status = 422;
	attendance_signed_view(page_begin(r, &frame), p);
	return page_end(r);
}

const struct err *
attendance_signed(struct req *r)
{
	struct attendance_signed_page p = { .form.req = r };
	const struct err *e = attendance_open(r, &p.page);

	if (e != NULL)
		return e;
	p.form.sheaf = (struct sheaf){ .req = r, .entity = kind, .names = "label" };
	return show(&p);
}

/* What kind it is is said by the page, in a hidden field. */
const struct err *
attendance_signed_add(struct req *r)
{
	struct attendance_signed_page p = { .form.req = r };
	struct problems faults;
	struct document d;
	const char *act = "";
	bool taken;
	const struct err *e = attendance_open(r, &p.page);

	if (e != NULL)
		return e;
	entity_clear(kind, &d);
	d.record = (struct record){ 0 };
	d.session = p.page.sheet.session.record.id;
	d.organisation = r->viewer.organisation != 0 ? r->viewer.organisation : NUMBER_NONE;
	if ((e = documents_take(r, &d, &p.form, &faults, &act, &taken)) != NULL)
		return e;
	if (taken)
		return reply_see(r, "/seances/%.*s/emargement/signee?fait=ajoute%s", STR_ARG(p.page.key), act);
	p.form.sheaf = (struct sheaf){ .req = r, .entity = kind, .names = "label", .record = &d, .faults = &faults };
	return show(&p);
}
