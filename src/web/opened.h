/* opened.h - one figure opened onto what it counts: for those who may, the records and the people; for the others how many there
 * are, and why they count or not. Filled by opened.c, shown by views/opened.tmpl. */
#pragma once
#include "figures/explain.h"
#include "web/parts.h"
#include "web/quest.h"

struct opened_row {
	const struct explained *record;
	str name, url;    /* of the person; absent: nobody's, or not within reach */
	const char *kind; /* of the record, translated */
	str action;       /* its title */
	str about;        /* what it is about: a title, a kind, a label; absent: nothing more, or not for this viewer */
	str quantity;
	bool counts;
};

struct opened_cell {
	enum cell cell;
	str url;
};

struct opened_reason {
	enum why why;
	struct reason_count count;
	str url; /* only these rows; absent: no row is shown to this viewer */
};

struct opened {
	struct req *req;
	struct shown shown;
	const struct plan *plan;
	const struct figure *figure;
	enum cell cell;
	str where; /* title of the action, the sheet, the contract */
	str back;  /* address of the questionnaire at that place */
	struct opened_cell cells[CELLS];
	int n_cells;
	struct opened_reason reasons[WHYS];
	int n_reasons;
	bool reads; /* the records themselves may be seen */
	struct opened_row *rows;
	bool people, about; /* some row has somebody, says what it is about */
	size_t n, all;      /* on this page; that are wanted */
	int64_t elsewhere;  /* records of other operators, which are counted and not shown */
	enum why only;      /* WHYS: every reason */
	str every;          /* address of the list with every reason */
	str csv;            /* absent: may not be taken away */
	struct paging paging;
};

/* ?contrat=&periode=&fiche=REF|action=REF&indicateur=NAME&case=CELL&motif=WORD&page=N. Inside the page's read transaction.
 * ERR_NOTFOUND: no such figure, or not within reach. */
const struct err *opened_read(struct req *r, struct opened *o);
/* The rows that this viewer may see, as the explanation's own CSV. Only when o->csv is there. */
const struct err *opened_csv(struct req *r, struct opened *o, struct buf *to);
/* opened_about.c: what a record is about; of health, only where the viewer may know. */
const struct err *opened_about(struct req *r, const struct opened *o, const struct explained *x, str *about);
/* The value of the cell with its unit: "124 people"; money says its own; titles as they stand. NULL: nothing can be counted. */
const char *opened_words(struct html *h, const struct opened *o);
