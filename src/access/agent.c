/* agent.c - a browser named by itself, in words that its owner recognises in a list */
#include <string.h>

#include "access/login.h"

struct mark {
	const char *in, *words;
};
/* The first that is found: browsers also name those they resemble. */
static const struct mark browsers[] = { { "Edg", "Edge" }, { "OPR/", "Opera" }, { "SamsungBrowser", "Samsung Internet" },
	{ "Firefox", "Firefox" }, { "FxiOS", "Firefox" }, { "CriOS", "Chrome" }, { "Chrome", "Chrome" },
	{ "Chromium", "Chromium" }, { "Safari", "Safari" }, { "curl", "curl" } };
static const struct mark systems[] = { { "iPhone", "iPhone" }, { "iPad", "iPad" }, { "Android", "Android" },
	{ "CrOS", "ChromeOS" }, { "Windows", "Windows" }, { "Mac OS X", "Mac" }, { "Linux", "Linux" } };

static const char *
first(const struct mark *marks, size_t n, str agent)
{
	for (size_t i = 0; i < n; i++) {
		if (agent.len > 0 && memmem(agent.s, agent.len, marks[i].in, strlen(marks[i].in)) != NULL)
			return marks[i].words;
	}
	return NULL;
}

str
agent_words(struct arena *a, str agent)
{
	const char *browser = first(browsers, sizeof browsers / sizeof *browsers, agent);
	const char *system = first(systems, sizeof systems / sizeof *systems, agent);

	if (browser == NULL)
		return str_of(system);
	return system == NULL ? str_of(browser) : str_format(a, "%s, %s", browser, system);
}
