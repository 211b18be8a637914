/* assiduity.h - hours attended of hours planned, person by person, and who is dropping out. The hours are those of the figures themselves
 * (view->courses): what the questionnaire counts as assiduous is what stands here. Pure: over a book in memory. */
#pragma once
#include "figures/view.h"

/* 80 per cent of the planned hours is the State's rule (indicator 3.1). Dropping is ours: three absences in a row, or less than 80 per cent of
 * the hours of the last four weeks, over two sessions at least. Both look at training sessions that were held, of whom was on their register. */
enum { ASSIDUOUS = 80, ABSENCES = 3, RECENT_DAYS = 28, RECENT_SESSIONS = 2 };

struct assiduity {
	int enrolment, person;     /* places in the book */
	int64_t planned, attended; /* minutes; planned 0: not said */
	int percent;               /* cut to a whole number; -1: no planned hours */
	bool assiduous, eligible;  /* eligible in the action: counted by the figure */
	bool running;              /* still enrolled today */
	int absences;              /* in a row, up to the last session */
	int recent_sessions;
	int64_t recent_minutes, recent_attended;
	bool dropping;
};
struct assiduity_action {
	int action;          /* in the book */
	struct assiduity *v; /* who is dropping first, then the lowest first; those without planned hours last */
	int n, assiduous, below, unplanned, dropping;
};
/* The enrolments that count in the view's period. */
void assiduity_of(struct arena *a, const struct view *v, int action, day today, struct assiduity_action *to);
