#include "match/columns.h"

#include <string.h>

#include "match/room.h"
#include "model/fold.h"

enum { SEED = 0x6d617463 };

/* --- rows --- */

void
rows_add(struct rows *r, int side, const str values[MATCH_FIELDS])
{
	struct row *row;

	if (r->n == r->cap) {
		r->cap = r->cap == 0 ? 1024 : r->cap * 2;
		r->v = room_more(r->v, r->cap, sizeof *r->v);
	}
	row = &r->v[r->n++];
	row->at = r->text.len;
	row->side = (uint8_t)side;
	row->hash = 0;
	for (int f = 0; f < MATCH_FIELDS; f++) {
		const str s = str_trim(values[f]);

		row->len[f] = (uint32_t)s.len;
		buf_add(&r->text, s);
		if (f > MATCH_SOURCE)
			row->hash = mix(row->hash, str_hash(s, SEED + (uint64_t)f));
	}
}

void
rows_release(struct rows *r)
{
	buf_release(&r->text);
	room_give(r->v);
	*r = (struct rows){ 0 };
}

static void
row_values(const struct rows *r, const struct row *row, str to[MATCH_FIELDS])
{
	const char *at = buf_str(&r->text).s + row->at;

	for (int f = 0; f < MATCH_FIELDS; f++) {
		to[f] = (str){ at, row->len[f] };
		at += row->len[f];
	}
}

static int
by_content(const void *x, const void *y, void *rows)
{
	static const int order[] = { MATCH_FAMILY, MATCH_GIVEN, MATCH_BIRTH, MATCH_SEX, MATCH_NATIONALITY, MATCH_PHONE,
		MATCH_EMAIL, MATCH_ADDRESS, MATCH_POSTCODE, MATCH_CITY, MATCH_AGDREF, MATCH_SOURCE, MATCH_REF };
	const struct row *a = x, *b = y;
	str va[MATCH_FIELDS], vb[MATCH_FIELDS];

	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	row_values(rows, a, va);
	row_values(rows, b, vb);
	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		int c = str_cmp(va[order[i]], vb[order[i]]);

		if (c != 0)
			return c;
	}
	return a->side - b->side;
}

/* --- values --- */

uint64_t
packed_digits(str s)
{
	uint64_t v = 0;
	int n = 0;

	for (size_t i = 0; i < s.len; i++) {
		const char c = s.s[i];

		if (c >= '0' && c <= '9') {
			if (n == 15)
				return str_hash(s, SEED) | (uint64_t)1 << 63;
			v |= (uint64_t)(c - '0' + 1) << (4 * n++);
		} else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
			return str_hash(s, SEED) | (uint64_t)1 << 63;
		}
	}
	return n < 4 ? 0 : v;
}

uint64_t
packed_phone(str s, str *rest)
{
	char digits[16] = "";
	size_t n = 0, i = 0, from = 0;

	for (; i < s.len && n < sizeof digits; i++) {
		if (s.s[i] >= '0' && s.s[i] <= '9')
			digits[n++] = s.s[i];
		else if (n >= 9 && (s.s[i] == '/' || s.s[i] == ',' || s.s[i] == ';' || s.s[i] == '\n'))
			break;
	}
	*rest = i < s.len ? (str){ s.s + i, s.len - i } : (str){ 0 };
	if (n - from > 2 && digits[from] == '0' && digits[from + 1] == '0')
		from += 2;
	if (n - from > 10 && digits[from] == '3' && digits[from + 1] == '3')
		from += 2;
	while (from < n && digits[from] == '0')
		from++;
	if (n - from < 6)
		return 0;
	return packed_digits((str){ digits + from, n - from > 15 ? 15 : n - from });
}

static int
digits_of(uint64_t v)
{
	return v == 0 ? 0 : (67 - __builtin_clzll(v)) / 4;
}

bool
packed_near(uint64_t a, uint64_t b)
{
	uint64_t x = a ^ b;
	int low, high;

	if (a == 0 || b == 0 || (a | b) >> 63 != 0)
		return false;
	if (digits_of(a) > digits_of(b)) { /* one digit more */
		low = __builtin_ctzll(x) / 4 * 4;
		x = (uint64_t)1 << low;
		return digits_of(a) == digits_of(b) + 1 && ((a & (x - 1)) | (a >> 4 & ~(x - 1))) == b;
	}
	if (digits_of(b) > digits_of(a))
		return packed_near(b, a);
	if (x == 0)
		return true;
	low = __builtin_ctzll(x) / 4;
	high = (63 - __builtin_clzll(x)) / 4;
	if (low == high)
		return true;
	return high == low + 1 && (a >> 4 * low & 15) == (b >> 4 * high & 15) && (a >> 4 * high & 15) == (b >> 4 * low & 15);
}

static uint64_t
email_value(str s)
{
	char small[128] = "";
	size_t n = 0;

	for (size_t i = 0; i < s.len && n < sizeof small; i++)
		if (s.s[i] > ' ')
			small[n++] = s.s[i] >= 'A' && s.s[i] <= 'Z' ? (char)(s.s[i] + 32) : s.s[i];
	return memchr(small, '@', n) == NULL ? 0 : str_hash((str){ small, n }, SEED) | 1;
}

static char
sex_of(str s)
{
	struct folded f = { .len = 0 };
	str w = { 0 };

	if (s.len == 0 || s.len > 20)
		return 0;
	folded_add(&f, s);
	w = folded_str(&f);
	if (str_is(w, "f") || str_starts(w, S("fem")) || str_is(w, "mme") || str_is(w, "w") || str_is(w, "2") ||
	    str_is(w, "fille"))
		return 'F';
	if (str_is(w, "m") || str_is(w, "h") || str_starts(w, S("mas")) || str_starts(w, S("hom")) || str_is(w, "1") ||
	    str_is(w, "mr") || str_is(w, "male") || str_is(w, "garcon"))
		return 'M';
	return 0;
}

/* --- words --- */

static uint32_t
put_word(struct columns *c, str folded)
{
	const uint32_t id = intern_put(&c->word_texts, folded);

	if (id == c->words_n) {
		if ((id & (id - 1)) == 0) {
			c->words = room_more(c->words, (size_t)id * 2, sizeof *c->words);
			c->glances = room_more(c->glances, (size_t)id * 2, sizeof *c->glances);
			c->class_of = room_more(c->class_of, (size_t)id * 2, sizeof *c->class_of);
		}
		word_read(&c->words[id], folded);
		c->glances[id] = c->words[id].glance;
		c->class_of[id] = intern_put(&c->class_texts, str_of(c->words[id].class));
		c->words_n++;
	}
	return id;
}

static uint8_t
put_name(struct columns *c, str name, uint32_t to[NAME_WORDS])
{
	char words[NAME_WORDS][SOUNDS_MAX + 1];
	const size_t n = name_words(name, words);

	for (size_t i = 0; i < n; i++)
		to[i] = put_word(c, str_of(words[i]));
	return (uint8_t)n;
}

/* --- dates and addresses --- */

static uint32_t
put_birth(struct columns *c, str s)
{
	const struct birth b = birth_read(s);
	uint32_t id;

	if (b.n == 0)
		return 0;
	id = intern_put(&c->birth_texts, (str){ (const char *)&b, sizeof b });
	if (id == c->births_n) {
		if ((id & (id - 1)) == 0) {
			c->births = room_more(c->births, (size_t)id * 2, sizeof *c->births);
			c->birth_values = room_more(c->birth_values, (size_t)id * 2, sizeof *c->birth_values);
		}
		c->births[id] = b;
		c->birth_values[id] = (uint64_t)b.as[0].year * 10000 + (b.as[0].month == 0 ? 1 : b.as[0].month) * 100 +
				      (b.as[0].day == 0 ? 1 : b.as[0].day);
		c->births_n++;
	}
	return id;
}

static bool
says_little(str w) /* of a street */
{
	static const char *const words[] = { "rue", "r", "avenue", "av", "ave", "boulevard", "bd", "bld", "place", "pl", "allee",
		"all", "chemin", "ch", "impasse", "imp", "route", "rte", "square", "sq", "cours", "quai", "passage", "de", "du",
		"des", "la", "le", "les", "l", "d", "appt", "apt", "appartement", "app", "bat", "batiment", "residence", "res",
		"street", "st", "road", "rd", "crescent", "close", "court", "drive", "circuit", "chez", "c", "o", "lieu", "dit" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_is(w, words[i]))
			return true;
	return false;
}

static uint32_t
put_address(struct columns *c, str s, uint64_t *bits)
{
	struct address a = { .n = 0 };
	struct folded f = { .len = 0 };
	str words[WORDS_MAX];
	size_t n;
	uint32_t id;

	if (s.len == 0)
		return 0;
	folded_add(&f, s);
	n = fold_words(folded_str(&f), words);
	for (size_t i = 0; i < n && a.n < ADDRESS_WORDS; i++)
		if (!says_little(words[i]))
			a.words[a.n++] = put_word(c, words[i]);
	for (size_t i = 1; i < a.n; i++) /* in one order, whatever was written first */
		for (size_t j = i; j > 0 && a.words[j] < a.words[j - 1]; j--) {
			uint32_t t = a.words[j];

			a.words[j] = a.words[j - 1];
			a.words[j - 1] = t;
		}
	if (a.n == 0)
		return 0;
	id = intern_put(&c->address_texts, (str){ (const char *)&a, sizeof a });
	if (id == c->addresses_n) {
		if ((id & (id - 1)) == 0)
			c->addresses = room_more(c->addresses, (size_t)id * 2, sizeof *c->addresses);
		c->addresses[id] = a;
		c->addresses_n++;
	}
	for (size_t i = 0; i < a.n; i++)
		*bits |= (uint64_t)1 << (mix(a.words[i], 1) & 63);
	return id;
}

static uint32_t
put_city(struct columns *c, str s)
{
	struct folded f = { .len = 0 };
	char joined[SOUNDS_MAX + 1];
	size_t n = 0;

	if (s.len == 0)
		return 0;
	folded_add(&f, s);
	for (size_t i = 0; i < f.len && n < SOUNDS_MAX; i++)
		if (f.s[i] != ' ')
			joined[n++] = f.s[i];
	return put_word(c, (str){ joined, n });
}

/* --- all of them --- */

static void
read_row(struct columns *c, struct record *r, const str v[MATCH_FIELDS])
{
	str rest;

	r->given_n = put_name(c, v[MATCH_GIVEN], r->words);
	r->family_n = put_name(c, v[MATCH_FAMILY], r->words + NAME_WORDS);
	r->birth = put_birth(c, v[MATCH_BIRTH]);
	r->sex = sex_of(v[MATCH_SEX]);
	r->nation = intern_put(&c->nations, v[MATCH_NATIONALITY]);
	r->source = intern_put(&c->sources, v[MATCH_SOURCE]);
	r->phone[0] = packed_phone(v[MATCH_PHONE], &rest);
	r->phone[1] = rest.len > 6 ? packed_phone(rest, &rest) : 0;
	r->email = email_value(v[MATCH_EMAIL]);
	r->address = put_address(c, v[MATCH_ADDRESS], &r->address_bits);
	r->postcode = (uint32_t)packed_digits(v[MATCH_POSTCODE]);
	r->city = put_city(c, v[MATCH_CITY]);
	r->agdref = packed_digits(v[MATCH_AGDREF]);
}

static void
start_texts(struct columns *c)
{
	struct intern *const all[] = { &c->word_texts, &c->class_texts, &c->birth_texts, &c->address_texts, &c->nations,
		&c->sources };

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		intern_init(all[i]);
	c->words_n = c->births_n = c->addresses_n = 1;
	c->words = room_take(2, sizeof *c->words);
	c->glances = room_take(2, sizeof *c->glances);
	c->class_of = room_take(2, sizeof *c->class_of);
	c->births = room_take(2, sizeof *c->births);
	c->birth_values = room_take(2, sizeof *c->birth_values);
	c->addresses = room_take(2, sizeof *c->addresses);
}

void
columns_make(struct columns *c, struct rows *from)
{
	*c = (struct columns){ .n = from->n };
	start_texts(c);
	if (from->n > 0)
		qsort_r(from->v, from->n, sizeof *from->v, by_content, from);
	c->v = room_take(from->n, sizeof *c->v);
	c->ref_at = room_take(from->n + 1, sizeof *c->ref_at);
	for (size_t i = 0; i < from->n; i++) {
		str values[MATCH_FIELDS];

		row_values(from, &from->v[i], values);
		read_row(c, &c->v[i], values);
		c->v[i].side = from->v[i].side;
		buf_add(&c->ref_text, values[MATCH_REF]);
		c->ref_at[i + 1] = c->ref_text.len;
	}
}

str
columns_ref(const struct columns *c, size_t record)
{
	return (str){ buf_str(&c->ref_text).s + c->ref_at[record], c->ref_at[record + 1] - c->ref_at[record] };
}

void
columns_release(struct columns *c)
{
	struct intern *const all[] = { &c->word_texts, &c->class_texts, &c->birth_texts, &c->address_texts, &c->nations,
		&c->sources };

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		intern_release(all[i]);
	buf_release(&c->ref_text);
	room_give(c->v);
	room_give(c->ref_at);
	room_give(c->words);
	room_give(c->glances);
	room_give(c->class_of);
	room_give(c->births);
	room_give(c->birth_values);
	room_give(c->addresses);
	*c = (struct columns){ 0 };
}
