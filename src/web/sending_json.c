#include "web/sending_json.h"

#include "base/json.h"
#include "base/json_read.h"
#include "web/req.h"

/* Letters, digits, '-' and '_': what a random number is written in. */
static bool
is_key(str s)
{
	if (s.len != SENDING_KEY)
		return false;
	for (size_t i = 0; i < s.len; i++) {
		const char c = s.s[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') && c != '-' && c != '_')
			return false;
	}
	return true;
}

static void
read_presence(struct json_reader *r, struct presence *to)
{
	str text = json_read_text(r);

	*to = (struct presence){ .minutes = NUMBER_NONE };
	if (!r->bad && !presence_read(text, to))
		r->bad = true;
}

static void
read_line(struct json_reader *r, struct sent_line *l)
{
	size_t n = 0;

	while (json_more(r, '[', &n)) {
		if (n == 1)
			l->person = key_long(json_read_text(r));
		else if (n == 2)
			read_presence(r, &l->before);
		else if (n == 3)
			read_presence(r, &l->mark);
		else
			r->bad = true;
	}
	r->bad |= n != 3 || l->person <= 0;
}

static bool
named_twice(const struct sending *in, int64_t person)
{
	for (size_t i = 0; i < in->n; i++) {
		if (in->lines[i].person == person)
			return true;
	}
	return false;
}

static void
read_lines(struct json_reader *r, struct arena *a, struct sending *to)
{
	size_t n = 0;

	if (to->lines != NULL)
		r->bad = true;
	to->lines = ARENA_ARRAY(a, SENDING_LINES, struct sent_line);
	while (json_more(r, '[', &n)) {
		struct sent_line l = { 0 };

		read_line(r, &l);
		if (to->n == SENDING_LINES || named_twice(to, l.person))
			r->bad = true;
		else
			to->lines[to->n++] = l;
	}
}

/* Each member once, in any order. */
static void
read_member(struct json_reader *r, struct arena *a, struct sending *to)
{
	str name = json_read_name(r);

	if (str_is(name, "key") && to->key.len == 0)
		to->key = json_read_text(r);
	else if (str_is(name, "account") && to->account == 0)
		to->account = key_long(json_read_text(r));
	else if (str_is(name, "session") && to->session == 0)
		to->session = key_long(json_read_text(r));
	else if (str_is(name, "at"))
		to->typed_ms = json_read_number(r);
	else if (str_is(name, "all"))
		to->all = json_read_bool(r);
	else if (str_is(name, "close"))
		to->close = json_read_bool(r);
	else if (str_is(name, "lines"))
		read_lines(r, a, to);
	else
		r->bad = true;
}

bool
sending_read(struct arena *a, str body, struct sending *to)
{
	struct json_reader r = json_reader(a, body);
	size_t n = 0;

	*to = (struct sending){ 0 };
	while (json_more(&r, '{', &n))
		read_member(&r, a, to);
	return json_whole(&r) && is_key(to->key) && to->account > 0 && to->session > 0 && to->typed_ms >= 0 && to->lines != NULL;
}

void
sending_written(struct buf *to, const struct sending *in, const struct sending_answer *out, const char *words, str place)
{
	static const char *const results[] = {
		[SENDING_SAVED] = "saved", [SENDING_DIFFERS] = "differs", [SENDING_REFUSED] = "refused"
	};

	buf_char(to, '{');
	json_name(to, "key");
	json_string(to, in->key);
	buf_char(to, ',');
	json_name(to, "result");
	json_string(to, str_of(results[out->result]));
	buf_char(to, ',');
	json_name(to, "other");
	buf_add(to, out->reason == REASON_ACCOUNT ? S("true,") : S("false,"));
	json_name(to, "words");
	json_string(to, str_of(words));
	buf_char(to, ',');
	json_name(to, "at");
	buf_int(to, out->received_ms);
	buf_char(to, ',');
	json_name(to, "place");
	json_string(to, place);
	buf_add(to, S("}"));
}
