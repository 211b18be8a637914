#include "contract/conformity.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/shown.h"
#include "db/db.h"
#include "sql.h"

#define RULE(finding, severity, heading, remedy, source) \
	{ #finding, SEVERITY_##severity, heading, remedy, source, check_##finding },
const struct rule conformity_rules[] = {
#include "contract/rules.def"
};
#undef RULE
const size_t conformity_rule_count = sizeof conformity_rules / sizeof *conformity_rules;

/* One more place at the end of a list. */
#define MORE(a, list) ((list)->v = more((a), (list)->v, (list)->n, &(list)->cap, sizeof *(list)->v), &(list)->v[(list)->n++])

static void *
more(struct arena *a, void *v, size_t n, size_t *cap, size_t size)
{
	void *larger;

	if (n < *cap)
		return v;
	*cap = *cap == 0 ? 32 : *cap * 2;
	larger = arena_array(a, *cap, size);
	if (n > 0)
		memcpy(larger, v, n * size);
	return larger;
}

void
finding_add(struct conformity *c, str ref, const char *format, ...)
{
	struct finding *f = MORE(c->arena, &c->findings);
	char *detail;
	va_list args;
	int n;

	va_start(args, format);
	n = vasprintf(&detail, format, args);
	va_end(args);
	if (n < 0)
		bug_oom(0);
	*f = (struct finding){ c->rule, str_dup(c->arena, ref), str_dup(c->arena, (str){ detail, (size_t)n }) };
	free(detail);
}

const char *
show_money(struct conformity *c, int64_t cents)
{
	struct buf b = { 0 };
	const char *out;

	if (c->plain)
		decimal_money(&b, cents);
	else
		decimal_french(&b, cents, 2);
	out = str_z(c->arena, buf_str(&b));
	buf_release(&b);
	return out;
}

const char *
show_day(struct conformity *c, day d)
{
	char text[DAY_TEXT];

	return str_z(c->arena, c->plain ? day_text(d, text) : day_shown(d, text));
}

void
join_words(struct conformity *c, str *list, str word)
{
	*list = list->len == 0 ? word : str_format(c->arena, "%.*s, %.*s", STR_ARG(*list), STR_ARG(word));
}

period
civil_years(const struct plan *p)
{
	period d = plan_duration(&p->contract);
	int year_from, year_to, month, dayofmonth;

	if (d.from == DAY_NONE || d.to == DAY_NONE)
		return (period){ 1, 0 };
	day_split(d.from, &year_from, &month, &dayofmonth);
	day_split(d.to, &year_to, &month, &dayofmonth);
	return (period){ year_from, year_to };
}

static const struct err *
read_paid(struct conformity *c, struct db *db)
{
	struct conformity_payments_row row;
	struct db_rows rows;
	const struct err *e = conformity_payments(db, &rows, c->plan->keeper, c->plan->contract.record.id);

	if (e != NULL)
		return e;
	while (conformity_payments_next(&rows, &row))
		*MORE(c->arena, &c->paid) = (struct paid){ row.year, row.cents };
	return db_done(&rows);
}

static const struct err *
read_met(struct conformity *c, struct db *db)
{
	struct conformity_meetings_row row;
	struct db_rows rows;
	const struct err *e = conformity_meetings(db, &rows, c->plan->keeper, c->plan->contract.record.id);

	if (e != NULL)
		return e;
	while (conformity_meetings_next(&rows, &row))
		*MORE(c->arena, &c->met) = (struct met){ row.body_id, row.on_date };
	return db_done(&rows);
}

const struct err *
conformity_check(struct db *db, struct arena *a, const struct plan *plan, day today, bool plain, struct conformity *c)
{
	const struct err *e;

	*c = (struct conformity){ .arena = a, .plan = plan, .today = today, .plain = plain };
	if ((e = read_paid(c, db)) != NULL || (e = read_met(c, db)) != NULL)
		return e;
	conformity_run(c);
	return NULL;
}

void
conformity_run(struct conformity *c)
{
	for (size_t i = 0; i < conformity_rule_count; i++) {
		c->rule = &conformity_rules[i];
		c->rule->check(c);
	}
}

static int
in_order(const void *a, const void *b)
{
	const struct finding *x = a, *y = b;
	int c = strcmp(x->rule->finding, y->rule->finding);

	if (c == 0)
		c = str_cmp(x->ref, y->ref);
	return c != 0 ? c : str_cmp(x->detail, y->detail);
}

void
conformity_sort(struct conformity *c)
{
	if (c->findings.n > 0)
		qsort(c->findings.v, c->findings.n, sizeof *c->findings.v, in_order);
}
