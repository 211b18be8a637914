/* password.c - what remains of a password once all that anybody would try is taken away */
#include "access/password.h"

#include <string.h>

#include "access/account.h"
#include "access/trail.h"
#include "base/text.h"
#include "sql.h"

enum { OWN_LEAST = 8, BYTES = PASSWORD_MOST * 4, WORD_LEAST = 3 };

/* ---- folding ---- */

struct folded {
	char s[BYTES + 1];
	size_t n;
};

/* The plain letter under an accent: U+00C0 to U+017F as far as French and its neighbours go. */
static char
plain(unsigned code)
{
	static const char latin[] = "aaaaaaaceeeeiiiidnooooo.ouuuuy.saaaaaaaceeeeiiiidnooooo.ouuuuy.y";

	return code >= 0xc0 && code <= 0xff ? latin[code - 0xc0] : '\0';
}

/* Small letters and digits alone; other scripts keep their bytes. */
static struct folded
fold(str s)
{
	struct folded f = { .n = 0 };

	for (size_t i = 0; i < s.len && f.n < BYTES; i++) {
		unsigned char c = (unsigned char)s.s[i];
		char base = 0;

		if ((c == 0xc3) && i + 1 < s.len)
			base = plain(0xc0u + ((unsigned char)s.s[i + 1] & 0x3fu));
		if (base != 0) {
			i++;
			f.s[f.n++] = base;
		} else if (c >= 'A' && c <= 'Z') {
			f.s[f.n++] = (char)(c - 'A' + 'a');
		} else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80) {
			f.s[f.n++] = (char)c;
		} else if (c == '@' || c == '$' || c == '!') {
			f.s[f.n++] = (char)c; /* perhaps a letter in disguise */
		}
	}
	return f;
}

/* p@ssw0rd is password. */
static void
unmask(struct folded *f)
{
	static const char from[] = "0134578@$!", to[] = "oieastbasi";

	for (size_t i = 0; i < f->n; i++) {
		const char *at = strchr(from, f->s[i]);

		if (at != NULL && *at != '\0')
			f->s[i] = to[at - from];
	}
}

/* ---- taking away ---- */

/* Taken away, and a bar left in its place, so that what stood on both sides does not become a word. */
static void
strike(struct folded *f, size_t at, size_t n)
{
	f->s[at] = '|';
	memmove(f->s + at + 1, f->s + at + n, f->n - at - n);
	f->n -= n - 1;
}

static void
strike_word(struct folded *f, const char *word, size_t n)
{
	char *found;

	while (n >= WORD_LEAST && f->n >= n && (found = memmem(f->s, f->n, word, n)) != NULL)
		strike(f, (size_t)(found - f->s), n);
}

static void
strike_words_of(struct folded *f, str text)
{
	size_t from = 0;

	/* Each word, where a blank or a sign parts them: "Clermont-Ferrand", "paul.martin@ville.fr". */
	for (size_t i = 0; i <= text.len; i++) {
		bool inside = i < text.len && strchr(" -_.@'\t,", text.s[i]) == NULL;
		struct folded word;

		if (inside)
			continue;
		word = fold((str){ text.s + from, i - from });
		strike_word(f, word.s, word.n);
		from = i + 1;
	}
}

static void
strike_common(struct folded *f)
{
#define WORD(folded) { #folded, sizeof(#folded) - 1 },
	static const struct {
		const char *s;
		size_t n;
	} words[] = {
#include "access/common_words.def"
	};
#undef WORD

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		strike_word(f, words[i].s, words[i].n);
}

/* How many characters from there follow each other on a row of a keyboard or in the order of letters and digits. */
static size_t
in_row(const struct folded *f, size_t at)
{
	static const char *const rows[] = { "abcdefghijklmnopqrstuvwxyz", "01234567890", "azertyuiop", "qsdfghjklm", "wxcvbn",
		"qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm" };
	size_t best = 1;

	for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
		const char *p = f->s[at] == '|' ? NULL : strchr(rows[r], f->s[at]);
		size_t up = 1, down = 1;

		if (p == NULL || *p == '\0')
			continue;
		while (at + up < f->n && p[up] != '\0' && f->s[at + up] == p[up])
			up++;
		while (at + down < f->n && p - down >= rows[r] && f->s[at + down] == *(p - down))
			down++;
		best = up > best ? up : best;
		best = down > best ? down : best;
	}
	return best;
}

static size_t
repeated(const struct folded *f, size_t at)
{
	size_t n = 1;

	while (at + n < f->n && f->s[at + n] == f->s[at])
		n++;
	return n;
}

static size_t
year(const struct folded *f, size_t at)
{
	const char *p = f->s + at;

	if (f->n - at < 4 || !((p[0] == '1' && p[1] == '9') || (p[0] == '2' && p[1] == '0')))
		return 0;
	return p[2] >= '0' && p[2] <= '9' && p[3] >= '0' && p[3] <= '9' ? 4 : 0;
}

static void
strike_patterns(struct folded *f)
{
	for (size_t i = 0; i < f->n; i++) {
		size_t row = in_row(f, i), same = repeated(f, i), n = year(f, i);

		n = row >= 3 && row > n ? row : n;
		n = same >= 3 && same > n ? same : n;
		if (n > 0)
			strike(f, i, n);
	}
}

/* A piece of three or more that was there before counts once: soleilbleusoleilbleu. */
static void
strike_echoes(struct folded *f)
{
	for (size_t i = WORD_LEAST; i + WORD_LEAST <= f->n; i++) {
		size_t n = WORD_LEAST;

		if (memmem(f->s, i, f->s + i, n) == NULL || memchr(f->s + i, '|', n) != NULL)
			continue;
		while (i + n < f->n && f->s[i + n] != '|' && memmem(f->s, i, f->s + i, n + 1) != NULL)
			n++;
		strike(f, i, n);
	}
}

static size_t
own_characters(struct folded f, const struct password_about *about)
{
	const str words[] = { about->name, about->email, about->city, about->organisation };
	size_t n = 0;

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		strike_words_of(&f, words[i]);
	strike_common(&f);
	strike_patterns(&f);
	strike_echoes(&f);
	for (size_t i = 0; i < f.n; i++)
		n += strchr("|@$!", f.s[i]) == NULL && ((unsigned char)f.s[i] & 0xc0) != 0x80;
	return n;
}

/* ---- the rule ---- */

int
password_least(enum role role)
{
	return role == ROLE_administrator ? PASSWORD_LEAST_ADMINISTRATOR : PASSWORD_LEAST;
}

static void
refuse(struct problem_sink *sink, const char *expected)
{
	problem_add(sink, &(struct problem){ .level = PROBLEM_FAULT, .column = S("password"), .expected = str_of(expected) });
}

static size_t
characters(str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++)
		n += ((unsigned char)s.s[i] & 0xc0) != 0x80;
	return n;
}

void
password_check(str password, const struct password_about *about, struct problem_sink *sink)
{
	size_t n = characters(password), least = (size_t)password_least(about->role);
	struct folded as_typed, unmasked;
	struct arena a = { 0 };

	if (!str_utf8(password) || n > PASSWORD_MOST) {
		refuse(sink, tr("a password of at most 200 characters"));
		return;
	}
	if (n < least)
		refuse(sink, str_format(&a, tr("at least %zu characters: three or four words make a good password"), least).s);
	as_typed = unmasked = fold(password);
	unmask(&unmasked);
	if (n >= least && (own_characters(as_typed, about) < OWN_LEAST || own_characters(unmasked, about) < OWN_LEAST))
		refuse(sink,
		    tr("something that nobody would guess: not a common word, a name, a year or a row of keys with a few signs "
		       "added. Three or four words that have nothing to do with each other are good"));
	arena_release(&a);
}

/* ---- changing it ---- */

const struct err *
password_put(struct db *db, struct journal *j, int64_t account, str hash, int64_t kept, int64_t now_ms)
{
	const struct err *e = password_set(db, j->territory, account, hash, now_ms);

	if (e == NULL)
		e = logins_drop_others(db, j->territory, account, kept);
	return e == NULL ? trail_add(j, "passwords", account, 0, JOURNAL_UPDATE, S("*")) : e;
}

const struct err *
password_change(struct db *db, struct arena *a, struct hashing *h, const struct viewer *v, str password, int64_t now_ms,
    struct problem_sink *sink)
{
	struct password_about about = { v->looking ? v->really : v->role, v->name, { 0 }, v->city, v->organisation_name };
	struct holder holder;
	struct journal j;
	size_t before = sink->faults;
	const struct err *e = holder_by_id(db, a, v->territory, v->account, now_ms, &holder);
	str hash;

	if (e != NULL)
		return e;
	about.email = holder.email;
	password_check(password, &about, sink);
	if (sink->faults > before)
		return NULL;
	hash = hash_make(h, a, password);
	if ((e = db_begin_write(db)) != NULL)
		return e;
	e = trail_open(db, a, v->territory, v->account, "password", now_ms, &j);
	return db_end(db, e == NULL ? password_put(db, &j, v->account, hash, v->login, now_ms) : e);
}
