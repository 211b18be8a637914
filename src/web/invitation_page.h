/* invitation_page.h - what the pages for a code on paper show (views/invitation.tmpl) */
#pragma once
#include "access/account.h"
#include "web/asked.h"

struct invitation_page {
	struct asked form;
	str code;
	struct holder holder; /* whose code it is, once it is known */
	const char *least;    /* how long a password must be, in words */
	bool accepted;        /* the box of the rules was ticked */
};
