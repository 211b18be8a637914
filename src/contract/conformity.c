#include "contract/conformity.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/shown.h"
#include "base/text.h"
#include "model/indicator.h"

#define RULE(finding, severity, heading, remedy, source) \
	{ #finding, SEVERITY_##severity, heading, remedy, source, check_##finding },
const struct rule conformity_rules[] = {
#include "contract/rules.def"
};
#undef RULE
const size_t conformity_rule_count = sizeof conformity_rules / sizeof *conformity_rules;

void
finding_add(struct conformity *c, struct place place, const char *format, ...)
{
	struct finding *f = PLAN_ADD(c->arena, &c->findings);
	char *detail;
	va_list args;
	int n;

	va_start(args, format);
	n = vasprintf(&detail, format, args);
	va_end(args);
	if (n < 0)
		bug_oom(0);
	place.ref = str_dup(c->arena, place.ref);
	*f = (struct finding){ c->rule, place, str_dup(c->arena, (str){ detail, (size_t)n }) };
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

static str
indicator_called(const struct plan *p, str name)
{
	const struct indicator_name *known = indicator_named(name);

	for (size_t i = 0; i < p->local_indicators.n; i++)
		if (str_eq(p->local_indicators.v[i].indicator, name))
			return p->local_indicators.v[i].label;
	return known == NULL || known->label == NULL ? (str){ 0 } : str_of(tr(known->label));
}

str
show_indicator(struct conformity *c, str name)
{
	str label = c->plain ? (str){ 0 } : indicator_called(c->plan, name);

	return label.len == 0 ? name : str_format(c->arena, tr("“%.*s” (%.*s)"), STR_ARG(label), STR_ARG(name));
}

void
join_words(struct conformity *c, str *list, str word)
{
	*list = list->len == 0 ? word : str_format(c->arena, "%.*s, %.*s", STR_ARG(*list), STR_ARG(word));
}

void
conformity_check(struct arena *a, const struct plan *plan, day today, bool plain, struct conformity *c)
{
	*c = (struct conformity){ .arena = a, .plan = plan, .today = today, .plain = plain };
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
		c = str_cmp(x->place.ref, y->place.ref);
	return c != 0 ? c : str_cmp(x->detail, y->detail);
}

void
conformity_sort(struct conformity *c)
{
	if (c->findings.n > 0)
		qsort(c->findings.v, c->findings.n, sizeof *c->findings.v, in_order);
}
