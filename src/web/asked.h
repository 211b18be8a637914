/* asked.h - forms that fill no record: a password, a code, a choice. What form.h does for records: all faults at once, at the top
 * and at the field, what was typed kept; but never a password. */
#pragma once
#include "web/control.h"
#include "web/req.h"

enum { ASKED_FAULTS = 8 };
struct asked {
	struct req *req;
	str token; /* for form_token */
	struct fault_line faults[ASKED_FAULTS];
	size_t n;
};
struct asked asked_of(struct req *r);
/* id: of the control, which is also its name; NULL: the form as a whole. label: N_, as the control's. words: translated. */
void asked_fault(struct asked *f, const char *id, const char *label, str words);
str asked_why(const struct asked *f, const char *id); /* absent: nothing is wrong with it */
/* The ids that describe a control to readers: its fault, its hint. */
str asked_described(const struct asked *f, const char *id, bool hint);

/* The holder's password, in the field "mot_de_passe", before what deserves it: *right, or a fault. */
const struct err *asked_confirm(struct asked *f, bool *right);
