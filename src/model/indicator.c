#include "model/indicator.h"

#include <stddef.h>

#include "base/text.h"

#define INDICATOR(n, u, c, s, l) { n, UNIT_##u, CELLS_##c, s, l },
static const struct indicator_name names[] = {
#include "model/indicators.def"
};
#undef INDICATOR

const struct indicator_name *
indicator_names(size_t *n)
{
	*n = sizeof names / sizeof *names;
	return names;
}

const struct indicator_name *
indicator_named(str name)
{
	static const struct indicator_name local = { "local.", UNIT_COUNT, CELLS_TOTAL, true, NULL };
	static const struct indicator_name cohort = { "cohort.", UNIT_PEOPLE, CELLS_TOTAL, false, NULL };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (str_is(name, names[i].name))
			return &names[i];
	}
	if (str_is(name, "cohort.enlarged") || str_is(name, "cohort.two_actions") || str_is(name, "cohort.restricted"))
		return &cohort; /* of the contract as a whole, whichever sheet names it */
	return str_starts(name, S("local.")) && name.len > 6 ? &local : NULL;
}
