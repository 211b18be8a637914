#include "web/period_asked.h"

#include "base/text.h"
#include "exchange/understand.h"

/* DAY_NONE: it is wrong, and *why says so. */
static day
date_read(struct req *r, str typed, const char *missing, const char **why)
{
	struct reading reading = { .a = r->arena, .today = r->today, .order = DAY_FIRST };
	struct understood u = understand_date(&reading, typed);
	/* The number of a day is how a spreadsheet keeps a date, and nothing that somebody types. */
	const bool number_of_day = str_number(typed).ok && typed.len < 6;
	day d = !number_of_day && (u.sense == SENSE_CERTAIN || u.sense == SENSE_GUESSED) ? day_parse(u.value) : DAY_NONE;

	if (u.sense == SENSE_EMPTY)
		*why = missing;
	else if (d == DAY_NONE)
		*why = tr("this is not a date: write the day, the month and the year, for instance 17/10/2022");
	return d;
}

static void
dates_read(struct req *r, struct period_asked *asked, struct span *out)
{
	period p;

	p.from = date_read(r, asked->from, tr("enter the first day of the period"), &asked->why_from);
	p.to = date_read(r, asked->to, tr("enter the last day of the period"), &asked->why_to);
	if (p.from == DAY_NONE || p.to == DAY_NONE)
		return;
	if (p.to < p.from)
		asked->why_to = tr("the last day comes before the first");
	else
		*out = (struct span){ .calendar = CALENDAR_FREE, .days = p };
}

void
period_asked_read(struct req *r, const struct book_contract *c, struct period_asked *asked, struct span *out)
{
	str word = req_query(r, "periode");

	*asked = (struct period_asked){ .from = str_trim(req_query(r, "du")), .to = str_trim(req_query(r, "au")) };
	asked->any = word.len > 0 || asked->from.len > 0 || asked->to.len > 0;
	if (asked->from.len > 0 || asked->to.len > 0)
		dates_read(r, asked, out);
	else if (word.len > 0 && span_parse(r->arena, word, c, out) != NULL)
		asked->why =
		    tr("The address of this page asks for a period that does not exist. Choose one from the list, or two dates.");
}

bool
period_asked_wrong(const struct period_asked *asked)
{
	return asked->why_from != NULL || asked->why_to != NULL || asked->why != NULL;
}
