/* who can see what: the one table of rights, in sentences */
#include "base/text.h"
#include "views.h"
#include "web/page.h"
#include "web/route.h"

const struct err *
rights_page(struct req *r)
{
	struct page p = { .title = str_of(tr("Who can see what")) };

	rights_of_roles(page_begin(r, &p), r);
	return page_end(r);
}
