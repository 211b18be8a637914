/* the start page: what is due or missing for who is signed in */
#include "web/due.h"

#include "base/text.h"
#include "views.h"
#include "web/page.h"
#include "web/route.h"

const struct err *
home_page(struct req *r)
{
	struct page p = { .title = str_of(tr("To do today")), .menu = MENU_HOME };
	struct due_list due;
	const struct err *e = due_read(r, &due);

	if (e != NULL)
		return e;
	home_view(page_begin(r, &p), r, &due);
	return page_end(r);
}
