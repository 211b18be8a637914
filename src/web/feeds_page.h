/* feeds_page.h - calendars that other programs read, at an address that nobody guesses (views/feeds.tmpl) */
#pragma once
#include "web/agenda_page.h"

struct feed_line {
	int64_t id;
	str title, group; /* title absent: one's own sessions */
	int64_t made_ms;
};
struct feeds_page {
	struct req *req;
	struct asked asked;
	struct feed_line *v;
	size_t n;
	const struct choice *actions;
	size_t n_actions;
	str address; /* shown this once; absent: none was made just now */
};
