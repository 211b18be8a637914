#include "model/person_keys.h"

#include <sodium.h>
#include <string.h>

#include "base/err.h"

/* An n key holds at most a folded name, or a ref, and what follows it. */
_Static_assert(FOLD_MAX + 16 < KEY_TEXT_MAX, "a name fits into a key");
enum { NAME_KEY_MAX = 64, EMAIL_MAX = 120, HOUSEHOLD_MAX = 90 };

/* --- one key after the other --- */

/* Texts are gathered first: their place moves while the buffer grows. Until person_keys ends, v[i].s is an offset. */
static void
begin(struct person_keys *k)
{
	if (k->n == PERSON_KEYS_MAX)
		bug("a person with too many keys");
	k->v[k->n] = (str){ NULL, k->texts.len };
}

static str
text_of(const struct person_keys *k, size_t i)
{
	size_t from = k->v[i].len, until = i + 1 < k->n ? k->v[i + 1].len : k->texts.len;

	return (str){ k->texts.s + from, until - from };
}

/* Counts the key that was begun, unless it is there already. */
static void
end(struct person_keys *k)
{
	str made;

	k->n++;
	made = text_of(k, k->n - 1);
	for (size_t i = 0; i + 1 < k->n; i++) {
		if (!str_eq(text_of(k, i), made))
			continue;
		k->n--;
		k->texts.len = k->v[k->n].len;
		return;
	}
}

static void
settle(struct person_keys *k)
{
	str all[PERSON_KEYS_MAX] = { 0 };

	for (size_t i = 0; i < k->n; i++)
		all[i] = text_of(k, i);
	memcpy(k->v, all, k->n * sizeof *all);
}

/* --- names --- */

static size_t
rotated(const str *words, size_t n, size_t from, str to[WORDS_MAX])
{
	for (size_t i = 0; i < n; i++)
		to[i] = words[(from + i) % n];
	return n;
}

/* After a tab, the year of birth: somebody of whom a name and a year are known is found among their homonyms. */
static void
put_year(struct person_keys *k, str birth_date)
{
	buf_char(&k->texts, '\t');
	buf_add(&k->texts, (str){ birth_date.s, birth_date.len < 4 ? 0 : 4 });
}

static void
spelling_key(struct person_keys *k, const struct person *p, const str *words, size_t n)
{
	size_t from = k->texts.len;

	begin(k);
	buf_char(&k->texts, 't');
	for (size_t i = 0; i < n && k->texts.len - from < NAME_KEY_MAX; i++) {
		if (i > 0)
			buf_char(&k->texts, ' ');
		buf_add(&k->texts, words[i]);
	}
	put_year(k, p->birth_date);
	end(k);
}

static void
sound_key(struct person_keys *k, const struct person *p, const str *words, size_t n)
{
	char heard[SOUND_MAX + 1];
	size_t len = sound(words, n, heard);

	if (len == 0)
		return;
	begin(k);
	buf_char(&k->texts, 's');
	buf_add(&k->texts, (str){ heard, len });
	put_year(k, p->birth_date);
	end(k);
}

static bool
somali(const struct person *p)
{
	str rest = p->languages;

	while (rest.len > 0) {
		if (str_is(str_cut(rest, ';', &rest), "so"))
			return true;
	}
	return str_is(p->nationality, "SO") || str_is(p->nationality, "DJ");
}

/* Somali is written with x for the h of Mohamed and c for the throat's sound of Ali: Maxamed, Cali. */
static str
read_somali(str word, char to[FOLD_MAX])
{
	size_t n = 0;

	for (size_t i = 0; i < word.len; i++) {
		if (word.s[i] != 'c')
			to[n++] = word.s[i] == 'x' ? 'h' : word.s[i];
	}
	return (str){ to, n };
}

static void
sound_keys(struct person_keys *k, const struct person *p, const str *words, size_t n)
{
	str turned[WORDS_MAX];

	for (size_t i = 0; i < n; i++)
		sound_key(k, p, turned, rotated(words, n, i, turned));
}

static void
name_keys(struct person_keys *k, const struct person *p)
{
	struct folded f = { 0 };
	char letters[WORDS_MAX][FOLD_MAX];
	str words[WORDS_MAX], turned[WORDS_MAX];
	size_t n;

	begin(k);
	name_key(p, &k->texts);
	end(k);
	folded_add(&f, p->family_name);
	folded_add(&f, p->given_name);
	n = fold_words(folded_str(&f), words);
	for (size_t i = 1; i < n; i++)
		spelling_key(k, p, turned, rotated(words, n, i, turned));
	sound_keys(k, p, words, n);
	if (!somali(p))
		return;
	for (size_t i = 0; i < n; i++)
		words[i] = read_somali(words[i], letters[i]);
	sound_keys(k, p, words, n);
}

static void
birth_digits(struct buf *to, str date)
{
	for (size_t i = 0; i < date.len && i < 10; i++) {
		if (date.s[i] != '-')
			buf_char(to, date.s[i]);
	}
}

void
name_key(const struct person *p, struct buf *to)
{
	struct folded family = { 0 }, given = { 0 };

	folded_add(&family, p->family_name);
	folded_add(&given, p->given_name);
	if (family.len + given.len > FOLD_MAX)
		given.len = FOLD_MAX - family.len;
	buf_char(to, 'n');
	if (family.len == 0 && given.len == 0) {
		buf_char(to, '~'); /* after all letters */
		buf_add(to, p->ref);
	}
	buf_add(to, folded_str(family.len > 0 ? &family : &given));
	buf_char(to, '\t');
	if (family.len > 0)
		buf_add(to, folded_str(&given));
	buf_char(to, '\t');
	buf_char(to, p->sex.len > 0 ? p->sex.s[0] : '-');
	birth_digits(to, p->birth_date);
}

struct listed
name_listed(str key)
{
	struct listed l;
	str rest = { key.s + 1, key.len - 1 };

	l.family = str_cut(rest, '\t', &rest);
	l.given = str_cut(rest, '\t', &rest);
	l.sex = rest.len > 0 ? rest.s[0] : '-';
	l.birth = rest.len > 0 ? (str){ rest.s + 1, rest.len - 1 } : (str){ 0 };
	return l;
}

/* --- the rest --- */

static void
birth_key(struct person_keys *k, str date)
{
	if (date.len == 0)
		return;
	begin(k);
	buf_char(&k->texts, 'd');
	birth_digits(&k->texts, date);
	end(k);
}

size_t
phone_key(str s, char to[PHONE_DIGITS])
{
	char digits[32];
	size_t n = 0, from = 0;
	bool abroad = s.len > 0 && s.s[0] == '+';

	for (size_t i = 0; i < s.len; i++) {
		if (s.s[i] < '0' || s.s[i] > '9')
			continue;
		if (n == sizeof digits)
			return 0;
		digits[n++] = s.s[i];
	}
	if (abroad && n > 2 && digits[0] == '3' && digits[1] == '3')
		from = 2;
	else if (n > 4 && memcmp(digits, "0033", 4) == 0)
		from = 4;
	while (from < n && digits[from] == '0')
		from++;
	if (n - from < 3 || n - from > PHONE_DIGITS)
		return 0;
	for (size_t i = from; i < n; i++)
		to[n - 1 - i] = digits[i];
	return n - from;
}

/* A cell may hold two numbers: 0601020304 / 0473000000. */
static void
phone_keys(struct person_keys *k, str phones)
{
	char digits[PHONE_DIGITS];

	for (int most = 0; phones.len > 0 && most < 4; most++) {
		size_t cut = 0, n;

		while (cut < phones.len && strchr("/,;", phones.s[cut]) == NULL)
			cut++;
		n = phone_key(str_trim((str){ phones.s, cut }), digits);
		cut += cut < phones.len;
		phones = (str){ phones.s + cut, phones.len - cut };
		if (n == 0)
			continue;
		begin(k);
		buf_char(&k->texts, 'p');
		buf_add(&k->texts, (str){ digits, n });
		end(k);
	}
}

static void
small_letters(struct buf *to, str s, size_t most)
{
	for (size_t i = 0; i < s.len && i < most && s.s[i] != '\0'; i++)
		buf_char(to, s.s[i] >= 'A' && s.s[i] <= 'Z' ? (char)(s.s[i] - 'A' + 'a') : s.s[i]);
}

static void
email_key(struct person_keys *k, str email)
{
	email = str_trim(email);
	if (email.len == 0)
		return;
	begin(k);
	buf_char(&k->texts, 'e');
	small_letters(&k->texts, email, EMAIL_MAX);
	end(k);
}

void
household_key(str s, struct buf *to)
{
	s = str_trim(s);
	s.len = s.len < HOUSEHOLD_MAX ? s.len : HOUSEHOLD_MAX;
	buf_char(to, 'h');
	small_letters(to, s, HOUSEHOLD_MAX);
	buf_char(to, '\t');
	buf_add(to, s);
}

void
number_key(str s, const struct journal *keyed, char to[NUMBER_DIGEST + 1])
{
	unsigned char digest[DIGEST_SIZE];
	struct buf plain = { 0 };

	for (size_t i = 0; i < s.len; i++) {
		if ((s.s[i] >= '0' && s.s[i] <= '9') || (s.s[i] >= 'A' && s.s[i] <= 'Z'))
			buf_char(&plain, s.s[i]);
		else if (s.s[i] >= 'a' && s.s[i] <= 'z')
			buf_char(&plain, (char)(s.s[i] - 'a' + 'A'));
	}
	journal_digest(keyed, buf_str(&plain), digest);
	sodium_bin2hex(to, NUMBER_DIGEST + 1, digest, sizeof digest);
	buf_release(&plain);
}

static void
agdref_key(struct person_keys *k, str agdref, const struct journal *keyed)
{
	char digest[NUMBER_DIGEST + 1];

	if (str_trim(agdref).len == 0)
		return;
	number_key(agdref, keyed, digest);
	begin(k);
	buf_char(&k->texts, 'a');
	buf_add(&k->texts, (str){ digest, 16 });
	end(k);
}

void
person_keys(struct person_keys *to, const struct person *p, const struct journal *keyed)
{
	to->n = 0;
	buf_clear(&to->texts);
	name_keys(to, p);
	birth_key(to, p->birth_date);
	phone_keys(to, p->phone);
	email_key(to, p->email);
	if (str_trim(p->household_ref).len > 0) {
		begin(to);
		household_key(p->household_ref, &to->texts);
		end(to);
	}
	agdref_key(to, p->agdref, keyed);
	settle(to);
}

void
person_keys_release(struct person_keys *k)
{
	buf_release(&k->texts);
}
