/* /style: every component in all its states, for those who build pages; it shows samples and reads no record */
#include "views.h"
#include "web/page.h"
#include "web/route.h"

const struct err *
style_show(struct req *r)
{
	struct page p = { .title = S("Style"), .own_heading = true };

	style_page(page_begin(r, &p));
	return page_end(r);
}
