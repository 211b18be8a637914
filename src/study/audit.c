#include "study/audit.h"

#include <string.h>

#include "base/err.h"
#include "study/exact.h"

enum { DATES_MOST = EXACT_VARIABLES / 8 };

/* Eight kinds of people: three answers, a bit each. The unknown numbers are how many of each kind there are, at the first date of
 * those that only grow, then how many came. */
enum { IS_WOMAN = 1, IS_25 = 2, IS_OTHER = 4, KINDS = 8 };

/* A part of the people: of the answers in `asked`, these. */
struct part {
	int asked, answers;
};
static const struct part parts_printed[EIGHT] = {
	[EIGHT_TOTAL] = { 0, 0 },
	[EIGHT_MEN] = { IS_WOMAN, 0 },
	[EIGHT_WOMEN] = { IS_WOMAN, IS_WOMAN },
	[EIGHT_UNDER25] = { IS_25, 0 },
	[EIGHT_BPI] = { IS_OTHER, 0 },
	[EIGHT_BPI_MEN] = { IS_OTHER | IS_WOMAN, 0 },
	[EIGHT_BPI_WOMEN] = { IS_OTHER | IS_WOMAN, IS_WOMAN },
	[EIGHT_BPI_UNDER25] = { IS_OTHER | IS_25, 0 },
};

struct attack {
	size_t n;
	size_t begins[DATES_MOST]; /* the first of the dates that only grow up to this one */
	int64_t known[EXACT_VARIABLES];
	int8_t factors[EXACT_VARIABLES * EXACT_VARIABLES];
	int64_t equal[EXACT_VARIABLES];
	size_t equations;
};

/* Adds the part at a date to a sum, or takes it off. */
static void
add_part(const struct attack *k, int8_t *sum, size_t date, struct part part, int sign)
{
	for (size_t d = k->begins[date]; d <= date; d++) {
		for (int kind = 0; kind < KINDS; kind++) {
			if ((kind & part.asked) == part.answers)
				sum[d * KINDS + (size_t)kind] = (int8_t)(sum[d * KINDS + (size_t)kind] + sign);
		}
	}
}

/* Some people who give these cells: as few as can be are both men and under 25. */
static bool
people_of(const struct eight *cells, int64_t kinds[KINDS])
{
	const int64_t *of = cells->of;

	for (int other = 0; other <= IS_OTHER; other += IS_OTHER) {
		int64_t all = other ? of[EIGHT_TOTAL] - of[EIGHT_BPI] : of[EIGHT_BPI];
		int64_t men = other ? of[EIGHT_MEN] - of[EIGHT_BPI_MEN] : of[EIGHT_BPI_MEN];
		int64_t young = other ? of[EIGHT_UNDER25] - of[EIGHT_BPI_UNDER25] : of[EIGHT_BPI_UNDER25];
		int64_t young_men = men + young > all ? men + young - all : 0;

		kinds[other] = young_men;
		kinds[other | IS_25] = men - young_men;
		kinds[other | IS_WOMAN] = young - young_men;
		kinds[other | IS_WOMAN | IS_25] = all - men - young + young_men;
	}
	for (int kind = 0; kind < KINDS; kind++) {
		if (kinds[kind] < 0)
			return false;
	}
	return of[EIGHT_MEN] + of[EIGHT_WOMEN] == of[EIGHT_TOTAL] && of[EIGHT_BPI_MEN] + of[EIGHT_BPI_WOMEN] == of[EIGHT_BPI];
}

/* When nobody went away between two dates, as far as anybody could know, the attacker takes it for certain. */
static void
begin(struct attack *k, size_t date, const struct eight *tables)
{
	int64_t *mine = k->known + date * KINDS;
	struct eight came;

	k->begins[date] = date;
	if (date > 0) {
		for (int i = 0; i < EIGHT; i++)
			came.of[i] = tables[date].of[i] - tables[date - 1].of[i];
		if (people_of(&came, mine)) {
			k->begins[date] = k->begins[date - 1];
			return;
		}
	}
	if (!people_of(&tables[date], mine))
		bug("a table that does not hold");
}

static bool
read_printed(struct attack *k, size_t date, const struct eight *table, const struct eight *printed)
{
	for (int i = 0; i < EIGHT; i++) {
		if (printed->of[i] == EIGHT_EMPTY)
			continue;
		if (printed->of[i] != table->of[i])
			return false;
		add_part(k, k->factors + k->equations * k->n * KINDS, date, parts_printed[i], 1);
		k->equal[k->equations++] = printed->of[i];
	}
	return true;
}

/* One count, or one difference. The question is spared when its true value is not small: nothing else could be found. */
static bool
withstands(const struct attack *k, struct exact *x, int64_t threshold, struct part part, struct audit_found *f)
{
	int8_t sum[EXACT_VARIABLES] = { 0 };
	int64_t value = 0;
	enum exact_answer answer;

	add_part(k, sum, f->date, part, 1);
	if (f->before != f->date)
		add_part(k, sum, f->before, part, -1);
	for (size_t i = 0; i < k->n * KINDS; i++)
		value += sum[i] * k->known[i];
	if (value == 0 || value >= threshold || value <= -threshold)
		return true;
	answer = exact_ask(x, sum);
	f->what = answer == EXACT_LOST ? AUDIT_LOST : AUDIT_SMALL;
	f->value = value;
	return answer == EXACT_FREE;
}

static bool
every_part(const struct attack *k, struct exact *x, int64_t threshold, struct audit_found *f)
{
	for (int asked = 0; asked < KINDS; asked++) {
		for (int answers = 0; answers < KINDS; answers++) {
			struct part part = { asked, answers };

			if ((answers & ~asked) == 0 && !withstands(k, x, threshold, part, f))
				return false;
		}
	}
	return true;
}

bool
audit(struct arena *a, int64_t threshold, size_t n, const struct eight *tables, const struct eight *printed,
    struct audit_found *found)
{
	struct attack *k = ARENA_NEW(a, struct attack);
	struct exact_system s;
	struct exact *x;

	if (n > DATES_MOST)
		bug("%zu dates of one table", n);
	k->n = n;
	for (size_t date = 0; date < n; date++) {
		begin(k, date, tables);
		*found = (struct audit_found){ .date = date, .before = date, .what = AUDIT_FALSE };
		if (!read_printed(k, date, &tables[date], &printed[date]))
			return false;
	}
	s = (struct exact_system){ n * KINDS, k->equations, k->factors, k->equal, k->known };
	x = exact_new(a, &s);
	for (size_t date = 0; date < n; date++) {
		for (size_t before = 0; before <= date; before++) {
			*found = (struct audit_found){ .date = date, .before = before };
			if (!every_part(k, x, threshold, found))
				return false;
		}
	}
	return true;
}
