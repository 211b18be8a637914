/* resume.h - a form that came after its sign-in had ended: what was typed is kept, sealed, for twelve hours, and sent again by
 * its writer once signed in. Files and passwords are not kept. */
#pragma once
#include "web/req.h"

/* Nobody is signed in: keeps the form of this POST. *draft: to be carried through the sign-in; absent: nothing could be kept. */
const struct err *resume_keep(struct req *r, str *draft);
