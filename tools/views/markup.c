#include <ctype.h>
#include <string.h>

#include "views.h"

static const char *
within(const struct views *v)
{
	return v->elements > 0 ? v->open[v->elements - 1].name : "";
}

static struct open_element *
ancestor(struct views *v, const char *name)
{
	for (int i = v->elements; i > 0; i--) {
		if (strcmp(v->open[i - 1].name, name) == 0)
			return &v->open[i - 1];
	}
	return NULL;
}

void
markup_gap(struct views *v)
{
	if (v->blank)
		buf_char(&v->html, ' ');
	v->blank = v->drop = false;
}

/* A tag around which blanks are not seen, or count. */
static void
tag_gap(struct views *v, const char *name)
{
	if (element_is_block(name)) {
		v->blank = false;
		v->drop = true;
	} else {
		markup_gap(v);
	}
}

/* Inside of these only text can stand, so nothing else is looked for. */
static bool
holds_text(struct views *v)
{
	return strcmp(within(v), "textarea") == 0 || (strcmp(within(v), "title") == 0 && ancestor(v, "svg") == NULL);
}

static void
skip_blanks(struct views *v)
{
	while (!source_ended(v) && is_blank(source_peek(v, 0)))
		source_step(v, 1);
}

/* {{ end }} or {{ else }} may touch the attribute before them: {{ if on }}checked{{ end }} */
static bool
branch_ends(const struct views *v)
{
	str rest = str_trim((str){ v->text.s + v->now.at + 2, v->text.len - v->now.at - 2 }), word = take_word(&rest);

	return v->state == TAG && (str_is(word, "end") || str_is(word, "else"));
}

/* The letters of a tag's or attribute's name, as they are written. */
static void
take_name(struct views *v, char to[NAME], const char *what)
{
	struct place start = v->now;
	size_t n = 0;

	while (isalnum((unsigned char)source_peek(v, 0)) ||
	       (source_peek(v, 0) != '\0' && strchr("-_:.", source_peek(v, 0)) != NULL)) {
		if (n + 1 == NAME)
			refuse(v, start, "this name is longer than %d letters", NAME - 1);
		to[n++] = source_peek(v, 0);
		source_step(v, 1);
	}
	to[n] = '\0';
	if (source_starts(v, "{{") && (n == 0 || !branch_ends(v)))
		refuse(v, v->now, "a value cannot be (part of) the name of %s: write the possible ones with {{ if }}", what);
	if (n == 0 && source_ended(v))
		refuse(v, start, "the template ends inside of a tag");
	if (n == 0)
		refuse(v, start, "the name of %s is expected here", what);
}

static void
lower(char *name)
{
	for (; *name != '\0'; name++)
		*name = (char)tolower((unsigned char)*name);
}

/* Pictures have names with capitals; HTML has none, and one way to write each name is enough. */
static void
one_way(struct views *v, struct place where, char *name)
{
	char written[NAME];

	memcpy(written, name, NAME);
	lower(name);
	if (ancestor(v, "svg") == NULL && strcmp(written, name) != 0)
		refuse(v, where, "write <%s> in lower case", name);
}

static void
check_open(struct views *v)
{
	const char *name = v->tag.name, *instead = element_refused(name);
	struct open_element *around;

	if (instead != NULL)
		refuse(v, v->tag.place, "no <%s> in a template: %s", name, instead);
	if (element_ends_p(name) && (around = ancestor(v, "p")) != NULL)
		refuse(v, v->tag.place, "<%s> would end the <p> of line %d: close it before", name, around->place.line);
	if (element_not_in_itself(name) && (around = ancestor(v, name)) != NULL)
		refuse(
		    v, v->tag.place, "<%s> inside of the <%s> of line %d: close that one before", name, name, around->place.line);
	if (element_not_beside(name) && strcmp(within(v), name) == 0)
		refuse(v, v->tag.place, "the <%s> of line %d is still open: close it before", name,
		    v->open[v->elements - 1].place.line);
}

static void
open_tag(struct views *v)
{
	struct place start = v->now;
	char written[NAME];

	source_step(v, 1);
	take_name(v, v->tag.name, "a tag");
	memcpy(written, v->tag.name, NAME);
	v->tag.place = start;
	one_way(v, start, v->tag.name);
	check_open(v);
	tag_gap(v, v->tag.name);
	buf_format(&v->html, "<%s", written);
	v->attribute_count = 0;
	v->touching = v->value_in_content = false;
	v->state = TAG;
}

static void
close_tag(struct views *v)
{
	struct place start = v->now;
	char written[NAME], name[NAME];

	source_step(v, 2);
	take_name(v, written, "a tag");
	memcpy(name, written, NAME);
	one_way(v, start, name);
	skip_blanks(v);
	if (source_peek(v, 0) != '>')
		refuse(v, start, "</%s> is not closed: a \">\" is expected", written);
	source_step(v, 1);
	if (element_is_void(name))
		refuse(v, start, "<%s> holds nothing and is never closed: take </%s> away", name, name);
	if (v->elements == 0 || strcmp(within(v), name) != 0) {
		if (v->elements == 0)
			refuse(v, start, "</%s> closes nothing that is open here", name);
		refuse(v, start, "</%s> comes before the <%s> of line %d is closed", name, within(v),
		    v->open[v->elements - 1].place.line);
	}
	if (v->elements == views_block(v)->elements)
		refuse(v, start, "</%s> closes what was opened before the {{ }} of line %d: open and close on the same side",
		    name, views_block(v)->place.line);
	tag_gap(v, name);
	buf_format(&v->html, "</%s>", written);
	v->elements--;
}

/* A script is a file; nothing stands between its tags. */
static void
script(struct views *v)
{
	bool found = false;

	for (int i = 0; i < v->attribute_count; i++)
		found = found || strcmp(v->attributes[i].name, "src") == 0;
	if (!found)
		refuse(v, v->tag.place, "a <script> names its file in static/: <script src=\"...\"></script>");
	skip_blanks(v);
	if (!source_starts(v, "</script"))
		refuse(v, v->now, "a <script> holds nothing: code stands in static/, and data in data-* attributes");
}

static void
push(struct views *v)
{
	if (v->elements == ELEMENTS)
		refuse(v, v->tag.place, "more than %d tags in one another", ELEMENTS);
	v->open[v->elements++] = v->tag;
	if (strcmp(v->tag.name, "script") == 0)
		script(v);
	if (strcmp(v->tag.name, "textarea") == 0 || strcmp(v->tag.name, "pre") == 0) {
		/* Browsers drop a first newline: without this one, that of a value would be lost. */
		buf_char(&v->html, '\n');
		if (source_peek(v, 0) == '\n')
			source_step(v, 1);
	}
}

static void
end_tag(struct views *v, bool itself)
{
	if (views_block(v)->state != TEXT)
		refuse(v, v->now, "the {{ if }} of line %d began inside of a tag: close it before the tag ends",
		    views_block(v)->place.line);
	for (int i = 0; i < v->attribute_count; i++) {
		if (v->value_in_content && strcmp(v->attributes[i].name, "http-equiv") == 0)
			refuse(v, v->tag.place, "no value in the content of a meta http-equiv");
	}
	buf_add(&v->html, itself ? S("/>") : S(">"));
	v->state = TEXT;
	if (!itself && !element_is_void(v->tag.name))
		push(v);
}

static void
new_attribute(struct views *v, struct place where, const char *written)
{
	struct attribute *a;
	char name[NAME];
	const char *instead;

	memcpy(name, written, NAME);
	lower(name);
	if ((instead = attribute_refused(name)) != NULL)
		refuse(v, where, "no %s= in a template: %s", name, instead);
	for (int i = 0; i < v->attribute_count; i++) {
		if (!v->attributes[i].elsewhere && strcmp(v->attributes[i].name, name) == 0)
			refuse(v, where, "%s= stands twice in this tag", name);
	}
	if (v->attribute_count == ATTRIBUTES)
		refuse(v, where, "more than %d attributes", ATTRIBUTES);
	a = &v->attributes[v->attribute_count++];
	memcpy(a->name, name, NAME);
	a->elsewhere = false;
}

static void
attribute(struct views *v)
{
	struct place start = v->now;
	char written[NAME];
	const char *name;

	if (v->touching)
		refuse(v, start, "a blank is missing between two attributes");
	take_name(v, written, "an attribute");
	new_attribute(v, start, written);
	buf_format(&v->html, " %s", written);
	skip_blanks(v);
	if (source_peek(v, 0) != '=')
		return;
	source_step(v, 1);
	skip_blanks(v);
	v->quote = source_peek(v, 0);
	if (v->quote != '"' && v->quote != '\'')
		refuse(v, v->now, "put the value of %s= between quotes", written);
	source_step(v, 1);
	buf_format(&v->html, "=%c", v->quote);
	name = v->attributes[v->attribute_count - 1].name;
	v->url = attribute_is_url(name);
	v->fixed = attribute_is_fixed(name);
	v->has_value = false;
	v->url_at = URL_START;
	buf_clear(&v->value);
	v->state = VALUE;
}

static void
tag_step(struct views *v)
{
	if (is_blank(source_peek(v, 0))) {
		source_step(v, 1);
		v->touching = false;
	} else if (source_peek(v, 0) == '>') {
		source_step(v, 1);
		end_tag(v, false);
	} else if (source_starts(v, "/>")) {
		if (ancestor(v, "svg") == NULL)
			refuse(v, v->now, "\"/>\" closes nothing in HTML: write <%s>%s%s%s", v->tag.name,
			    element_is_void(v->tag.name) ? "" : "</", element_is_void(v->tag.name) ? "" : v->tag.name,
			    element_is_void(v->tag.name) ? "" : ">");
		source_step(v, 2);
		end_tag(v, true);
	} else {
		attribute(v);
	}
}

/* What precedes the first of these; all when none is there. */
static str
before(str s, const char *marks)
{
	size_t n = 0;

	while (n < s.len && strchr(marks, s.s[n]) == NULL)
		n++;
	return (str){ s.s, n };
}

static bool
holds(str s, char c)
{
	return s.len > 0 && memchr(s.s, c, s.len) != NULL;
}

static enum url
after_host(struct views *v, str url, size_t from)
{
	str rest = { url.s + from, url.len - from };

	if (!str_starts(rest, S("//")))
		refuse(v, v->now, "\"//\" is expected after \"%.*s\"", (int)from, url.s);
	rest = (str){ rest.s + 2, rest.len - 2 };
	if (before(rest, "/?#").len == rest.len)
		return URL_HOST;
	return holds(rest, '?') || holds(rest, '#') ? URL_QUERY : URL_PATH;
}

void
markup_url_start(struct views *v)
{
	str url = buf_str(&v->value), first = before(url, "/?#"), scheme = before(first, ":");
	bool opaque;

	for (size_t i = 0; i < url.len; i++) {
		if ((unsigned char)url.s[i] <= ' ' || url.s[i] == '\\')
			refuse(
			    v, v->now, "a blank, a control or a \"\\\" in an address: write it %%%02X", (unsigned char)url.s[i]);
	}
	if (holds(first, '&'))
		refuse(v, v->now, "no \"&\" in the beginning of an address");
	if (str_starts(url, S("//")))
		refuse(v, v->now, "write the whole address, with https:");
	if (scheme.len < first.len) {
		if (!str_is_scheme(scheme))
			refuse(v, v->now, "an address begins with https:, http:, mailto:, tel: or is a path, not \"%.*s:\"",
			    (int)scheme.len, scheme.s);
		opaque = scheme.s[0] != 'h' && scheme.s[0] != 'H';
		v->url_at = !opaque ? after_host(v, url, scheme.len + 1) : holds(url, '?') ? URL_QUERY : URL_OPAQUE;
	} else if (url.len > 0) {
		v->url_at = holds(url, '?') || holds(url, '#') ? URL_QUERY : URL_PATH;
	}
}

static void
value_end(struct views *v)
{
	const char *name = v->attributes[v->attribute_count - 1].name;

	if (views_block(v)->state == VALUE)
		refuse(v, v->now, "the {{ if }} of line %d began inside of this value: close it before the quote",
		    views_block(v)->place.line);
	if (v->url)
		markup_url_start(v);
	if (strcmp(name, "target") == 0 && str_is(buf_str(&v->value), "_blank"))
		refuse(v, v->now, "no target=\"_blank\": people choose themselves where a link opens");
	if (strcmp(name, "content") == 0 && v->has_value)
		v->value_in_content = true;
	buf_char(&v->html, v->quote);
	source_step(v, 1);
	v->state = TAG;
	v->touching = true;
}

static void
value_step(struct views *v)
{
	char c = source_peek(v, 0);

	if (c == v->quote) {
		value_end(v);
		return;
	}
	buf_char(&v->html, c);
	buf_char(&v->value, c);
	source_step(v, 1);
}

static void
comment(struct views *v)
{
	struct place start = v->now;

	source_step(v, 4);
	while (!source_starts(v, "-->")) {
		if (source_ended(v))
			refuse(v, start, "this comment is not closed: \"-->\" is missing");
		source_step(v, 1);
	}
	source_step(v, 3);
}

static void
doctype(struct views *v)
{
	static const char text[] = "<!doctype html>";

	if (!source_starts(v, text))
		refuse(v, v->now, "only <!doctype html> and <!-- --> begin with \"<!\"; write &lt; for the sign");
	buf_add(&v->html, str_of(text));
	source_step(v, sizeof text - 1);
	v->drop = true;
}

static void
less_than(struct views *v)
{
	bool text = holds_text(v);
	char end[NAME + 2];

	snprintf(end, sizeof end, "</%s", within(v));
	if (source_starts(v, text ? end : "</"))
		close_tag(v);
	else if (text)
		refuse(v, v->now, "only text can stand in <%s>: write &lt; for the sign", within(v));
	else if (source_starts(v, "<!--"))
		comment(v);
	else if (source_starts(v, "<!"))
		doctype(v);
	else if (isalpha((unsigned char)source_peek(v, 1)) || source_starts(v, "<{{"))
		open_tag(v);
	else
		refuse(v, v->now, "write &lt; for the sign");
}

static void
text_step(struct views *v)
{
	char c = source_peek(v, 0);
	bool kept = ancestor(v, "pre") != NULL || strcmp(within(v), "textarea") == 0;

	if (c == '<') {
		less_than(v);
		return;
	}
	if (is_blank(c) && !kept) {
		v->blank = !v->drop && !element_holds_no_text(within(v));
	} else {
		markup_gap(v);
		buf_char(&v->html, c);
	}
	source_step(v, 1);
}

void
markup_step(struct views *v)
{
	if (v->state == TEXT)
		text_step(v);
	else if (v->state == TAG)
		tag_step(v);
	else
		value_step(v);
}
