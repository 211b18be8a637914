/* sheet_page.h - one sheet (fiche-action) as its page shows it: in the contract's own order, planned beside achieved */
#pragma once
#include "web/contract_page.h"

struct indicator_row {
	const struct indicator *rule; /* of a local one: its measure */
	str name, label;
	enum indicator_unit unit;
	bool absent;            /* mandatory, and the sheet does not carry it */
	const char *planned;    /* as people read it; NULL: nothing was planned */
	const char *achieved;   /* NULL: cannot be computed, or out of reach */
	const struct figure *f; /* NULL: out of reach */
	str url;
};

struct sheet_page {
	struct contract_page c;
	const struct tree_sheet *sheet, *before, *after; /* by number; NULL: none */
	bool figures, money;                             /* this sheet's are within reach */
	bool people;                                     /* and its people */
	struct indicator_row *rows;
	size_t n_rows;
	const struct flags *flags; /* NULL: out of reach */
};

/* Fills the rows, once the sheet is known. */
void sheet_rows(struct sheet_page *p);
/* Due from every sheet of that audience, whether or not it is written there. */
bool indicator_mandatory(const struct sheet *s, const struct indicator *i);
/* A figure as people read it; NULL: not known. */
const char *figure_shown(struct arena *a, enum indicator_unit unit, int64_t value);
str sheet_url_over(const struct sheet_page *p, int64_t civil_year);    /* the same sheet over that year */
str sheet_people_url(const struct sheet_page *p, const char *missing); /* its people; missing: NULL, or those who lack it */
