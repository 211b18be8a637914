/* fault.h - pages that say what went wrong, in plain words, and what to do: never a code alone, never a value */
#pragma once
#include "web/req.h"

/* Whatever the page had written is dropped. The status follows from the kind of error. */
void fault_page(struct req *r, const struct err *e);
/* 403 in words: which right is missing, who holds it and can be asked. */
const struct err *fault_refused(struct req *r, enum right right);
/* The address exists, but not for this method. */
const struct err *fault_method(struct req *r);
/* A change by somebody who only sees the pages as another role does. */
const struct err *fault_looking(struct req *r);
