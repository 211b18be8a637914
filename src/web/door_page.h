/* door_page.h - what the sign-in pages show (views/door.tmpl) */
#pragma once
#include "web/req.h"

struct demo_line {
	str role, email, password;
};
struct door_page {
	str token, email, place;
	const char *fault; /* translated; NULL */
	const struct demo_line *demo;
	size_t n_demo;
};
