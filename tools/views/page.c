#include "views.h"

#include <string.h>

static struct block *
begin(struct views *v, enum block_kind kind, struct place where)
{
	struct block *b;

	if (v->depth == BLOCKS)
		refuse(v, where, "more than %d blocks in one another", BLOCKS);
	b = &v->blocks[v->depth++];
	*b = (struct block){
		.kind = kind, .place = where, .state = v->state, .elements = v->elements, .drop = v->drop, .joined = true
	};
	b->attributes = b->branch = v->attribute_count;
	return b;
}

/* A branch must leave the page as it found it. */
static void
check_level(struct views *v, struct place where)
{
	const struct block *b = views_block(v);

	if (v->state != b->state)
		refuse(v, where, "a tag is not finished here: its \">\" or a quote is missing");
	if (v->elements > b->elements)
		refuse(v, where, "the <%s> of line %d is not closed before this", v->open[v->elements - 1].name,
		    v->open[v->elements - 1].place.line);
}

/* The statements so far are those of a whole function. */
static void
function(struct views *v, const char *suffix)
{
	struct block *b = views_block(v);
	struct buf head = { 0 };

	buf_format(&head, "%s%s(%.*s)", b->name, suffix, STR_ARG(v->parameters));
	if (v->part) {
		code_line(&v->parts, v, b->place);
		buf_format(&v->parts, "static void %.*s;\n", STR_ARG(buf_str(&head)));
	} else {
		code_line(v->header, v, b->place);
		buf_format(v->header, "void %.*s;\n", STR_ARG(buf_str(&head)));
	}
	code_line(&v->functions, v, b->place);
	buf_format(&v->functions, "%svoid %.*s\n{\n\t(void)h;\n", v->part ? "static " : "", STR_ARG(buf_str(&head)));
	buf_add(&v->functions, buf_str(&v->body));
	buf_add(&v->functions, S("}\n\n"));
	buf_clear(&v->body);
	buf_release(&head);
}

static void
new_name(struct views *v, struct place where, str name)
{
	struct buf line = { 0 };
	bool known;

	buf_format(&line, "\n%.*s\n", STR_ARG(name));
	known = v->names->len > 0 && memmem(v->names->s, v->names->len, line.s, line.len) != NULL;
	if (!known)
		buf_add(v->names, buf_str(&line));
	buf_release(&line);
	if (known)
		refuse(v, where, "there is already a page named \"%.*s\"", STR_ARG(name));
}

/* {{ page name(struct html *h, ...) }} */
static void
page_begin(struct views *v, struct place where, str c, bool part)
{
	str name = take_word(&c), rest = c, type;
	struct block *b;

	if (v->depth > 0)
		refuse(
		    v, where, "the page of line %d is not closed: {{ end }} is missing before this one", v->blocks[0].place.line);
	if (name.len == 0 || name.len >= NAME || !code_parenthesized(c))
		refuse(v, where, "a page begins with its C function: {{ page name(struct html *h, ...) }}");
	rest = str_trim((str){ c.s + 1, c.len - 2 });
	v->parameters = rest;
	type = take_word(&rest);
	if (!str_is(type, "struct") || !str_is(take_word(&rest), "html") || !str_starts(rest, S("*h")) ||
	    (rest.len > 2 && rest.s[2] != ',' && !is_blank(rest.s[2])))
		refuse(v, where, "the first parameter of a page is \"struct html *h\"");
	if (!part)
		new_name(v, where, name);
	b = begin(v, BLOCK_PAGE, where);
	memcpy(b->name, name.s, name.len);
	v->part = part;
	v->split = false;
	v->drop = true;
	v->blank = false;
}

static void
page_end(struct views *v)
{
	code_flush(v);
	function(v, v->split ? "_close" : "");
	v->depth = 0;
}

/* {{ body }} cuts the page in two functions: what comes before, and after, the pages that it wraps. */
static void
page_body(struct views *v, struct place where, str c)
{
	if (c.len > 0 || v->depth != 1 || v->state != TEXT || v->split)
		refuse(v, where, "{{ body }} stands alone, once in a page, in no other block and in no tag");
	code_flush(v);
	function(v, "_open");
	v->split = v->drop = true;
	v->blank = false;
}

/* Where the statement of this {{ }} is to be written. */
static struct buf *
statement(struct views *v, struct place where)
{
	code_flush(v);
	code_line(&v->body, v, where);
	return &v->body;
}

/* Blanks that wait are written on this side of a block. */
static void
settle(struct views *v)
{
	bool drop = v->drop || v->blank;

	markup_gap(v);
	v->drop = drop;
}

/* What blocks may surround: in a tag whole attributes, in a value text; an address only where its place is known. */
static void
check_block_place(struct views *v, struct place where, bool loop)
{
	if (v->state == TAG && loop)
		refuse(v, where, "no loop inside of a tag");
	if (v->state == VALUE && v->url && v->url_at != URL_QUERY)
		markup_url_start(v);
	if (v->state == VALUE && v->url && v->url_at != URL_QUERY)
		refuse(v, where,
		    "inside of an address blocks stand after its \"?\" only: make the address in C, and write {{ url ... }}");
	if (v->state == VALUE && v->fixed)
		refuse(v, where, "this attribute holds the template's own text only");
}

static void
begin_if(struct views *v, struct place where, str c)
{
	check_block_place(v, where, false);
	if (c.len == 0)
		refuse(v, where, "a condition is expected: {{ if condition }}");
	settle(v);
	buf_format(statement(v, where), "\tif (%.*s) {\n", STR_ARG(c));
	begin(v, BLOCK_IF, where);
	v->touching = false;
}

static void
begin_loop(struct views *v, struct place where, const char *word, str c)
{
	check_block_place(v, where, true);
	if (!code_parenthesized(c))
		refuse(v, where, "parentheses are expected: {{ %s (...) }}", word);
	settle(v);
	buf_format(statement(v, where), "\t%s %.*s {\n", word, STR_ARG(c));
	begin(v, BLOCK_LOOP, where);
	v->drop = false; /* before a second turn stands the end of the first */
}

static void
branch_end(struct views *v, struct block *b, struct place where)
{
	check_level(v, where);
	settle(v);
	b->joined = b->joined && v->drop;
}

static void
begin_else(struct views *v, struct place where, str c)
{
	struct block *b = views_block(v);
	str word = take_word(&c);

	if (b->kind != BLOCK_IF || b->otherwise)
		refuse(v, where, "this {{ else }} has no {{ if }} before it");
	branch_end(v, b, where);
	if (word.len == 0 && c.len == 0) {
		b->otherwise = true;
		buf_add(statement(v, where), S("\t} else {\n"));
	} else if (str_is(word, "if") && c.len > 0) {
		buf_format(statement(v, where), "\t} else if (%.*s) {\n", STR_ARG(c));
	} else {
		refuse(v, where, "write {{ else }} or {{ else if condition }}");
	}
	for (int i = b->branch; i < v->attribute_count; i++)
		v->attributes[i].elsewhere = true;
	b->branch = v->attribute_count;
	v->drop = b->drop;
	v->touching = false;
}

static void
block_end(struct views *v, struct place where, str c)
{
	struct block *b = views_block(v);

	if (c.len > 0)
		refuse(v, where, "{{ end }} stands alone");
	if (b->kind == BLOCK_PAGE) {
		check_level(v, where);
		page_end(v);
		return;
	}
	branch_end(v, b, where);
	if (b->kind == BLOCK_WRAP) {
		buf_format(statement(v, b->place), "\t%s_close%.*s;\n", b->name, STR_ARG(b->arguments));
	} else {
		buf_add(statement(v, where), S("\t}\n"));
		v->drop = b->joined && (b->otherwise || b->drop);
		if (v->state == TAG) {
			for (int i = b->attributes; i < v->attribute_count; i++)
				v->attributes[i].elsewhere = false;
		}
	}
	v->touching = false;
	v->depth--;
}

static void
text_only(struct views *v, struct place where, const char *word)
{
	const char *name = v->elements > 0 ? v->open[v->elements - 1].name : "";

	if (v->state != TEXT || strcmp(name, "textarea") == 0 || strcmp(name, "title") == 0)
		refuse(v, where, "{{ %s }} writes markup: it stands between tags only", word);
}

/* {{ render other(h, x) }} */
static void
render(struct views *v, struct place where, str c)
{
	str rest = c;

	text_only(v, where, "render");
	if (take_word(&rest).len == 0 || !code_parenthesized(rest))
		refuse(v, where, "a call is expected: {{ render name(h, ...) }}");
	markup_gap(v);
	buf_format(statement(v, where), "\t%.*s;\n", STR_ARG(c));
}

/* {{ wrap other(h, x) }} ... {{ end }} */
static void
wrap(struct views *v, struct place where, str c)
{
	str rest = c, name = take_word(&rest);
	struct block *b;

	text_only(v, where, "wrap");
	if (name.len == 0 || name.len >= NAME || !code_parenthesized(rest))
		refuse(v, where, "a call is expected: {{ wrap name(h, ...) }}");
	markup_gap(v);
	b = begin(v, BLOCK_WRAP, where);
	memcpy(b->name, name.s, name.len);
	b->arguments = rest;
	buf_format(statement(v, where), "\t%s_open%.*s;\n", b->name, STR_ARG(rest));
}

static void
check_value_place(struct views *v, struct place where)
{
	if (v->state == TAG)
		refuse(v, where, "a value inside of a tag stands between the quotes of an attribute");
	if (v->state == VALUE && v->fixed)
		refuse(v, where, "%s= holds the template's own text only: write the possible ones with {{ if }}",
		    v->attributes[v->attribute_count - 1].name);
	v->has_value = true;
}

/* A value in an address, after its beginning. */
static void
value_in_url(struct views *v, struct place where, str c)
{
	markup_url_start(v);
	if (v->url_at == URL_START)
		refuse(v, where, "an address that begins with a value is checked: {{ url ... }}");
	if (v->url_at == URL_HOST)
		refuse(v, where, "no value in the name of a host: make the address in C, and write {{ url ... }}");
	buf_format(statement(v, where), "\thtml_put_%s(h, (%.*s));\n", v->url_at == URL_QUERY ? "query" : "path", STR_ARG(c));
	buf_char(&v->value, 'x');
}

/* {{ expression }} */
static void
value(struct views *v, struct place where, str c)
{
	check_value_place(v, where);
	if (c.len == 0)
		refuse(v, where, "{{ }} is empty");
	if (v->state == VALUE && v->url) {
		value_in_url(v, where, c);
		return;
	}
	if (v->state == TEXT)
		markup_gap(v);
	buf_format(statement(v, where), "\thtml_put(h, (%.*s));\n", STR_ARG(c));
}

/* {{ url expression }} */
static void
url(struct views *v, struct place where, str c)
{
	const char *tag = v->tag.name;
	char next = source_peek(v, 0);

	check_value_place(v, where);
	if (v->state != VALUE || !v->url || v->value.len > 0)
		refuse(v, where, "{{ url ... }} is the beginning of the value of href=, src=, action= or their like");
	if (strcmp(tag, "script") == 0 || strcmp(tag, "link") == 0)
		refuse(v, where, "scripts and styles come from static/: begin with their path");
	if (next != v->quote && strchr("/?#&{", next) == NULL)
		refuse(v, v->now, "after {{ url ... }} come the quote, \"/\", \"?\", \"#\" or \"&\"");
	if (c.len == 0)
		refuse(v, where, "an address is expected: {{ url expression }}");
	buf_format(statement(v, where), "\thtml_put_url(h, (%.*s));\n", STR_ARG(c));
	buf_char(&v->value, '/'); /* what follows is in the path at least */
}

static void
check_words_place(struct views *v, struct place where)
{
	check_value_place(v, where);
	if (v->state == VALUE && v->url)
		refuse(v, where, "an address is not translated");
	if (v->state == TEXT)
		markup_gap(v);
}

/* {{ "text" }} and {{ "text with %d", n }} */
static void
words(struct views *v, struct place where, str c)
{
	str text = code_literals(&c);

	check_words_place(v, where);
	if (text.len == 0)
		refuse(v, where, "write {{ \"text\" }} or {{ \"text with %%d\", n }}");
	if (c.len > 0)
		buf_format(statement(v, where), "\thtml_format(h, tr(%.*s), %.*s);\n", STR_ARG(text), STR_ARG(c));
	else
		buf_format(statement(v, where), "\thtml_put(h, tr(%.*s));\n", STR_ARG(text));
}

/* {{ plural "%d person", "%d people", n }}: n chooses the form, and is the first value of it */
static void
plural(struct views *v, struct place where, str c)
{
	str one = code_literals(&c), many = code_literals(&c), count = c;
	int deep = 0;

	check_words_place(v, where);
	for (size_t i = 0; i < c.len && count.len == c.len; i++) {
		deep += strchr("([{", c.s[i]) != NULL;
		deep -= strchr(")]}", c.s[i]) != NULL;
		if (deep == 0 && c.s[i] == ',')
			count.len = i;
	}
	if (one.len == 0 || many.len == 0 || c.len == 0 || c.s[0] == '"')
		refuse(v, where, "write {{ plural \"%%d thing\", \"%%d things\", n }}");
	buf_format(statement(v, where), "\thtml_format(h, tr_n(%.*s, %.*s, (unsigned long)(%.*s)), %.*s);\n", STR_ARG(one),
	    STR_ARG(many), STR_ARG(count), STR_ARG(c));
}

/* {{ do statement; }} */
static void
do_c(struct views *v, struct place where, str c)
{
	if (v->state != TEXT)
		refuse(v, where, "{{ do }} stands between tags only");
	if (c.len < 2 || c.s[c.len - 1] != ';')
		refuse(v, where, "a C statement ends with \";\": {{ do statement; }}");
	buf_format(statement(v, where), "\t%.*s\n", STR_ARG(c));
}

/* {{ include "web/people.h" }} */
static void
include(struct views *v, struct place where, str c)
{
	if (v->depth > 0)
		refuse(v, where, "{{ include }} stands before the pages");
	if (c.len < 3 || c.s[0] != '"' || memchr(c.s + 1, '"', c.len - 1) != c.s + c.len - 1)
		refuse(v, where, "write {{ include \"room/name.h\" }}");
	code_line(v->header, v, where);
	buf_format(v->header, "#include %.*s\n", STR_ARG(c));
}

static void
remark(struct views *v, struct place where)
{
	while (!source_starts(v, "}}")) {
		if (source_ended(v))
			refuse(v, where, "this {{# is not closed: \"}}\" is missing");
		source_step(v, 1);
	}
	source_step(v, 2);
}

/* A word is a keyword when a blank or "(" follows it, or nothing: {{ page->n }} is a value. */
static bool
keyword(str *c, const char *word)
{
	str rest = *c;

	if (!str_is(take_word(&rest), word))
		return false;
	if (rest.len > 0 && !is_blank(c->s[strlen(word)]) && c->s[strlen(word)] != '(')
		return false;
	*c = rest;
	return true;
}

/* The same for words that are never alone: {{ page }} is a value. */
static bool
keyword_with(str *c, const char *word)
{
	return !str_is(*c, word) && keyword(c, word);
}

static void
inside(struct views *v, struct place where, str c)
{
	if (c.len > 0 && c.s[0] == '"')
		words(v, where, c);
	else if (keyword(&c, "end"))
		block_end(v, where, c);
	else if (keyword(&c, "else"))
		begin_else(v, where, c);
	else if (keyword(&c, "if"))
		begin_if(v, where, c);
	else if (keyword(&c, "for"))
		begin_loop(v, where, "for", c);
	else if (keyword(&c, "while"))
		begin_loop(v, where, "while", c);
	else if (keyword(&c, "do"))
		do_c(v, where, c);
	else if (keyword(&c, "render"))
		render(v, where, c);
	else if (keyword(&c, "wrap"))
		wrap(v, where, c);
	else if (keyword(&c, "body"))
		page_body(v, where, c);
	else if (keyword(&c, "url"))
		url(v, where, c);
	else if (keyword(&c, "plural"))
		plural(v, where, c);
	else
		value(v, where, c);
}

void
page_tag(struct views *v)
{
	struct place where = v->now;
	str c;

	if (source_starts(v, "{{#")) {
		remark(v, where);
		return;
	}
	c = code_tag(v);
	if (keyword_with(&c, "include"))
		include(v, where, c);
	else if (keyword_with(&c, "page"))
		page_begin(v, where, c, false);
	else if (keyword_with(&c, "part"))
		page_begin(v, where, c, true);
	else if (v->depth == 0)
		refuse(v, where, "outside of a page only {{ include }}, {{ page }}, {{ part }} and {{# }} can stand");
	else
		inside(v, where, c);
}

static void
translate(struct views *v)
{
	while (!source_ended(v)) {
		if (source_starts(v, "{{"))
			page_tag(v);
		else if (v->depth > 0)
			markup_step(v);
		else if (is_blank(source_peek(v, 0)))
			source_step(v, 1);
		else
			refuse(v, v->now, "outside of a page only {{ include }}, {{ page }}, {{ part }} and {{# }} can stand");
	}
	if (v->depth > 0)
		refuse(v, views_block(v)->place, "this block is not closed: {{ end }} is missing");
}

/* False when refuse() came back here. */
static bool
attempt(struct views *v)
{
	if (setjmp(v->give_up) != 0)
		return false;
	if (!str_utf8(v->text))
		refuse(v, v->now, "a template is written in UTF-8, without NUL");
	translate(v);
	return true;
}

bool
views_translate(const char *path, str text, struct buf *names, struct buf *header, struct buf *source, char fault[FAULT])
{
	struct views v = { .path = path, .text = text, .fault = fault, .header = header, .names = names, .now = { 0, 1, 1 } };
	bool done;

	*fault = '\0';
	done = attempt(&v);
	if (done) {
		buf_add(source, S("#include \"views.h\"\n#include \"base/text.h\"\n\n"));
		/* Every compiler in use takes longer strings than the standard's least; the two halves of a page that wraps
		 * others need not both use all that it is given. */
		buf_add(source, S("#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n"));
		buf_add(source, S("#pragma GCC diagnostic ignored \"-Wunused-parameter\"\n\n"));
		buf_add(source, buf_str(&v.parts));
		buf_add(source, buf_str(&v.functions));
	}
	buf_release(&v.value);
	buf_release(&v.html);
	buf_release(&v.body);
	buf_release(&v.parts);
	buf_release(&v.functions);
	return done;
}
