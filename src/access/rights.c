#include "access/rights.h"

#include "base/text.h"

const char *
reach_label(enum role role, enum reach reach)
{
	switch (reach) {
	case REACH_ALL:
		return tr("the whole city");
	case REACH_OWN:
		return role == ROLE_beneficiary ? tr("oneself") : tr("one's own organisation");
	case REACH_NO:
		break;
	}
	return tr("no");
}

str
right_sentence(struct arena *a, enum role role, enum right right)
{
	const char *what = tr(right_labels[right]);

	switch (reach_of(role, right)) {
	case REACH_ALL:
		return str_format(a, tr("may %s"), what);
	case REACH_OWN:
		return str_format(a,
		    role == ROLE_beneficiary ? tr("may %s, for oneself only") : tr("may %s, for one's own organisation only"),
		    what);
	case REACH_NO:
		break;
	}
	return str_format(a, tr("may not %s"), what);
}

struct viewer
viewer_as(const struct viewer *v, enum role role, int64_t organisation)
{
	struct viewer as = *v;

	as.looking = true;
	as.really = v->looking ? v->really : v->role;
	as.role = role;
	if (v->organisation == 0)
		as.organisation = organisation;
	return as;
}
