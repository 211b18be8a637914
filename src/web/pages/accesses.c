/* who may sign in: the list, with what narrows it */
#include "web/accesses.h"
#include "base/csvout.h"
#include "base/text.h"
#include "model/fold.h"
#include "views.h"
#include "web/route.h"

enum { PAGE = 50 };

static int
state_named(str word)
{
	for (int i = 0; i < ACCESS_STATES; i++)
		if (str_is(word, access_words[i]))
			return i;
	return -1;
}

/* Each word typed begins a word of the name, or stands in the address. */
static bool
answers(const struct account_line *l, str typed)
{
	struct folded name = { 0 }, asked = { 0 };
	str words[WORDS_MAX], has[WORDS_MAX];
	size_t n, m;

	if (typed.len == 0)
		return true;
	folded_add(&name, l->name);
	folded_add(&name, S(" "));
	folded_add(&name, l->email);
	folded_add(&asked, typed);
	n = fold_words(folded_str(&asked), words);
	m = fold_words(folded_str(&name), has);
	for (size_t i = 0; i < n; i++) {
		bool found = false;

		for (size_t k = 0; k < m; k++)
			found |= str_starts(has[k], words[i]);
		if (!found)
			return false;
	}
	return n > 0;
}

static bool
asked_for(const struct accesses_page *p, const struct account_line *l)
{
	return (p->role < 0 || (int)l->role == p->role) && (p->organisation == 0 || l->organisation == p->organisation) &&
	       (p->state < 0 || (int)access_state_of(l, p->req->in->now_ms) == p->state) && answers(l, p->q);
}

/* All that are asked for; *all: whatever page they stand on. */
static const struct err *
read_list(struct accesses_page *p, struct req *r, const struct account_line ***found)
{
	struct account_line *lines;
	size_t n;
	const struct err *e;

	*p = (struct accesses_page){
		.req = r, .q = str_trim(req_query(r, "q")), .organisation = key_long(req_query(r, "organisme"))
	};
	p->role = role_named(req_query(r, "role"));
	p->state = state_named(req_query(r, "etat"));
	if ((e = accounts_list(r->db, r->arena, &r->viewer, &lines, &n)) != NULL)
		return e;
	*found = ARENA_ARRAY(r->arena, n + 1, const struct account_line *);
	for (size_t i = 0; i < n; i++)
		if (asked_for(p, &lines[i]))
			(*found)[p->all++] = &lines[i];
	return NULL;
}

static void
cut_page(struct accesses_page *p, const struct account_line **found)
{
	const number asked = str_number(req_query(p->req, "page"));
	struct arena *a = p->req->arena;
	const int64_t pages = (int64_t)((p->all + PAGE - 1) / PAGE);
	int64_t page = !asked.ok || asked.value < 1 ? 1 : asked.value > pages ? pages : asked.value;

	page = page < 1 ? 1 : page;
	p->paging = (struct paging){ .page = page, .pages = pages };
	if (page > 1)
		p->paging.before = accesses_url(p, "page", str_format(a, "%lld", (long long)page - 1));
	if (page < pages)
		p->paging.after = accesses_url(p, "page", str_format(a, "%lld", (long long)page + 1));
	p->v = found + (page - 1) * PAGE;
	p->n = p->all - (size_t)(page - 1) * PAGE;
	p->n = p->n > PAGE ? PAGE : p->n;
}

const struct err *
accesses_show(struct req *r)
{
	struct accesses_page p;
	struct page frame = { .title = str_of(tr("Accesses")), .menu = MENU_ACCESSES, .own_heading = true };
	const struct account_line **found;
	const struct err *e = read_list(&p, r, &found);

	if (e == NULL)
		e = access_organisations(r, &p.organisations, &p.n_organisations);
	if (e != NULL)
		return e;
	cut_page(&p, found);
	accesses_view(page_begin(r, &frame), &p);
	return page_end(r);
}

const struct err *
accesses_csv(struct req *r)
{
	struct accesses_page p;
	const struct account_line **found;
	struct buf *to = &r->out->body;
	const struct err *e = read_list(&p, r, &found);

	if (e != NULL)
		return e;
	buf_add(to, S("name,email,role,organisation,state,expires_on,second_factor\n"));
	for (size_t i = 0; i < p.all; i++) {
		const struct account_line *l = found[i];
		char text[DAY_TEXT];

		csv_cell(to, l->name, true);
		csv_cell(to, l->email, false);
		csv_cell(to, str_of(role_names[l->role]), false);
		csv_cell(to, l->organisation_name, false);
		csv_cell(to, str_of(access_label(access_state_of(l, r->in->now_ms))), false);
		csv_cell(to, day_text(l->expires_on, text), false);
		csv_cell(to, l->factor ? S("yes") : S("no"), false);
		buf_char(to, '\n');
	}
	return reply_file(r, "text/csv; charset=utf-8", "acces.csv");
}
