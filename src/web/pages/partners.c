/* the directory of partners: by category, with a search; and the page of each */
#include <string.h>

#include "base/text.h"
#include "model/fold.h"
#include "views.h"
#include "web/partners_page.h"
#include "web/route.h"

/* --- the directory --- */

/* All that a search looks at: the name, whom to call, what it does. */
static void
fold_partner(struct buf *to, const struct partner *p)
{
	struct folded f = { 0 };

	folded_add(&f, p->name);
	buf_char(to, ' ');
	buf_add(to, folded_str(&f));
	for (size_t i = 0; i < p->contacts.n; i++) {
		f.len = 0;
		folded_add(&f, p->contacts.v[i].name);
		buf_char(to, ' ');
		buf_add(to, folded_str(&f));
	}
	for (size_t i = 0; i < p->roles.n; i++) {
		f.len = 0;
		folded_add(&f, p->roles.v[i].title);
		buf_char(to, ' ');
		buf_add(to, folded_str(&f));
	}
	buf_char(to, '\0');
}

/* Each word typed begins a word of the partner. */
static bool
found(const struct partner *p, str folded)
{
	struct buf text = { 0 };
	str words[WORDS_MAX];
	size_t n = fold_words(folded, words);
	bool all = true;

	fold_partner(&text, p);
	for (size_t i = 0; i < n && all; i++) {
		struct folded want = { 0 };

		want.s[want.len++] = ' ';
		for (size_t k = 0; k < words[i].len; k++)
			want.s[want.len++] = words[i].s[k];
		want.s[want.len] = '\0';
		all = strstr(text.s, want.s) != NULL;
	}
	buf_release(&text);
	return all;
}

static void
search(struct partners_page *p)
{
	struct folded asked = { 0 };

	folded_add(&asked, p->q);
	for (size_t i = 0; i < p->n; i++) {
		struct partner *x = &p->v[i];

		x->hidden = (p->category.len > 0 && !str_eq(x->category, p->category)) || !found(x, folded_str(&asked));
		p->shown += !x->hidden;
	}
}

const struct err *
partners_page(struct req *r)
{
	struct partners_page p = { .req = r, .q = str_trim(req_query(r, "q")), .category = req_query(r, "categorie") };
	struct page frame = { .title = str_of(tr("Partners")), .menu = MENU_PARTNERS };
	const struct err *e = partners_read(r, &p.v, &p.n);

	if (e != NULL)
		return e;
	p.writes = partner_writable(r, 0);
	search(&p);
	partners_view(page_begin(r, &frame), &p);
	return page_end(r);
}

/* --- one partner --- */

static const char *
done_words(str word)
{
	if (str_is(word, "ajoute"))
		return tr("The contact is added.");
	if (str_is(word, "organisation"))
		return tr("The organisation is saved.");
	if (str_is(word, "change"))
		return tr("The contact is changed.");
	if (str_is(word, "fin"))
		return tr("The contact has left the directory.");
	return str_is(word, "a-jour") ? tr("The contacts are marked as up to date today.") : NULL;
}

static const struct err *
read_accounts(struct req *r, struct partner_page *p)
{
	struct account_line *all;
	size_t n;
	int64_t limit;
	const struct err *e = NULL;

	if (!viewer_may(&r->viewer, RIGHT_ACCOUNTS))
		return NULL;
	limit = viewer_limit(&r->viewer, RIGHT_ACCOUNTS);
	p->accesses = limit == 0 || limit == p->partner.id;
	if (!p->accesses || (e = accounts_list(r->db, r->arena, &r->viewer, &all, &n)) != NULL)
		return p->accesses ? e : NULL;
	p->accounts = ARENA_ARRAY(r->arena, n, struct account_line);
	for (size_t i = 0; i < n; i++)
		if (all[i].organisation == p->partner.id && !all[i].ended)
			p->accounts[p->n_accounts++] = all[i];
	return NULL;
}

static const struct err *
read_partner(struct req *r, struct partner_page *p, bool *there)
{
	const struct entity *e = &entities[ENTITY_organisations];
	struct organisation *o = &p->organisation;
	bool parent = false;
	const struct err *err = entity_by_ref(r->db, r->viewer.territory, e, r->parts[0], r->arena, o, there);

	p->req = r;
	if (err != NULL || !*there)
		return err;
	p->partner = (struct partner){ .id = o->record.id, .ref = o->ref, .name = o->name, .category = o->category };
	p->writes = partner_writable(r, o->record.id);
	if (o->parent != NUMBER_NONE)
		err = entity_by_id(r->db, r->viewer.territory, e, o->parent, r->arena, &p->parent, &parent);
	if (!parent)
		p->parent.record.id = 0;
	if (err == NULL)
		err = partner_fill(r, &p->partner);
	return err == NULL ? read_accounts(r, p) : err;
}

const struct err *
partner_page(struct req *r)
{
	struct partner_page p = { 0 };
	struct page frame = { .menu = MENU_PARTNERS, .done = done_words(req_query(r, "fait")) };
	bool there;
	const struct err *e = read_partner(r, &p, &there);

	if (e != NULL)
		return e;
	if (!there)
		return reply_missing(r);
	frame.title = p.organisation.name;
	frame.own_heading = true;
	page_crumb(&frame, str_of(tr("Partners")), S("/partenaires"));
	partner_view(page_begin(r, &frame), &p);
	return page_end(r);
}
