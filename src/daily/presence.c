#include "daily/presence.h"

#include "model/model.h"

bool
presence_equal(struct presence a, struct presence b)
{
	return a.minutes == b.minutes && a.excused == b.excused;
}

bool
presence_read(str written, struct presence *to)
{
	number n;

	*to = (struct presence){ .minutes = NUMBER_NONE };
	if (written.len == 0)
		return true;
	if (str_is(written, "0e")) {
		*to = (struct presence){ 0, true };
		return true;
	}
	n = str_number(written);
	if (!n.ok || n.value < 0 || n.value > COUNT_MAX)
		return false;
	to->minutes = n.value;
	return true;
}

str
presence_written(struct arena *a, struct presence m)
{
	if (!presence_answered(m))
		return S("");
	return m.excused ? S("0e") : str_format(a, "%lld", (long long)m.minutes);
}

enum presence_end
presence_merge(struct presence before, struct presence stored, struct presence sent, bool trainer)
{
	if (presence_equal(sent, before) || presence_equal(sent, stored))
		return PRESENCE_STAYS;
	if (presence_equal(stored, before))
		return PRESENCE_TAKEN;
	return trainer ? PRESENCE_REPLACED : PRESENCE_REFUSED;
}
