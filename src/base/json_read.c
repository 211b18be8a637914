#include "base/json_read.h"

#include "base/buf.h"

struct json_reader
json_reader(struct arena *a, str text)
{
	return (struct json_reader){ .at = text.s, .end = text.s + text.len, .arena = a, .bad = text.len == 0 };
}

static void
skip(struct json_reader *r)
{
	while (r->at < r->end && (*r->at == ' ' || *r->at == '\t' || *r->at == '\n' || *r->at == '\r'))
		r->at++;
}

/* The next sign, when it is this one. */
static bool
takes(struct json_reader *r, char c)
{
	skip(r);
	if (r->bad || r->at == r->end || *r->at != c)
		return false;
	r->at++;
	return true;
}

static void
expect(struct json_reader *r, char c)
{
	if (!takes(r, c))
		r->bad = true;
}

bool
json_more(struct json_reader *r, char opening, size_t *n)
{
	const char closing = opening == '{' ? '}' : ']';

	if (*n == 0)
		expect(r, opening);
	if (r->bad || takes(r, closing))
		return false;
	if (*n > 0)
		expect(r, ',');
	++*n;
	return !r->bad;
}

static uint32_t
four_digits(struct json_reader *r)
{
	uint32_t v = 0;

	for (int i = 0; i < 4; i++) {
		int digit = r->at < r->end ? str_hex(*r->at++) : -1;

		if (digit < 0)
			r->bad = true;
		v = v << 4 | (uint32_t)(digit & 15);
	}
	return v;
}

static void
add_point(struct buf *to, uint32_t c)
{
	if (c < 0x80) {
		buf_char(to, (char)c);
	} else if (c < 0x800) {
		buf_char(to, (char)(0xc0 | c >> 6));
		buf_char(to, (char)(0x80 | (c & 63)));
	} else {
		buf_char(to, (char)(0xe0 | c >> 12));
		buf_char(to, (char)(0x80 | (c >> 6 & 63)));
		buf_char(to, (char)(0x80 | (c & 63)));
	}
}

/* After the backslash. Pairs of surrogates are refused: what we send holds none. */
static void
escape(struct json_reader *r, struct buf *to)
{
	static const char letters[] = "\"\\/bfnrt", means[] = "\"\\/\b\f\n\r\t";
	const char c = r->at < r->end ? *r->at++ : '\0';
	const char *at = c == '\0' ? NULL : strchr(letters, c);

	if (at != NULL)
		buf_char(to, means[at - letters]);
	else if (c == 'u')
		add_point(to, four_digits(r));
	else
		r->bad = true;
}

str
json_read_text(struct json_reader *r)
{
	struct buf b = { 0 };
	str out;

	expect(r, '"');
	while (!r->bad && r->at < r->end && *r->at != '"') {
		const char c = *r->at++;

		if (c == '\\')
			escape(r, &b);
		else if ((unsigned char)c < 0x20)
			r->bad = true;
		else
			buf_char(&b, c);
	}
	if (!r->bad && (r->at == r->end || !str_utf8(buf_str(&b))))
		r->bad = true;
	if (!r->bad)
		r->at++;
	out = buf_kept(&b, r->arena);
	return r->bad ? (str){ 0 } : out;
}

str
json_read_name(struct json_reader *r)
{
	str name = json_read_text(r);

	expect(r, ':');
	return r->bad ? (str){ 0 } : name;
}

int64_t
json_read_number(struct json_reader *r)
{
	const char *from;
	number n;

	skip(r);
	from = r->at;
	while (r->at < r->end && (*r->at == '-' || (*r->at >= '0' && *r->at <= '9')))
		r->at++;
	n = str_number((str){ from, (size_t)(r->at - from) });
	if (!n.ok)
		r->bad = true;
	return r->bad ? 0 : n.value;
}

bool
json_read_bool(struct json_reader *r)
{
	str left;

	skip(r);
	left = (str){ r->at, (size_t)(r->end - r->at) };
	if (!r->bad && str_starts(left, S("true"))) {
		r->at += 4;
		return true;
	}
	if (!str_starts(left, S("false")))
		r->bad = true;
	else
		r->at += 5;
	return false;
}

bool
json_whole(struct json_reader *r)
{
	skip(r);
	return !r->bad && r->at == r->end;
}
