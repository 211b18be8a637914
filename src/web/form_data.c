#include "web/form_data.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"

static const char bad_encoding[] = N_("The form came with characters that cannot be read.");
static const char too_many[] = N_("The form has more fields than this site reads.");
static const char too_long[] = N_("A field of the form is longer than this site reads.");
static const char misshapen[] = N_("The form came in a shape that cannot be read.");
static const char unknown_kind[] = N_("The form came in a format that this site does not read.");

/* One name or value of a query; absent when its encoding is wrong. What needs no decoding is not copied. */
static str
unescape(struct arena *a, str s)
{
	char *to;
	size_t n = 0;

	if (s.len == 0)
		return S("");
	if (memchr(s.s, '%', s.len) == NULL && memchr(s.s, '+', s.len) == NULL)
		return str_utf8(s) ? s : (str){ 0 };
	to = arena_alloc(a, s.len);
	for (size_t i = 0; i < s.len; i++) {
		if (s.s[i] != '%') {
			to[n++] = s.s[i] == '+' ? ' ' : s.s[i];
			continue;
		}
		if (s.len - i < 3 || str_hex(s.s[i + 1]) < 0 || str_hex(s.s[i + 2]) < 0)
			return (str){ 0 };
		to[n++] = (char)(str_hex(s.s[i + 1]) * 16 + str_hex(s.s[i + 2]));
		i += 2;
	}
	return str_utf8((str){ to, n }) ? (str){ to, n } : (str){ 0 };
}

static size_t
count(str s, char c)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++)
		n += s.s[i] == c;
	return n;
}

const char *
query_decode(struct arena *a, str query, struct form *out)
{
	const size_t most = count(query, '&') + 1;
	str rest = query;

	*out = (struct form){ 0 };
	if (query.len == 0)
		return NULL;
	if (most > FORM_FIELDS)
		return too_many;
	out->v = ARENA_ARRAY(a, most, struct form_field);
	while (rest.s != NULL) {
		str value, piece = str_cut(rest, '&', &rest), name = str_cut(piece, '=', &value);
		struct form_field *f = &out->v[out->n];

		if (piece.len == 0)
			continue;
		f->name = unescape(a, name);
		f->value = unescape(a, value);
		if (f->name.s == NULL || f->value.s == NULL)
			return bad_encoding;
		if (f->name.len > FORM_NAME || f->value.len > FORM_VALUE)
			return too_long;
		out->n++;
	}
	return NULL;
}

/* ASCII letters of either case. */
static bool
is_word(str s, str word)
{
	return s.len == word.len && (s.len == 0 || strncasecmp(s.s, word.s, s.len) == 0);
}

/* What follows "name=" among the parameters of a header, after "; ", without its quotes: quoted values hold no quote here,
 * since browsers write it %22. False when the parameters are not well formed. *left: what follows this one. */
static bool
parameter(str *left, str *name, str *value)
{
	const char *quote;
	str s = str_trim(*left);

	*name = str_trim(str_cut(s, '=', &s));
	if (s.s == NULL || name->len == 0)
		return false;
	if (s.len == 0 || s.s[0] != '"') {
		*value = str_trim(str_cut(s, ';', left));
		return memchr(value->s == NULL ? "" : value->s, '"', value->len) == NULL;
	}
	quote = memchr(s.s + 1, '"', s.len - 1);
	if (quote == NULL)
		return false;
	*value = (str){ s.s + 1, (size_t)(quote - s.s - 1) };
	s = str_trim((str){ quote + 1, s.len - value->len - 2 });
	if (s.len > 0 && s.s[0] != ';')
		return false;
	*left = s.len == 0 ? (str){ 0 } : (str){ s.s + 1, s.len - 1 };
	return true;
}

/* Browsers write '"' and ends of lines as %22 %0D %0A in names, and nothing else. */
static str
unquote(struct arena *a, str s)
{
	static const char *const codes[] = { "%22\"", "%0D\r", "%0A\n" };
	char *to;
	size_t n = 0;

	if (s.len == 0)
		return S("");
	if (memchr(s.s, '%', s.len) == NULL)
		return s;
	to = arena_alloc(a, s.len);
	for (size_t i = 0; i < s.len; i++, n++) {
		to[n] = s.s[i];
		for (size_t k = 0; k < 3 && s.s[i] == '%' && s.len - i >= 3; k++) {
			if (strncasecmp(s.s + i, codes[k], 3) == 0) {
				to[n] = codes[k][3];
				i += 2;
				break;
			}
		}
	}
	return (str){ to, n };
}

/* A file's name without its folders: some browsers send them. */
static str
last_part(str path)
{
	size_t from = path.len;

	while (from > 0 && path.s[from - 1] != '/' && path.s[from - 1] != '\\')
		from--;
	return (str){ path.s + from, path.len - from };
}

static const char *
disposition(struct arena *a, str value, struct form_field *f)
{
	str rest, name, v;

	if (!is_word(str_trim(str_cut(value, ';', &rest)), S("form-data")))
		return misshapen;
	while (rest.s != NULL) {
		if (!parameter(&rest, &name, &v))
			return misshapen;
		if (is_word(name, S("name")) && f->name.s == NULL)
			f->name = unquote(a, v);
		else if (is_word(name, S("filename")) && f->filename.s == NULL)
			f->filename = last_part(unquote(a, v));
		else
			return misshapen; /* filename* among them: no browser sends it in a form */
	}
	if (f->name.s == NULL)
		return misshapen;
	if (f->name.len > FORM_NAME || f->filename.len > FORM_NAME)
		return too_long;
	return str_utf8(f->name) && str_utf8(f->filename) ? NULL : bad_encoding;
}

/* Where the next "\r\n" stands; s.len when there is none. */
static size_t
line_end(str s)
{
	const char *at = s.len == 0 ? NULL : memmem(s.s, s.len, "\r\n", 2);

	return at == NULL ? s.len : (size_t)(at - s.s);
}

/* The lines above a part's content, up to the empty one. */
static const char *
part_headers(struct arena *a, str *body, struct form_field *f)
{
	for (;;) {
		const size_t n = line_end(*body);
		str line = { body->s, n }, value, name = str_cut(line, ':', &value);
		const char *fault = NULL;

		if (n == body->len || n > 4096)
			return misshapen;
		*body = (str){ body->s + n + 2, body->len - n - 2 };
		if (n == 0)
			return f->name.s == NULL ? misshapen : NULL;
		if (value.s == NULL || is_word(name, S("content-transfer-encoding")))
			return misshapen;
		if (is_word(name, S("content-disposition")))
			fault = f->name.s != NULL ? misshapen : disposition(a, value, f);
		else if (is_word(name, S("content-type")))
			f->type = str_trim(value);
		if (fault != NULL)
			return fault;
	}
}

/* A part after its boundary's line; body is left after the boundary that ends it. mark: "\r\n--boundary". */
static const char *
part(struct arena *a, str *body, str mark, struct form_field *f)
{
	const char *end, *fault = part_headers(a, body, f);

	if (fault != NULL)
		return fault;
	end = memmem(body->s, body->len, mark.s, mark.len);
	if (end == NULL)
		return misshapen;
	f->value = (str){ body->s, (size_t)(end - body->s) };
	*body = (str){ end + mark.len, body->len - f->value.len - mark.len };
	if (!str_utf8(f->type))
		return bad_encoding;
	if (f->filename.s != NULL)
		return NULL;
	f->type = (str){ 0 };
	if (f->value.len > FORM_VALUE)
		return too_long;
	return str_utf8(f->value) ? NULL : bad_encoding;
}

static size_t
occurrences(str body, str mark)
{
	const char *at = body.s, *const end = body.s + body.len;
	size_t n = 0;

	while ((at = memmem(at, (size_t)(end - at), mark.s, mark.len)) != NULL && n <= FORM_FIELDS + 1) {
		at += mark.len;
		n++;
	}
	return n;
}

static const char *
multipart(struct arena *a, str boundary, str body, struct form *out)
{
	const str mark = str_format(a, "\r\n--%.*s", STR_ARG(boundary));
	const str first = { mark.s + 2, mark.len - 2 };
	size_t most;

	if (!str_starts(body, first))
		return misshapen;
	if ((most = occurrences(body, mark)) > FORM_FIELDS)
		return too_many;
	out->v = ARENA_ARRAY(a, most + 1, struct form_field);
	body = (str){ body.s + first.len, body.len - first.len };
	while (str_starts(body, S("\r\n"))) {
		const char *fault;

		body = (str){ body.s + 2, body.len - 2 };
		if (out->n > most)
			return misshapen;
		if ((fault = part(a, &body, mark, &out->v[out->n])) != NULL)
			return fault;
		out->n++;
	}
	return str_eq(body, S("--\r\n")) || str_eq(body, S("--")) ? NULL : misshapen;
}

/* The boundary of a multipart form; absent when it is not one that a browser makes. */
static str
boundary_of(str parameters)
{
	str name, value, found = { 0 };

	while (parameters.s != NULL) {
		if (!parameter(&parameters, &name, &value))
			return (str){ 0 };
		if (is_word(name, S("boundary"))) {
			if (found.s != NULL)
				return (str){ 0 };
			found = value;
		}
	}
	if (found.len == 0 || found.len > 70)
		return (str){ 0 };
	for (size_t i = 0; i < found.len; i++) {
		char c = found.s[i];

		if (!(c >= '0' && c <= '9') && !((c | 0x20) >= 'a' && (c | 0x20) <= 'z') && strchr("'()+_,-./:=?", c) == NULL)
			return (str){ 0 };
	}
	return found;
}

static bool
other_charset(str parameters)
{
	str name, value;

	while (parameters.s != NULL) {
		if (!parameter(&parameters, &name, &value))
			return true;
		if (is_word(name, S("charset")) && !is_word(value, S("utf-8")))
			return true;
	}
	return false;
}

const char *
form_decode(struct arena *a, str content_type, str body, struct form *out)
{
	str rest, kind = str_trim(str_cut(content_type, ';', &rest)), boundary;

	*out = (struct form){ 0 };
	if (is_word(kind, S("application/x-www-form-urlencoded")))
		return other_charset(rest) ? unknown_kind : query_decode(a, body, out);
	if (!is_word(kind, S("multipart/form-data")))
		return unknown_kind;
	boundary = boundary_of(rest);
	return boundary.s == NULL ? misshapen : multipart(a, boundary, body, out);
}

static const struct form_field *
find(const struct form *f, const char *name, bool file)
{
	for (size_t i = 0; i < f->n; i++) {
		if ((f->v[i].filename.s != NULL) == file && str_is(f->v[i].name, name))
			return &f->v[i];
	}
	return NULL;
}

str
form_get(const struct form *f, const char *name)
{
	const struct form_field *found = find(f, name, false);

	return found == NULL ? (str){ 0 } : found->value;
}

const struct form_field *
form_file(const struct form *f, const char *name)
{
	return find(f, name, true);
}

str
cookie_get(str cookie, const char *name)
{
	str found = { 0 }, rest = cookie;

	while (rest.s != NULL) {
		str value, key = str_trim(str_cut(str_cut(rest, ';', &rest), '=', &value));

		if (value.s == NULL || !str_is(key, name))
			continue;
		if (found.s != NULL)
			return (str){ 0 };
		found = str_trim(value);
	}
	return found;
}

static void
escape(struct buf *to, str s)
{
	static const char digits[] = "0123456789ABCDEF";
	size_t from = 0;

	for (size_t i = 0; i < s.len; i++) {
		const unsigned char c = (unsigned char)s.s[i];

		if ((c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '-' || c == '_' || c == '.' ||
		    c == '~')
			continue;
		buf_add(to, (str){ s.s + from, i - from });
		buf_add(to, (str){ (char[]){ '%', digits[c >> 4], digits[c & 15] }, 3 });
		from = i + 1;
	}
	buf_add(to, (str){ s.s + from, s.len - from });
}

void
query_add(struct buf *to, str name, str value)
{
	if (to->len > 0 && to->s[to->len - 1] != '?' && to->s[to->len - 1] != '&')
		buf_char(to, '&');
	escape(to, name);
	buf_char(to, '=');
	escape(to, value);
}
