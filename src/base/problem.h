/* problem.h - what a user got wrong: collected, never stopped at. A form shows the list, an import prints it. */
#pragma once
#include <stdbool.h>

#include "base/str.h"

enum problem_level { PROBLEM_FAULT, PROBLEM_WARNING };

struct problem {
	enum problem_level level;
	str file;     /* empty outside imports */
	int64_t line; /* 0: the whole file */
	str column;   /* field or column; empty: the record as a whole */
	str value;    /* as it was given; empty when it must not be shown */
	str expected; /* translated: what would be right, and what to do */
};

/* Who receives them: the views live as long as the call. Kept apart from how they are shown. */
struct problem_sink {
	void (*add)(struct problem_sink *sink, const struct problem *p);
	size_t faults, warnings; /* counted by problem_add */
};

void problem_add(struct problem_sink *sink, const struct problem *p);

/* A sink that hears nothing, for a second reading of what was reported at the first. */
struct problem_sink problem_silence(void);

/* A sink that keeps copies, for forms and tests. */
struct arena;
struct problems {
	struct problem_sink sink; /* first: a struct problems is a sink */
	struct arena *arena;
	struct problem *v;
	size_t n, cap;
};
void problems_init(struct problems *p, struct arena *a);
