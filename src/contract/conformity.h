/* conformity.h - what does not hold in a contract, as a list for the parties to settle; nothing is ever repaired here.
 * Each rule is a row of rules.def and a function over the plan; what it finds names a record and says one sentence. */
#pragma once
#include "model/entity.h"
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

/* The record to open in order to settle a finding. */
struct place {
	enum entity_number entity;
	int64_t id;
	str ref; /* of a local indicator its name */
};

struct finding {
	const struct rule *rule;
	struct place place;
	str detail; /* one sentence, translated */
};

struct conformity {
	struct arena *arena;
	const struct plan *plan;
	day today;
	bool plain;                         /* values as exports write them (1234.50, 2026-01-31), else as people read them */
	PLAN_LIST(struct finding) findings; /* in the order of the rules; those of a rule in the order of the records */
	const struct rule *rule;            /* at work */
};

/* Everything that does not hold in the plan as it stands. */
void conformity_check(struct arena *a, const struct plan *plan, day today, bool plain, struct conformity *c);
/* In code-point order of finding, ref, detail. */
void conformity_sort(struct conformity *c);

/* --- for the rules --- */
void finding_add(struct conformity *c, struct place place, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* The place of a record. */
/* clang-format off */
#define AT(r) ((struct place){ \
	_Generic(*(r), \
	    struct territory: ENTITY_territories, \
	    struct organisation: ENTITY_organisations, \
	    struct deliberation: ENTITY_deliberations, \
	    struct contract: ENTITY_contracts, \
	    struct grant: ENTITY_grants, \
	    struct priority: ENTITY_priorities, \
	    struct axis: ENTITY_axes, \
	    struct sheet: ENTITY_sheets, \
	    struct action: ENTITY_actions, \
	    struct body: ENTITY_bodies), \
	(r)->record.id, (r)->ref })
/* clang-format on */
const char *show_money(struct conformity *c, int64_t cents);
/* How an indicator is called, its name behind: "Cost of the action" (2.cost); in exports its name alone. */
str show_indicator(struct conformity *c, str name);
const char *show_day(struct conformity *c, day d);
/* Refs and names joined by ", ", for a sentence. */
void join_words(struct conformity *c, str *list, str word);

#define RULE(finding, ...) void check_##finding(struct conformity *c);
#include "contract/rules.def"
#undef RULE
