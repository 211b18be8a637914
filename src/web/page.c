#include "web/page.h"

#include "base/text.h"
#include "views.h"
#include "web/app_parts.h"
#include "web/door.h"
#include "web/frame.h"
#include "web/static.h"

static const struct menu_entry entries[] = {
	{ MENU_HOME, N_("To do"), "/", RIGHT_HOME },
	{ MENU_AGENDA, N_("Agenda"), "/agenda", RIGHT_AGENDA },
	{ MENU_CONTRACT, N_("Contract"), "/contrat", RIGHT_CONTRACT_READ },
	{ MENU_PEOPLE, N_("People"), "/personnes", RIGHT_PEOPLE_READ },
	{ MENU_FIGURES, N_("Questionnaire"), "/questionnaire", RIGHT_FIGURES_READ },
	{ MENU_PEOPLE, N_("My file"), "/mon-dossier", RIGHT_PEOPLE_READ },
	{ MENU_PARTNERS, N_("Partners"), "/partenaires", RIGHT_PARTNERS_READ },
	{ MENU_ACCESSES, N_("Accesses"), "/acces", RIGHT_ACCOUNTS },
	{ MENU_BASE, N_("Database"), "/base", RIGHT_MACHINERY },
	{ MENU_IMPORT, N_("Import"), "/import", RIGHT_IMPORT_LIST },
	{ MENU_JOURNAL, N_("Journal"), "/journal", RIGHT_JOURNAL },
	{ MENU_NONE, N_("Publish figures"), "/publication", RIGHT_PUBLISH },
	{ MENU_NONE, N_("Removed records"), "/corbeille", RIGHT_UNDO },
	{ MENU_NONE, N_("Who can see what"), "/droits", RIGHT_RIGHTS_READ },
};
enum { MENU_MOST = 5 }; /* entries at the top; what more there is stands in the foot */

/* A beneficiary reads their own file, not a list of people. */
static bool
has_entry(const struct viewer *v, const struct menu_entry *e)
{
	bool own = str_is(str_of(e->url), "/mon-dossier");

	if (e->menu == MENU_PEOPLE && own != (v->role == ROLE_beneficiary))
		return false;
	return viewer_may(v, e->right);
}

static void
fill_menus(struct frame *f)
{
	int menu = 0, more = 0;

	for (size_t i = 0; i < sizeof entries / sizeof entries[0]; i++) {
		if (!has_entry(&f->req->viewer, &entries[i]))
			continue;
		if (menu < MENU_MOST && entries[i].menu != MENU_NONE)
			f->menu[menu++] = &entries[i];
		else
			f->more[more++] = &entries[i];
	}
}

static void
frame_make(struct frame *f, struct req *r, const struct page *p)
{
	bool french = str_is(str_of(text_language()), "fr");

	*f = (struct frame){ .req = r, .page = p, .city = r->viewer.city };
	f->heading = p->heading.len > 0 ? p->heading : p->title;
	f->token = door_token(r);
	f->finds = p->menu != MENU_PEOPLE && r->viewer.role != ROLE_beneficiary && viewer_may(&r->viewer, RIGHT_PEOPLE_READ);
	if (p->done != NULL && key_long(req_query(r, "acte")) > 0 && viewer_may(&r->viewer, RIGHT_UNDO))
		f->undo = req_query(r, "acte");
	f->other = french ? "en" : "fr";
	f->other_name = french ? "English" : "Français";
	f->demo_day = app_demo_day(r->app);
	f->style = static_name("jalon.css");
	f->icon = static_name("favicon.svg");
	fill_menus(f);
}

struct html *
page_begin(struct req *r, const struct page *p)
{
	struct html *h = &r->html;
	struct frame *f = ARENA_NEW(r->arena, struct frame);

	frame_make(f, r, p);
	r->frame = f;
	r->out->type = "text/html; charset=utf-8";
	frame_open(h, f);
	return h;
}

const struct err *
page_end(struct req *r)
{
	frame_close(&r->html, r->frame);
	return NULL;
}

void
page_crumb(struct page *p, str label, str url)
{
	if (p->n == (int)(sizeof p->crumbs / sizeof p->crumbs[0]))
		bug("too many steps on the way to a page");
	p->crumbs[p->n++] = (struct crumb){ label, url };
}
