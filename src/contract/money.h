/* money.h - the State's contribution year by year: what is asked for, granted and paid, beside what the sheets forecast.
 * Amounts in cents. The findings about money and the pages say the same, for both take it from here. */
#pragma once
#include "model/plan.h"

struct money_year {
	int64_t year;
	int64_t requested, granted, paid; /* sums over its subsidies and payments; NUMBER_NONE: no amount is known */
	int64_t forecast, p104;           /* by the sheets: the whole cost, and the part on programme 104; NUMBER_NONE */
	int64_t unexplained;              /* of what is asked for, what no sheet forecasts; 0 also when nothing is asked for */
	const struct grant *grant;        /* its subsidy, the last one where there are several; NULL: none */
};

struct money_year money_of_year(const struct plan *p, int64_t year);
/* Every year that the contract touches, or of which a subsidy, a forecast or a payment speaks, in order. */
struct money_year *money_years(struct arena *a, const struct plan *p, size_t *n);

period civil_years(const struct plan *p); /* the years, as numbers, that the contract touches; from > to: not known */
