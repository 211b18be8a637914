/* contract_page.h - what the pages of a contract share: the contract with its plan and its figures, the tabs between its pages,
 * and what a sheet or an action has achieved as far as the viewer may know */
#pragma once
#include "contract/conformity.h"
#include "contract/contract_tree.h"
#include "web/figure_url.h"
#include "web/page.h"
#include "web/period_switch.h"
#include "web/shown_figures.h"

enum contract_tab { TAB_TREE, TAB_TEXT, TAB_FINDINGS, TAB_MONEY, TABS };

struct tab {
	const char *label; /* N_ */
	str url;
	bool here;
};

struct contract_page {
	struct req *req;
	struct shown shown;
	const struct contract_tree *tree;
	struct period_switch period;
	bool figures; /* some figures are within reach: shown.figures is filled */
	bool money;   /* the whole contract's money is within reach */
	struct tab tabs[TABS];
	int n_tabs;
};

/* The contract of that ref (absent: the one in force) with all that its pages show. ERR_NOTFOUND as shown_contract. */
const struct err *contract_open(struct req *r, str ref, struct contract_page *c);
/* The tabs that this viewer has, for the page at hand. */
void contract_tabs(struct contract_page *c, enum contract_tab here);
/* Crumbs and menu of a page of the contract. */
struct page contract_frame(const struct contract_page *c, str title);

str contract_url(struct arena *a, str ref);
str sheet_url(const struct contract_page *c, const struct sheet *s);
str partner_url(struct arena *a, str ref);

/* The figure of a sheet, of an action, or of the contract (both NULL); NULL: it has none, or it is out of reach. */
const struct figure *contract_figure(
    const struct contract_page *c, const struct sheet *s, const struct action *x, const char *indicator);
str contract_figure_url(
    const struct contract_page *c, const struct sheet *s, const struct action *x, str indicator, enum cell cell);
/* Missing behind the figures of a sheet; NULL: out of reach. */
const struct flags *contract_flags(const struct contract_page *c, const struct sheet *s);

/* A sheet or an action in one line: whom it is for and how many of them were reached. */
struct glance {
	int64_t target, achieved; /* NOT_KNOWN: not said; out of reach */
	bool reached;             /* the viewer may know what was achieved */
	bool actors;              /* people are actors of integration, not newcomers */
	str url;
};
struct glance contract_glance(const struct contract_page *c, const struct tree_sheet *s, const struct tree_action *x);
const char *glance_words(struct html *h, const struct glance *g);

/* Money of a sheet, or of one of its actions (else NULL), is within reach. */
bool contract_shows_money(const struct contract_page *c, const struct sheet *s, const struct action *x);
str names_joined(struct arena *a, const struct organisation *const *v, size_t n);

/* --- findings --- */
struct mend { /* where a finding is settled */
	str url;
	const char *label; /* translated: what opens there */
};
/* "sheets.csv, column objective": where the files of the contract say it; absent: nothing recorded settles it. */
str finding_files(struct arena *a, const struct finding *f);
struct mend finding_mend(const struct contract_page *c, const struct finding *f);
int findings_of(const struct conformity *all, enum severity severity);

/* --- the list of contracts --- */
struct contract_line {
	const struct book_contract *contract;
	str url;
	struct span span;
	bool figures;
	int64_t people; /* cohort.enlarged over its span */
	str people_url;
	bool money;
	int64_t requested, forecast; /* all years; NUMBER_NONE */
};
struct contracts_page {
	struct req *req;
	struct contract_line *v;
	size_t n, all;
	int64_t page, pages;
};
