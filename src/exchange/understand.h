/* understand.h - what people write in their own spreadsheets, read as the values of the model.
 * Every reader takes the text of one cell and gives the value as the interchange writes it, and how sure that is, so that a page
 * can show what was understood before anything is kept. Texts live in the arena of the reading. */
#pragma once
#include "base/arena.h"
#include "base/date.h"
#include "model/entity.h"

enum sense {
	SENSE_EMPTY,    /* nothing, or words for nothing: "-", "NC", "non renseigné" */
	SENSE_CERTAIN,  /* one reading only */
	SENSE_GUESSED,  /* taken so, and another reading exists: say tells which was taken */
	SENSE_LEFT_OUT, /* nothing that the model can hold, and not worth refusing the row for: value is empty, say tells why */
	SENSE_REFUSED,  /* not understood: say tells what is expected */
};
struct understood {
	enum sense sense;
	str value;
	const char *say; /* translated; NULL when there is nothing to say */
};

enum day_order { ORDER_UNKNOWN, DAY_FIRST, MONTH_FIRST };
struct reading {
	struct arena *a;
	day today;            /* two-digit years and dates to come are judged by it */
	enum day_order order; /* of 03/04/2025, when the other values of the column tell */
};

/* Words that say that nothing is known. */
bool says_nothing(struct reading *r, str text);

/* --- dates --- */
struct understood understand_date(struct reading *r, str text);  /* a whole date: YYYY-MM-DD */
struct understood understand_birth(struct reading *r, str text); /* in the past; also 1990 or 03/1990: YYYY, YYYY-MM */
struct understood understand_past(struct reading *r, str text);  /* a whole date that is not to come */
/* A date among other words: "Séance du 12/03", of a heading. Without a year it is the one that puts the date last before today. */
struct understood understand_heading_date(struct reading *r, str text);
/* What order of day and month one value shows; ORDER_UNKNOWN when it could be either, or is no date. */
enum day_order date_order(struct reading *r, str text);

/* --- words --- */
/* A word of a list of words.def, by its code, its words in French and English and its label. field: whose labels are tried too, may
 * be NULL. */
struct understood understand_word(struct reading *r, const char *list, const struct field *field, str text);
struct understood understand_choice(struct reading *r, const struct field *f, str text); /* an ENUM field */
struct understood understand_yes_no(struct reading *r, str text);                        /* yes, no */
struct understood understand_level(struct reading *r, str text);                         /* CEFR, as assessments write it */
struct understood understand_act(struct reading *r, str text);    /* a kind of act, or a local code made of the words */
struct understood understand_ending(struct reading *r, str text); /* length of a job in months, or permanent */

/* --- places and languages --- */
struct understood understand_country(struct reading *r, str text);   /* ISO 3166-1 alpha-2 */
struct understood understand_languages(struct reading *r, str text); /* ISO 639-1, separated by ; */

/* --- numbers --- */
struct understood understand_amount(struct reading *r, str text); /* "1000.5": at most two decimals, with a dot */
struct understood understand_count(struct reading *r, str text);  /* a whole number, not negative */
enum unit_of_time { TIME_UNKNOWN, TIME_MINUTES, TIME_HOURS };
struct understood understand_minutes(struct reading *r, str text, enum unit_of_time unit); /* unit: of a bare number */
struct understood understand_phone(struct reading *r, str text);
struct understood understand_email(struct reading *r, str text);
/* One cell of a sheet of attendance: "present", "absent", "excused", or whole minutes of presence. With TIME_UNKNOWN a number other
 * than 0 and 1 is taken as understand_minutes does; otherwise 1 is one of the unit too. */
struct understood understand_mark(struct reading *r, str text, enum unit_of_time unit);

/* --- names --- */
/* "NOORI Ahmad", "Ahmad NOORI", "Noori, Ahmad", "Mme Noori Ahmad" into two; given_first: what the heading says. */
struct understood_name {
	enum sense sense;
	str family, given;
	const char *say;
};
struct understood_name understand_name(struct reading *r, str text, bool given_first);

/* for the readers themselves */
static inline struct understood
understood(enum sense sense, str value, const char *say)
{
	return (struct understood){ sense, value, say };
}
