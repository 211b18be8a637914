#include "access/viewer.h"

#include "base/err.h"
#include "base/text.h"

#define ROLE(name, label) #name,
const char *const role_names[ROLES] = {
#include "access/roles.def"
};
#undef ROLE

#define ROLE(name, label) label,
const char *const role_labels[ROLES] = {
#include "access/roles.def"
};
#undef ROLE

#define RIGHT(name, ...) #name,
const char *const right_names[RIGHTS] = {
#include "access/rights.def"
};
#undef RIGHT

#define RIGHT(name, sentence, ...) sentence,
const char *const right_labels[RIGHTS] = {
#include "access/rights.def"
};
#undef RIGHT

#define NO REACH_NO
#define OWN REACH_OWN
#define ALL REACH_ALL
#define RIGHT(name, sentence, ...) { __VA_ARGS__ },
static const enum reach reaches[RIGHTS][ROLES] = {
#include "access/rights.def"
};
#undef RIGHT
#undef NO
#undef OWN
#undef ALL

/* Each line of the table has a reach for every role: a missing one would be NO without a word. */
#define NO 1
#define OWN 1
#define ALL 1
#define RIGHT(name, sentence, ...) \
	_Static_assert(sizeof((int[]){ __VA_ARGS__ }) / sizeof(int) == ROLES, "a reach for each role: " #name);
#include "access/rights.def"
#undef RIGHT
#undef NO
#undef OWN
#undef ALL

static int
named(const char *const *names, int n, str name)
{
	for (int i = 0; i < n; i++) {
		if (str_is(name, names[i]))
			return i;
	}
	return -1;
}

int
role_named(str name)
{
	return named(role_names, ROLES, name);
}

int
right_named(str name)
{
	return named(right_names, RIGHTS, name);
}

enum reach
reach_of(enum role role, enum right right)
{
	return (unsigned)role < ROLES && (unsigned)right < RIGHTS ? reaches[right][role] : REACH_NO;
}

enum reach
viewer_reach(const struct viewer *v, enum right right)
{
	enum reach reach;

	if (v == NULL || v->account == 0 || v->second_step)
		return REACH_NO;
	reach = reach_of(v->role, right);
	if (v->looking && reach_of(v->really, right) < reach)
		reach = reach_of(v->really, right);
	if (reach == REACH_OWN && (v->role == ROLE_beneficiary ? v->person : v->organisation) == 0)
		return REACH_NO;
	return reach;
}

int64_t
viewer_limit(const struct viewer *v, enum right right)
{
	switch (viewer_reach(v, right)) {
	case REACH_ALL:
		return 0;
	case REACH_OWN:
		return v->role == ROLE_beneficiary ? -1 : v->organisation; /* -1 is no organisation: they reach their own file */
	case REACH_NO:
		break;
	}
	bug("the limit of a right that the viewer has not: %s", right_names[right]);
}

/* What a role has beside the table; who looks as another has it when both do. */
static bool
is_really(const struct viewer *v, enum role role)
{
	return viewer_may(v, RIGHT_HOME) && v->role == role && (!v->looking || v->really == role);
}

bool
viewer_roams(const struct viewer *v)
{
	return is_really(v, ROLE_observer);
}

bool
viewer_reads(const struct viewer *v, enum sensitivity s)
{
	bool people = viewer_may(v, RIGHT_PEOPLE_READ);

	switch (s) {
	case SENS_PUBLIC:
	case SENS_INTERNAL:
		return v != NULL && v->account != 0 && !v->second_step;
	case SENS_PERSONAL:
		/* The researcher reads the cohort under pseudonyms. */
		return people || is_really(v, ROLE_researcher);
	case SENS_IDENTIFYING:
		return people;
	case SENS_SENSITIVE:
		break;
	}
	return false;
}
