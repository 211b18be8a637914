/* figures.h - what the commands on figures share: which contract, which period, and figures as tables for people */
#pragma once
#include "cli/command.h"
#include "figures/calendar.h"
#include "figures/explain.h"

/* Both print what is wrong and give the exit code, else EXIT_DONE. */
int choose_contract(struct cli *cli, struct db *db, struct book_contract *out);
int choose_period(struct cli *cli, const struct book_contract *c, struct span *out);
/* Contracts of the database that --territory leaves. */
int list_contracts(struct cli *cli, struct db *db, struct book_contract **v, size_t *n);

str shown_day(struct arena *a, day d); /* the way the reader's language writes days */
void questionnaire_table(struct arena *a, const struct questionnaire *q, const struct span *p, struct buf *to);
void explanation_table(struct arena *a, const struct explanation *x, const struct span *p, struct buf *to);
/* Which figure is asked for by --explain, --sheet, --action and --cell; prints its evidence. */
int explain_figure(struct cli *cli, const struct book *b, const struct span *p, const char *format, struct buf *to);
/* The overlap that --overlap and --sheet ask for. */
int overlap_figures(
    struct cli *cli, struct arena *a, const struct book *b, const struct span *p, const char *format, struct buf *to);
/* The sheet of that ref: its place in the book; -1: none. */
int sheet_asked(const struct book *b, const char *ref);
/* Text on lines of at most 100 columns, each after the margin. */
void wrapped(struct buf *to, const char *margin, const char *text);
