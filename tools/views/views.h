/* views.h - the compiler of templates: HTML with {{ }} in it becomes C functions that write it.
 *
 *     main.c    the files: templates in, views.h and one C file a template out
 *     source.c  the text of a template, its lines and columns, and the one way to refuse it
 *     code.c    the C between {{ and }}
 *     rules.c   what is known of HTML's elements and attributes, and what is refused
 *     markup.c  the HTML outside of {{ }}: tags, attributes, blanks
 *     page.c    what each {{ }} means where it stands
 *
 * The first thing wrong ends the translation. What is written and how it is escaped is decided here, by the place of each
 * value in the HTML; the functions that do it stand in src/web/html.h. HACKING.md holds the language. */
#pragma once
#include <setjmp.h>

#include "base/buf.h"

enum { FAULT = 512, NAME = 64, ELEMENTS = 64, BLOCKS = 32, ATTRIBUTES = 32, PAGES = 1024 };

struct place {
	size_t at;
	int line, column; /* from 1; columns count bytes */
};

enum state {
	TEXT, /* between tags */
	TAG,  /* inside of a tag, between attributes */
	VALUE /* inside of the quotes of an attribute */
};

/* How far a URL is written: what may follow, and how it is encoded. */
enum url { URL_START, URL_OPAQUE, URL_HOST, URL_PATH, URL_QUERY };

struct open_element {
	char name[NAME];
	struct place place;
};

struct attribute {
	char name[NAME];
	bool elsewhere; /* in another branch of the same {{ if }}: may come again */
};

enum block_kind { BLOCK_PAGE, BLOCK_IF, BLOCK_LOOP, BLOCK_WRAP };
struct block {
	enum block_kind kind;
	struct place place;
	enum state state;
	int elements;           /* open where it began: it must leave as many */
	int attributes, branch; /* of the tag, where the block and its present branch began */
	bool otherwise;         /* the {{ else }} has come */
	bool drop, joined;      /* "drop" where it began, and at the end of all its branches */
	char name[NAME];        /* page: its own; wrap: of the page around */
	str arguments;
};

struct views {
	const char *path;
	str text;
	struct place now;
	jmp_buf give_up;
	char *fault;

	enum state state;
	struct open_element open[ELEMENTS];
	int elements;
	struct block blocks[BLOCKS];
	int depth;

	/* The tag at hand, and its attribute. */
	struct open_element tag;
	struct attribute attributes[ATTRIBUTES];
	int attribute_count;
	char quote;
	bool touching; /* a quote just closed: a blank is due */
	bool url, fixed, has_value, value_in_content;
	enum url url_at;
	struct buf value; /* what the attribute holds so far of the template's own text */

	bool drop;  /* a blank here would add nothing: at the start, after a block's tag */
	bool blank; /* blanks were read, and are written when something follows that they keep apart */

	bool part, split; /* of the page at hand: static to the file; {{ body }} has come */
	str parameters;
	struct buf html;             /* not yet in the function's body */
	struct buf body;             /* of the function at hand */
	struct buf parts, functions; /* of the C file */
	struct buf *header;          /* views.h */
	struct buf *names;           /* "\nname\n" of each page of all templates */
};

/* Adds the template's pages to the header and writes its C file to `source`. False: `fault` says "path:line:column: what". */
bool views_translate(const char *path, str text, struct buf *names, struct buf *header, struct buf *source, char fault[FAULT]);

/* The innermost block; a page at least is open. */
static inline struct block *
views_block(struct views *v)
{
	return &v->blocks[v->depth - 1];
}

/* source.c */
_Noreturn void refuse(struct views *v, struct place where, const char *format, ...) __attribute__((format(printf, 3, 4)));
bool source_ended(const struct views *v);
char source_peek(const struct views *v, size_t ahead); /* '\0' after the end */
bool source_starts(const struct views *v, const char *z);
void source_step(struct views *v, size_t n);
bool is_blank(char c);
bool is_word(char c);  /* of a C name */
str take_word(str *s); /* the C name that s begins with, and the blanks after it; empty when there is none */

/* code.c */
str code_tag(struct views *v); /* at "{{": what stands before the "}}" that belongs to it; steps over it */
void code_line(struct buf *to, const struct views *v, struct place where); /* #line */
void code_string(struct buf *to, str s);
str code_literals(str *s);        /* string literals side by side that s begins with, and the comma after them */
bool code_parenthesized(str s);   /* "(" to its own ")", nothing after */
void code_flush(struct views *v); /* the HTML that waits becomes a statement */

/* rules.c: names in lower case */
bool element_is_void(const char *name);
bool element_is_block(const char *name); /* blanks around its tags are not seen */
bool element_ends_p(const char *name);
bool element_not_in_itself(const char *name);  /* neither directly nor deeper */
bool element_not_beside(const char *name);     /* may not be the child of its like: the first was left open */
bool element_holds_no_text(const char *name);  /* blanks directly in it are never seen */
const char *element_refused(const char *name); /* what to do instead, or NULL */
const char *attribute_refused(const char *name);
bool attribute_is_url(const char *name);
bool attribute_is_fixed(const char *name); /* holds no value, only the template's own text */

/* markup.c */
void markup_step(struct views *v);      /* reads what stands before the next {{ */
void markup_gap(struct views *v);       /* something is written here: the blanks before it count */
void markup_url_start(struct views *v); /* the URL's own beginning is whole: is its scheme allowed? */

/* page.c */
void page_tag(struct views *v); /* at "{{" */
