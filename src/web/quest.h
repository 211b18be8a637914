/* quest.h - the questionnaire as a page: its sheets in the contract's order, each with the lines that this viewer may read.
 * Filled by quest.c, shown by views/questionnaire.tmpl. */
#pragma once
#include "model/plan.h"
#include "web/period_switch.h"

struct quest_line {
	const struct figure *figure;
	str title;      /* of the indicator, or of the action below it */
	bool action;    /* an action's own part of the line above it */
	bool absent;    /* mandatory, and the sheet does not carry it */
	bool opens;     /* leads to its records */
	str url[CELLS]; /* absent: not opened */
};

struct quest_gap { /* sessions of one action held without attendance */
	int64_t n;
	str title, url; /* of the action; of the list of its attendance sheets, absent: not for this viewer */
};

struct quest_sheet {
	const struct sheet *record;
	const struct book_sheet *book;
	const struct flags *flags;
	struct quest_line *lines; /* numbers */
	struct quest_line *texts; /* tools and themes */
	size_t n, n_texts;
	str without_status_url, unknown_sex_url, unknown_birth_url; /* the records behind each flag; absent: not opened */
	struct quest_gap *gaps;
	int n_gaps;
	int64_t objective, achieved; /* people, for the overview; NOT_KNOWN */
	str achieved_url;
};

struct quest {
	struct req *req;
	struct shown shown;
	const struct plan *plan;
	struct period_switch periods;
	struct quest_sheet *sheets; /* those within reach, or the one asked for */
	size_t n;
	struct quest_line *whole; /* of the contract; none when only a part of it is within reach */
	size_t n_whole;
	bool one;     /* a single sheet was asked for */
	bool exports; /* the whole is within reach, and may be taken away */
	str query;    /* contrat=..&periode=..: for the addresses beside */
};

/* ?contrat=REF&periode=WORD&fiche=REF. Inside the page's read transaction. */
const struct err *quest_read(struct req *r, struct quest *q);

/* quest_flags.c: where the flags of a sheet lead, once its lines are known. */
void quest_flags(const struct quest *q, struct quest_sheet *s);

/* Whether a right goes as far as the scope of a figure; whether it may be read at all: money has a right of its own. */
bool figure_reached(
    const struct viewer *v, enum right right, const struct plan *plan, const struct book *b, const struct figure *f);
bool figure_readable(const struct viewer *v, const struct plan *plan, const struct book *b, const struct figure *f);

/* Whether its records may be counted (RIGHT_EVIDENCE_COUNT) or read (RIGHT_EVIDENCE_READ): of a cost, by who answers for money too. */
bool figure_opened(
    const struct viewer *v, enum right right, const struct plan *plan, const struct book *b, const struct figure *f);

/* One line of the rule of an indicator, translated; the label of a local one is the contract's. */
str indicator_label(const struct book_indicator *i);
