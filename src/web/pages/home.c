/* what is to be done today, by role */
#include "base/text.h"
#include "views.h"
#include "web/page.h"
#include "web/route.h"

const struct err *
home_page(struct req *r)
{
	struct page p = { .title = str_of(tr("To do today")), .menu = MENU_HOME };

	home_nothing(page_begin(r, &p));
	return page_end(r);
}
