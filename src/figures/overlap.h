/* overlap.h - people who are in several parts of a scope: the actions or the sheets of the contract, the actions of a sheet.
 *
 * Two numbers, each of people and each held to a figure. `both` counts whom 1.1.beneficiaries counts in the one part and in
 * the other; where a part meets itself it is that figure (by the records, also of a sheet whose figures are sent). `in`
 * counts the people eligible in the whole by how many parts they drew a benefit from: over the actions of the contract its
 * numbers add up to cohort.enlarged, and from two parts on to cohort.two_actions. */
#pragma once
#include "figures/questionnaire.h"

struct overlap {
	const struct book *book;
	period period;
	const struct scope *whole;
	enum scope_kind kind;       /* of the parts */
	const struct scope **parts; /* sheets by number, the actions of a sheet by ref */
	int n;
	int64_t *both; /* [i * n + j] */
	int64_t *in;   /* [k]: people in exactly k parts, for k from 1 to most */
	int most;      /* the largest number of parts that somebody is in; 0: nobody is in any */
};

extern const char *const overlap_rule_both, *const overlap_rule_in; /* N_ */

/* whole: the contract with its actions or sheets, or a sheet with its actions. */
struct overlap *overlap_make(struct arena *a, const struct view *v, const struct scope *whole, enum scope_kind parts);

/* scope,ref,other_ref,parts,people: a line for each cell of the matrix, then one for each number of parts. */
void overlap_csv(const struct overlap *o, struct buf *to);
void overlap_json(const struct overlap *o, struct buf *to);
