/* conformity.h - what does not hold in a contract, as a list for the parties to settle; nothing is ever repaired here.
 * Each rule is a row of rules.def and a function over the plan; what it finds names a record and says one sentence. */
#pragma once
#include "model/plan.h"

enum severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_NOTICE };

struct conformity;
struct rule {
	const char *finding; /* stable code */
	enum severity severity;
	const char *heading, *remedy, *source; /* N_ */
	void (*check)(struct conformity *c);
};
extern const struct rule conformity_rules[];
extern const size_t conformity_rule_count;

struct finding {
	const struct rule *rule;
	str ref, detail; /* whose record; one sentence, translated */
};

/* What is looked at beside the plan: sums of payments by year of the subsidy, days on which a body met. */
struct paid {
	int64_t year, cents;
};
struct met {
	int64_t body;
	day on;
};

struct conformity {
	struct arena *arena;
	const struct plan *plan;
	PLAN_LIST(struct paid) paid;
	PLAN_LIST(struct met) met;
	day today;
	bool plain;                         /* values as exports write them (1234.50, 2026-01-31), else as people read them */
	PLAN_LIST(struct finding) findings; /* in the order of the rules; those of a rule in the order of the records */
	const struct rule *rule;            /* at work */
};

/* Inside a read transaction, so that all of it is of one moment. */
const struct err *conformity_check(
    struct db *db, struct arena *a, const struct plan *plan, day today, bool plain, struct conformity *c);
/* The same without a database: paid and met are filled in by the caller. */
void conformity_run(struct conformity *c);
/* In code-point order of finding, ref, detail. */
void conformity_sort(struct conformity *c);

/* --- for the rules --- */
void finding_add(struct conformity *c, str ref, const char *format, ...) __attribute__((format(printf, 3, 4)));
const char *show_money(struct conformity *c, int64_t cents);
const char *show_day(struct conformity *c, day d);
/* Refs and names joined by ", ", for a sentence. */
void join_words(struct conformity *c, str *list, str word);
period civil_years(const struct plan *p); /* the years, as numbers, that the contract touches; from > to: not known */

#define RULE(finding, ...) void check_##finding(struct conformity *c);
#include "contract/rules.def"
#undef RULE
