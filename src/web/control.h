/* control.h - one control of a form, ready to be written (views/form.tmpl); made by control.c alone */
#pragma once
#include "web/form.h"

struct option {
	str value, label;
	const char *id;
};

struct control {
	const struct field *field;
	str value;        /* what stands in it */
	bool chosen;      /* radios: something was chosen, also "not known" */
	str fault;        /* why it was refused; absent */
	const char *hint; /* translated; NULL */
	str described;    /* ids of the fault and the hint, for readers */
	const char *box;  /* class of the field */
	const char *size, *mode;
	bool names;          /* holds names: no correction, no capital */
	const char *part[3]; /* day, month, year: names of the controls */
	str typed[3];        /* and what stands in them */
	const struct option *options;
	size_t n;
};
bool control_has(const struct control *c, str value); /* among the values of a SET */

struct fault_line {
	const char *id;    /* of the control; NULL: the record as a whole */
	const char *label; /* N_ */
	str words;
};
