/* person_page.h - what the pages of one person share: whose file it is and whether this viewer may open it, its tabs, the note
 * that it was read, and the page that shows two versions side by side (views/person*.tmpl) */
#pragma once
#include "people/file.h"
#include "people/history.h"
#include "people/search.h"
#include "web/asked.h"
#include "web/form.h"
#include "web/page.h"

#define TAB(name, ...) PERSON_##name,
enum person_tab {
#include "web/person_tabs.def"
	PERSON_TABS
};
#undef TAB
const char *person_tab_label(enum person_tab t); /* translated */
str person_tab_url(struct arena *a, str key, enum person_tab t);
bool person_tab_open(const struct viewer *v, enum person_tab t); /* has the right that it needs */

struct person_page {
	struct req *req;
	struct sight sight;
	struct person_file file;
	str key;  /* of the address */
	str name; /* as headings write it; says so when there is none */
	bool own; /* a beneficiary reads what is held on themselves */
	enum person_tab tab;
	struct asked why; /* the reason for opening the AGDREF number, when it came back */
	bool every;       /* all entries, not only the latest */
};

/* The view that this right gives on people; only after viewer_may. */
struct sight person_sight(struct req *r, enum right right);
/* The person whom the first part of the address names, with all that is known of them. ERR_NOTFOUND: none, or none that the viewer
 * sees; a beneficiary sees nobody here: see person_open_own. The page, once it is shown, is noted in the journal. */
const struct err *person_open(struct req *r, enum right right, struct person_page *p);
/* The same for a page whose address names a record of theirs instead. */
const struct err *person_open_at(struct req *r, enum right right, int64_t person, struct person_page *p);
const struct err *person_open_own(struct req *r, struct person_page *p);
/* Notes now that the file is shown: for an answer to a POST, which shows a form again. Outside of a transaction. */
const struct err *person_shown(const struct person_page *p);
/* The same with other words for what was opened: "agdref", "print". cause: why, in a fixed word. */
const struct err *person_note(struct req *r, int64_t person, const char *cause, str fields);

/* Crumbs, heading and menu of a page about them. title: translated, without a name. */
struct page person_frame(const struct person_page *p, const char *title);
str person_name(struct arena *a, str given, str family);
/* The course in one picture; nothing when nothing has a date. */
void person_picture(struct html *h, const struct person_page *p);
/* In whole years, by the first day that a birth date may be; -1: it is not known. */
int person_age(str birth_date, day today);
/* What is said after the kind of an entry ("Workshop, 2 h"); absent: nothing. */
str entry_words(struct arena *a, const struct entry *e);
const char *minutes_words(struct arena *a, int64_t minutes);
/* The version that a form was filled from; -1: it does not say, which is no version. */
int64_t person_version_typed(const struct req *r);

/* --- two versions of a record --- */
struct person_both {
	const struct person_page *person;
	struct sheaf mine;  /* as it was typed */
	const void *stored; /* as it is now */
	int64_t version;    /* of what is stored */
	str to;             /* where the choice goes */
	bool undecided;     /* it came back without a choice for each */
};
/* Those of names whose typed value is wanted: not those for which the form chose the stored one. */
const char *both_wanted(struct req *r, const char *names);
/* The form offered a choice and does not say one for each field. */
bool both_undecided(struct req *r);
/* The fields whose values differ, ended by NULL; and what must travel along unseen: the rest of what was typed. */
const struct field **both_fields(const struct person_both *b);
const struct form_field *both_typed(const struct person_both *b, size_t *n);
/* Answers with it: status 409, or 422 when undecided; notes that the file was shown. */
const struct err *both_show(struct person_both *b, const char *title);

/* --- one page's own --- */
struct person_looker { /* who looked at the file or changed it */
	str at_text;
	int64_t at_ms;
	const char *who, *what;
	const char *why; /* NULL: it says itself */
};
struct person_lookers {
	const struct person_page *person;
	struct person_looker *v;
	size_t n;
};
struct person_known { /* accounts met so far on a page */
	struct {
		int64_t account;
		const char *words;
	} v[64];
	size_t n;
};
enum { KNOWN_MOST = 64 };
/* Who it was, as people are told: an organisation and a role, never a name. Begins empty. */
const struct err *person_who(const struct person_page *p, struct person_known *known, str actor, const char **words);
/* Inside the read transaction. Of other organisations an operator is told that they are others, not which. */
const struct err *lookers_read(struct person_page *p, struct person_lookers *to);

struct person_past { /* one record, one change */
	const struct past *past;
	int64_t at_ms;
	const char *who, *what;
	str of;                      /* which status; absent: the fields say it */
	const struct field **fields; /* those that changed and that the viewer may read, ended by NULL */
	const struct field **closed; /* those that changed, whose values are never shown by the way */
	str undo;                    /* key of the change, which this viewer may try to take back; absent */
};
struct person_pasts {
	const struct person_page *person;
	struct person_past *v;
	size_t n;
	bool more; /* there are older ones */
};

/* Who may be the one that is being added, the likeliest first. */
enum { LIKELY_MOST = 12 };
struct likely {
	struct {
		struct person_line line;
		double probability;
		str why; /* in words */
	} v[LIKELY_MOST];
	size_t n;
};
struct person_form {                      /* identity, new person, a status */
	const struct person_page *person; /* NULL: somebody new */
	struct req *req;
	struct sheaf sheaf;
	int64_t version;
	int64_t status; /* the status being changed; 0: a new one */
	bool ending;
	bool stale;                  /* changed by somebody else before it could be taken out */
	const struct likely *likely; /* a question before somebody is added; NULL */
};
struct person_home { /* the household and whom to add to it */
	const struct person_page *person;
	str q;
	struct person_hits hits;
	bool stale;
};
extern const char identity_fields[];
/* Why somebody needs the AGDREF number: the word of the form, the sentence (N_) that the journal keeps. Ends with NULL. */
extern const char *const secret_reasons[][2];
