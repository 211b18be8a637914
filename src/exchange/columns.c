#include "exchange/columns.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "exchange/fold.h"

const char *const want_names[WANT_COUNT] = {
	"nothing",
	"session",
#define WANT(name, ...) #name,
#include "exchange/wants.def"
#undef WANT
};
const char *const want_labels[WANT_COUNT] = {
	N_("Not imported"),
	N_("A session, by its date"),
#define WANT(name, kinds, label, headings) label,
#include "exchange/wants.def"
#undef WANT
};
const char *const want_headings[WANT_COUNT] = {
	"",
	"",
#define WANT(name, kinds, label, headings) headings,
#include "exchange/wants.def"
#undef WANT
};
static const char *const want_kinds[WANT_COUNT] = {
	"peacg",
	"a",
#define WANT(name, kinds, label, headings) kinds,
#include "exchange/wants.def"
#undef WANT
};
const char *const as_names[AS_COUNT] = { "people", "enrolments", "attendance", "acts", "aggregates" };
const char *const as_labels[AS_COUNT] = { N_("People"), N_("Enrolments in the action"), N_("Sessions and attendance"), N_("Acts"),
	N_("Aggregated returns") };
static const char as_letters[] = "peacg";

static int
name_in(const char *const *names, int n, str name)
{
	for (int i = 0; i < n; i++) {
		if (str_is(name, names[i]))
			return i;
	}
	return -1;
}

int
as_named(str name)
{
	return name_in(as_names, AS_COUNT, name);
}

int
want_named(str name)
{
	return name_in(want_names, WANT_COUNT, name);
}

bool
want_fits(enum want w, enum rows_as as)
{
	return strchr(want_kinds[w], as_letters[as]) != NULL;
}

/* ---- choices ---- */

const struct column *
columns_of(const struct columns *c, enum want want)
{
	for (size_t i = 0; i < c->n; i++) {
		if (c->v[i].want == want)
			return &c->v[i];
	}
	return NULL;
}

void
columns_choose(struct columns *c, size_t column, enum want want)
{
	if (column >= c->n || (want != WANT_NOTHING && !want_fits(want, c->as)))
		bug("column %zu of %zu cannot be %s", column, c->n, want_names[want]);
	for (size_t i = 0; i < c->n && want != WANT_NOTHING && want != WANT_SESSION; i++) {
		if (c->v[i].want == want)
			c->v[i].want = WANT_NOTHING;
	}
	if (want == WANT_SESSION && c->v[column].on == DAY_NONE)
		return; /* its heading is no date */
	c->v[column].want = want;
	c->v[column].sense = SENSE_CERTAIN;
	c->v[column].chosen = true;
}

const char *
columns_missing(const struct columns *c)
{
	bool somebody = columns_of(c, WANT_name) != NULL || columns_of(c, WANT_family_name) != NULL ||
			columns_of(c, WANT_number) != NULL || columns_of(c, WANT_ref) != NULL;
	bool dated = columns_of(c, WANT_date) != NULL || (c->as == AS_ATTENDANCE && columns_of(c, WANT_SESSION) != NULL);

	if (c->as == AS_AGGREGATES)
		return columns_of(c, WANT_indicator) != NULL ? NULL : tr("No column names the indicators.");
	if (!somebody)
		return tr("No column says whose the rows are: a name, or a file number.");
	return !dated && (c->as == AS_ACTS || c->as == AS_ATTENDANCE) ? tr("No column holds the dates.") : NULL;
}

int
columns_named(struct arena *a, const struct columns *c, str header)
{
	str f = fold(a, header);
	char letters[GRID_LETTERS];

	for (size_t i = 0; i < c->n; i++) {
		if (f.len > 0 && str_eq(fold(a, c->v[i].header), f))
			return (int)i;
	}
	for (size_t i = 0; i < c->n; i++) {
		if (str_eq(grid_letters(c->v[i].at, letters), header))
			return (int)i;
	}
	return -1;
}

str
columns_text(struct arena *a, const struct columns *c)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < c->n; i++) {
		if (c->v[i].want == WANT_SESSION || c->v[i].header.len == 0)
			continue;
		buf_add(&b, str_of(want_names[c->v[i].want]));
		buf_char(&b, '\t');
		buf_add(&b, fold(a, c->v[i].header));
		buf_char(&b, '\n');
	}
	return buf_kept(&b, a);
}

void
columns_apply(struct arena *a, struct columns *c, str text)
{
	while (text.s != NULL && text.len > 0) {
		str heading, line = str_cut(text, '\n', &text), name = str_cut(line, '\t', &heading);
		int want = want_named(name), column = heading.len == 0 ? -1 : columns_named(a, c, heading);

		if (want < 0 || column < 0 || !want_fits((enum want)want, c->as) || c->v[column].want == WANT_SESSION)
			continue;
		columns_choose(c, (size_t)column, (enum want)want);
	}
}
