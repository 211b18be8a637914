#include "web/plain.h"

#include <stdio.h>

#include "base/text.h"
#include "views.h"

static const struct {
	int status;
	const char *title, *words;
} texts[] = {
	{ 400, N_("This request was not understood"), N_("Go back to the page before, and try again from there.") },
	{ 404, N_("There is no such page"), N_("Its address may have been mistyped, or the page removed.") },
	{ 408, N_("The request took too long to arrive"), N_("See whether your connection works, then try again.") },
	{ 413, N_("What was sent is too large"),
	    N_("A form holds up to 8 MB, and a file up to 64 MB. Send less at once, or a smaller file.") },
	{ 414, N_("The address is too long"), N_("Go back to the page before, and try again with fewer filters.") },
	{ 421, N_("This site has another address"),
	    N_("Open it by the address that was given to you, or that the server shows.") },
	{ 431, N_("Your browser sent too much about itself"), N_("Remove the cookies of this site, then try again.") },
	{ 500, N_("Something went wrong on our side"),
	    N_("Your last change may not have been kept: go back, check it, and send it again. The failure was noted.") },
	{ 503, N_("Too much is being asked at once"), N_("Nothing was changed. Try again in a few seconds.") },
};
enum { PAGES = sizeof texts / sizeof *texts };
static struct buf pages[2][PAGES]; /* English, French */

void
plain_make(const char *catalogues)
{
	static const char *const languages[] = { "en", "fr" };
	char before[16];

	snprintf(before, sizeof before, "%s", text_language()); /* of the messages to whoever starts the server */
	text_start("en", catalogues);
	for (size_t l = 0; l < 2; l++) {
		text_choose(languages[l]);
		for (size_t i = 0; i < PAGES; i++)
			plain_view(&(struct html){ .out = &pages[l][i] }, languages[l], tr(texts[i].title), tr(texts[i].words));
	}
	text_choose(before);
}

/* The first of the two in the list: browsers write it in the order of preference. */
bool
plain_english(str accept)
{
	while (accept.s != NULL) {
		str part = str_trim(str_cut(accept, ',', &accept));

		if (str_starts(part, S("en")))
			return true;
		if (str_starts(part, S("fr")))
			return false;
	}
	return false;
}

str
plain_page(int status, bool english)
{
	size_t found = 0; /* 400 speaks for every other refusal */

	for (size_t i = 0; i < PAGES; i++) {
		if (texts[i].status == status)
			found = i;
	}
	return buf_str(&pages[english ? 0 : 1][found]);
}
