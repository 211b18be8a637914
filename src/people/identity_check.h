/* identity_check.h - what somebody typed about a person and cannot be: asked of forms, where whoever types can mend it at once. A
 * bundle is held to its format alone (model/rules.c), since it gives back what another program kept. */
#pragma once
#include "base/problem.h"
#include "model/model.h"

/* stored: the person as kept so far, NULL for somebody new; what is as it was is not asked about again. wrong: fields that were
 * refused already, a bit each. */
void identity_check(const struct person *p, const struct person *stored, day today, uint64_t wrong, struct problem_sink *sink);
