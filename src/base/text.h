/* text.h - the languages of the program: English stands in the source, the others in po/.
 * tr() translates now; N_() marks a text that is translated where it is used. */
#pragma once

#define N_(s) s
#define NN_(one, many) one, many /* two arguments that tr_n() will be given */

/* "fr", "en"...; chosen at start from LANG and friends. Unknown: English.
 * catalogues: the folder that holds C.UTF-8/LC_MESSAGES/<language>.mo */
void text_start(const char *language, const char *catalogues);
/* The language of what follows, for a process that answers people of several: cheap, after the first time of each language,
 * which reads its catalogue (a process that will be confined chooses each once before). A language without catalogue,
 * or what is no language: English. */
void text_choose(const char *language);
const char *text_language(void);
const char *text_system_language(void); /* "fr" when LC_ALL, LC_MESSAGES or LANG begins with it, else "en" */
const char *tr(const char *english) __attribute__((format_arg(1)));
const char *tr_n(const char *one, const char *many, unsigned long n) __attribute__((format_arg(1), format_arg(2)));
