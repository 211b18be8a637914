/* rights_page.h - what the page of rights shows (views/rights.tmpl) */
#pragma once
#include "web/form.h"

struct rights_page {
	struct req *req;
	str token;
	bool looks; /* may see the pages as another role does */
	const struct choice *organisations;
	size_t n;
};
bool role_can_be_seen(const struct viewer *v, enum role role);
