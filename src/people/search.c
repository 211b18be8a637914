/* search.c - candidates come from runs of sorted keys (person_keys.h), nearest kind first; the few that are kept are read,
 * measured against what was typed, and put in order. Nothing is ever gone through whole: a run stops at SCAN_MOST keys. */
#include "people/search.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "model/person_keys.h"
#include "people/typed.h"
#include "sql.h"

enum {
	FOUND_MOST = 64,   /* candidates that are read */
	RUN_MOST = 40,     /* taken from one run */
	SCAN_MOST = 20000, /* keys looked at in one run */
	FEW = 5,           /* with fewer, names that are only like it are looked for */
};
/* Ranks: the lower the nearer. */
enum { RANK_EXACT = 0, RANK_NUMBER = 5, RANK_NAME = 10, RANK_KEY = 40, RANK_SOUND = 100, RANK_NEAR = 200 };

struct found {
	int64_t id;
	int rank;
	enum hit_why why;
	struct person_line line;
};
struct searching {
	const struct sight *sight;
	struct typed typed;
	struct set ours; /* of the organisation, when there is a limit */
	struct found v[FOUND_MOST];
	size_t n;
	bool more;
};

const char *
hit_why_label(enum hit_why why)
{
	static const char *const labels[] = {
		[HIT_NAME] = N_("name"),
		[HIT_SOUND] = N_("spelled otherwise"),
		[HIT_NEAR] = N_("a similar name"),
		[HIT_REF] = N_("reference"),
		[HIT_NUMBER] = N_("AGDREF number"),
		[HIT_BIRTH] = N_("birth date"),
		[HIT_PHONE] = N_("phone number"),
		[HIT_EMAIL] = N_("e-mail address"),
		[HIT_HOUSEHOLD] = N_("household"),
	};

	return tr(labels[why]);
}

static bool
add(struct searching *s, int64_t id, enum hit_why why, int rank)
{
	struct found *worst = NULL;

	if (s->sight->organisation != 0 && !set_has(&s->ours, id_mark(id)))
		return false;
	for (size_t i = 0; i < s->n; i++) {
		struct found *f = &s->v[i];

		if (f->id == id) {
			if (rank < f->rank)
				*f = (struct found){ .id = id, .rank = rank, .why = why };
			return false;
		}
		if (worst == NULL || f->rank > worst->rank)
			worst = f;
	}
	if (s->n < FOUND_MOST) {
		s->v[s->n++] = (struct found){ .id = id, .rank = rank, .why = why };
		return true;
	}
	s->more = true;
	if (rank < worst->rank)
		*worst = (struct found){ .id = id, .rank = rank, .why = why };
	return rank < worst->rank;
}

/* --- runs of keys --- */

/* One run: judge gives the rank of a key, negative when it is not meant. */
struct run {
	struct searching *search;
	char kind;
	str begins;
	enum hit_why why;
	int base; /* added to the rank */
	int (*judge)(const struct run *r, str key);
	size_t anchor; /* the typed word that the run stands for */
	const str *words;
	size_t n;
};

/* Without what stands after a tab. */
static str
before_tab(str key)
{
	return str_cut(key, '\t', &(str){ 0 });
}

static int
any_key(const struct run *r, str key)
{
	return before_tab(key).len == r->begins.len + 1 ? 0 : 1;
}

static const struct err *
follow(const struct run *r)
{
	const struct sight *s = r->search->sight;
	struct buf prefix = { 0 };
	struct sorted_walk w;
	struct key k;
	size_t seen = 0, taken = 0;
	const struct err *err;

	buf_char(&prefix, r->kind);
	buf_add(&prefix, r->begins);
	sorted_walk(&w, s->db, s->territory, buf_str(&prefix), NULL, false);
	while (taken < RUN_MOST && seen++ < SCAN_MOST && sorted_next(&w, &k)) {
		int rank = r->judge(r, k.text);

		if (rank >= 0)
			taken += add(r->search, k.id, r->why, r->base + rank);
	}
	r->search->more |= taken == RUN_MOST;
	err = sorted_done(&w);
	buf_release(&prefix);
	return err;
}

/* --- names as they are spelled --- */

static size_t
words_of_key(str key, str words[WORDS_MAX])
{
	struct listed l;
	size_t n;

	if (key.s[0] != 'n')
		return fold_words(before_tab((str){ key.s + 1, key.len - 1 }), words);
	l = name_listed(key);
	n = fold_words(l.family, words);
	for (str rest = l.given; rest.len > 0 && n < WORDS_MAX;) {
		str word = str_cut(rest, ' ', &rest);

		if (word.len > 0)
			words[n++] = word;
	}
	return n;
}

/* Whether a birth date that was typed may be this one; of which only the year may be known here. */
static bool
born_fits(const struct typed *t, str digits)
{
	str typed = str_of(t->born);

	return t->born[0] == '\0' || str_starts(digits, typed) || (digits.len == 4 && str_starts(typed, digits));
}

static bool
key_born_fits(const struct typed *t, str key)
{
	str rest;

	if (key.s[0] == 'n')
		return born_fits(t, name_listed(key).birth);
	(void)str_cut(key, '\t', &rest);
	return born_fits(t, rest);
}

/* How far a typed word is from the nearest of these: 0 it is one, 1 it begins one, 10 and more: letters differ; -1: none. */
static int
nearest(str typed, const str *words, size_t n, int most)
{
	int best = -1;

	for (size_t i = 0; i < n && best != 0; i++) {
		int rank = str_eq(typed, words[i])       ? 0
			   : str_starts(words[i], typed) ? 1
			   : most == 0                   ? -1
							 : 10 * letters_between(typed, words[i], typed.len >= 4, most);

		if (rank > 10 * most)
			rank = most == 0 && rank == 1 ? 1 : -1;
		if (rank >= 0 && (best < 0 || rank < best))
			best = rank;
	}
	return best;
}

/* Every typed word begins one of the name. */
static int
spelled(const struct run *r, str key)
{
	str words[WORDS_MAX];
	size_t n = words_of_key(key, words);
	int total = 0;

	if (!key_born_fits(&r->search->typed, key))
		return -1;
	for (size_t i = 0; i < r->n; i++) {
		int rank = nearest(r->words[i], words, n, 0);

		if (rank < 0)
			return -1;
		total += rank;
	}
	return total * 2 + (key.s[0] == 't');
}

static size_t
longest(const str *words, size_t n)
{
	size_t best = 0;

	for (size_t i = 1; i < n; i++)
		best = words[i].len > words[best].len ? i : best;
	return best;
}

static const struct err *
by_spelling(struct searching *s)
{
	const struct typed *t = &s->typed;
	struct run r = { .search = s, .why = HIT_NAME, .base = RANK_NAME, .judge = spelled, .words = t->v, .n = t->n };
	const struct err *err;

	r.begins = t->v[longest(t->v, t->n)];
	r.kind = 'n';
	if ((err = follow(&r)) != NULL)
		return err;
	r.kind = 't';
	return follow(&r);
}

/* --- as they sound --- */

static bool
within(str whole, str part)
{
	return part.len == 0 || (whole.len > 0 && memmem(whole.s, whole.len, part.s, part.len) != NULL);
}

/* The sounds of the other words stand somewhere in the key; a first vowel is heard at the beginning of a name only. */
static int
heard(const struct run *r, str key)
{
	if (!key_born_fits(&r->search->typed, key))
		return -1;
	for (size_t i = 0; i < r->n; i++) {
		char sounds[SOUND_MAX + 1];
		size_t len = sound(&r->words[i], 1, sounds), skip = len > 0 && sounds[0] == 'a';

		if (i != r->anchor && !within((str){ key.s + 1, key.len - 1 }, (str){ sounds + skip, len - skip }))
			return -1;
	}
	return any_key(r, key);
}

static int
whole_heard(const struct run *r, str key)
{
	return key_born_fits(&r->search->typed, key) ? any_key(r, key) : -1;
}

static const struct err *
by_one_sound(struct searching *s, const str *words, size_t n)
{
	char whole[SOUND_MAX + 1], best[SOUND_MAX + 1], one[SOUND_MAX + 1];
	struct run r = {
		.search = s, .kind = 's', .why = HIT_SOUND, .base = RANK_SOUND, .judge = whole_heard, .words = words, .n = n
	};
	const struct err *err;
	size_t len = sound(words, n, whole), most = 0;

	r.begins = (str){ whole, len };
	if (len >= 2 && (err = follow(&r)) != NULL)
		return err;
	if (n < 2)
		return NULL;
	for (size_t i = 0; i < n; i++) {
		if ((len = sound(&words[i], 1, one)) > most) {
			most = len;
			r.anchor = i;
			memcpy(best, one, sizeof best);
		}
	}
	r.begins = (str){ best, most };
	r.judge = heard;
	return most >= 2 ? follow(&r) : NULL;
}

static const struct err *
by_sound(struct searching *s)
{
	const struct typed *t = &s->typed;
	const struct err *err = by_one_sound(s, t->v, t->n);

	for (size_t i = 0; i < t->others && err == NULL; i++) {
		str words[WORDS_MAX];
		size_t n = fold_words(folded_str(&t->other[i]), words);

		err = by_one_sound(s, words, n);
	}
	return err;
}

/* --- names that are only like it --- */

static int
tolerance(str word)
{
	return word.len <= 3 ? 0 : word.len <= 5 ? 1 : 2;
}

static int
like(const struct run *r, str key)
{
	str words[WORDS_MAX];
	size_t n = words_of_key(key, words);
	int total = 0;

	for (size_t i = 0; i < r->n; i++) {
		int rank = nearest(r->words[i], words, n, tolerance(r->words[i]));

		if (rank < 0)
			return -1;
		total += rank;
	}
	return total;
}

/* From each word as it was typed when there are others, since one of them may be right; else from its first letter. */
static const struct err *
by_likeness(struct searching *s)
{
	const struct typed *t = &s->typed;
	struct run r = { .search = s, .why = HIT_NEAR, .base = RANK_NEAR, .judge = like, .words = t->v, .n = t->n };
	const struct err *err = NULL;

	for (size_t i = 0; i < t->n && err == NULL; i++) {
		r.begins = t->v[i];
		if (t->n == 1)
			r.begins.len = (unsigned char)r.begins.s[0] < 0x80 ? 1 : r.begins.len;
		r.kind = 'n';
		err = follow(&r);
		r.kind = 't';
		if (err == NULL)
			err = follow(&r);
	}
	return err;
}

/* --- numbers and the like --- */

static const struct err *
by_key(struct searching *s, char kind, str begins, enum hit_why why, int base)
{
	const struct run r = { .search = s, .kind = kind, .begins = begins, .why = why, .base = base, .judge = any_key };

	return follow(&r);
}

static const struct err *
by_birth(struct searching *s)
{
	const struct typed *t = &s->typed;

	if (t->born[0] == '\0' || (t->n > 0 && t->born[4] == '\0'))
		return NULL;
	return by_key(s, 'd', str_of(t->born), HIT_BIRTH, t->n > 0 ? RANK_NEAR : RANK_KEY);
}

static const struct err *
by_phone(struct searching *s)
{
	char digits[PHONE_DIGITS];
	size_t n = s->typed.digits && s->typed.digit_count >= 4 ? phone_key(s->typed.whole, digits) : 0;

	return n < 3 ? NULL : by_key(s, 'p', (str){ digits, n }, HIT_PHONE, RANK_KEY);
}

static const struct err *
by_number(struct searching *s)
{
	char digest[NUMBER_DIGEST + 1];
	struct journal keyed;
	const struct err *err;

	if (s->typed.digit_count < 8 || s->typed.n > 0)
		return NULL;
	if ((err = journal_key(s->sight->db, keyed.key)) != NULL)
		return err->kind == ERR_NOTFOUND ? NULL : err; /* nothing was ever written */
	number_key(s->typed.whole, &keyed, digest);
	return by_key(s, 'a', (str){ digest, 16 }, HIT_NUMBER, RANK_NUMBER);
}

static str
in_small_letters(struct arena *a, str s)
{
	char *to = arena_copy(a, s.s, s.len);

	for (size_t i = 0; i < s.len; i++)
		to[i] = to[i] >= 'A' && to[i] <= 'Z' ? (char)(to[i] - 'A' + 'a') : to[i];
	return (str){ to, s.len };
}

static const struct err *
by_ref(struct searching *s, str typed)
{
	const struct sight *sight = s->sight;
	struct people_by_ref_row row;
	struct db_rows rows;
	const struct err *err =
	    people_by_ref(sight->db, &rows, sight->territory, typed, str_format(sight->arena, "%.*s~", STR_ARG(typed)), RUN_MOST);

	if (err != NULL)
		return err;
	while (people_by_ref_next(&rows, &row))
		add(s, row.id, HIT_REF, row.ref.len == typed.len ? RANK_EXACT : RANK_KEY);
	return db_done(&rows);
}

static const struct err *
by_code(struct searching *s)
{
	str typed = in_small_letters(s->sight->arena, s->typed.whole);
	const struct err *err = NULL;

	if (typed.len > 64)
		typed.len = 64;
	if (s->typed.digit_count > 0 || within(typed, S("-")) || within(typed, S("_")))
		err = by_ref(s, typed);
	if (err == NULL && s->typed.digit_count > 0)
		err = by_key(s, 'h', typed, HIT_HOUSEHOLD, RANK_KEY);
	if (err == NULL && within(typed, S("@")))
		err = by_key(s, 'e', typed, HIT_EMAIL, RANK_KEY);
	return err;
}

/* --- the few that are kept --- */

enum { FAR = 9 };

static int
nearer(str typed, str word, int best)
{
	int d = letters_between(typed, word, true, FAR - 1);

	return d < best ? d : best;
}

static str
joined(str a, str b, char to[FOLD_MAX])
{
	memcpy(to, a.s, a.len);
	memcpy(to + a.len, b.s, b.len);
	return (str){ to, a.len + b.len };
}

/* How many letters separate what was typed from the name, whatever the order of its words. */
static int
distance(const struct typed *t, const struct person_line *l)
{
	struct folded name = { 0 };
	str words[WORDS_MAX];
	char pair[FOLD_MAX];
	size_t n;
	int total = 0;

	folded_add(&name, l->family_name);
	folded_add(&name, l->given_name);
	n = fold_words(folded_str(&name), words);
	for (size_t i = 0; i < t->n; i++) {
		int best = FAR;

		for (size_t k = 0; k < n; k++) {
			best = nearer(t->v[i], words[k], best);
			if (k + 1 < n) /* Abdul Rahman, when Abdurrahman was typed */
				best = nearer(t->v[i], joined(words[k], words[k + 1], pair), best);
		}
		total += best;
	}
	return total;
}

/* All letters of some words, in their order; at most n. */
static size_t
run_together(const str *words, size_t count, char *to, size_t n)
{
	size_t len = 0;

	for (size_t i = 0; i < count; i++) {
		if (len + words[i].len > n)
			break;
		memcpy(to + len, words[i].s, words[i].len);
		len += words[i].len;
	}
	return len;
}

/* Without vowels and what stands for them, doubled letters once: what spellings of one name have in common. */
static size_t
consonants(str letters, char *to)
{
	size_t n = 0;

	for (size_t i = 0; i < letters.len; i++) {
		if (strchr("aeiouyw'", letters.s[i]) == NULL && (i == 0 || letters.s[i] != letters.s[i - 1]))
			to[n++] = letters.s[i];
	}
	return n;
}

/* Of two consonants both must be there. */
static bool
mostly(str typed, str stored)
{
	int most = typed.len < 3 ? 0 : (int)typed.len * 3 / 5;

	return letters_between(typed, stored, true, most) <= most;
}

/* A sound is a coarse thing: who only sounds like it must also look like it, by most of the letters or of the consonants, run together
 * (abd el kader, Abdelkader) in either order of the names. Long ones are measured well enough by their sound. */
static bool
looks_like(const struct typed *t, const struct person_line *l)
{
	enum { LETTERS = 24 };
	char typed[LETTERS], stored[LETTERS], few[LETTERS], other[LETTERS];
	size_t letters = run_together(t->v, t->n, typed, LETTERS), all = 0;
	str words[WORDS_MAX];

	for (size_t i = 0; i < t->n; i++)
		all += t->v[i].len;
	if (all > LETTERS)
		return true;
	for (int given_first = 0; given_first < 2; given_first++) {
		struct folded name = { 0 };
		size_t n;

		folded_add(&name, given_first ? l->given_name : l->family_name);
		folded_add(&name, given_first ? l->family_name : l->given_name);
		n = run_together(words, fold_words(folded_str(&name), words), stored, LETTERS);
		if (mostly((str){ typed, letters }, (str){ stored, n }) ||
		    mostly((str){ few, consonants((str){ typed, letters }, few) },
			(str){ other, consonants((str){ stored, n }, other) }))
			return true;
	}
	return false;
}

static str
digits_of(str date, char to[9])
{
	size_t n = 0;

	for (size_t i = 0; i < date.len && n < 8; i++) {
		if (date.s[i] != '-')
			to[n++] = date.s[i];
	}
	return (str){ to, n };
}

/* Names that were not compared letter by letter are now; a birth date typed beside a name must be theirs. */
static bool
measured(const struct typed *t, struct found *f)
{
	char digits[9];

	if (t->n > 0 && !born_fits(t, digits_of(f->line.birth_date, digits)))
		return false;
	if (f->why == HIT_SOUND) {
		int d = distance(t, &f->line);

		f->rank += 2 * d;
		return d <= 2 * (int)t->n || looks_like(t, &f->line);
	}
	if (f->why == HIT_BIRTH && t->n > 0) {
		int d = distance(t, &f->line);

		f->rank += d;
		return d <= 2 * (int)t->n;
	}
	return true;
}

static int
by_rank(const void *x, const void *y)
{
	const struct found *a = x, *b = y;
	int c = a->rank - b->rank;

	if (c == 0)
		c = str_cmp(a->line.family_name, b->line.family_name);
	if (c == 0)
		c = str_cmp(a->line.given_name, b->line.given_name);
	return c != 0 ? c : (a->id > b->id) - (a->id < b->id);
}

static const struct err *
choose(struct searching *s, struct person_hits *to)
{
	struct person_line lines[FOUND_MOST];
	int64_t ids[FOUND_MOST];
	size_t n, kept = 0;
	const struct err *err;

	for (size_t i = 0; i < s->n; i++)
		ids[i] = s->v[i].id;
	if ((err = person_lines(s->sight, ids, s->n, lines, &n)) != NULL)
		return err;
	for (size_t i = 0, k = 0; i < s->n && k < n; i++) {
		if (s->v[i].id != lines[k].id)
			continue;
		s->v[i].line = lines[k++];
		if (measured(&s->typed, &s->v[i]))
			s->v[kept++] = s->v[i];
	}
	qsort(s->v, kept, sizeof *s->v, by_rank);
	to->n = kept < HITS_MOST ? kept : HITS_MOST;
	to->more = s->more || kept > HITS_MOST;
	for (size_t i = 0; i < to->n; i++)
		to->v[i] = (struct person_hit){ s->v[i].line, s->v[i].why };
	return NULL;
}

static const struct err *
gather(struct searching *s)
{
	const struct sight *sight = s->sight;
	const struct err *err = NULL;

	if (sight->organisation != 0)
		err = people_of_organisation(sight, sight->organisation, &s->ours);
	if (err == NULL)
		err = by_number(s);
	if (err == NULL)
		err = by_code(s);
	if (err == NULL)
		err = by_birth(s);
	if (err == NULL)
		err = by_phone(s);
	if (err == NULL && s->typed.n > 0)
		err = by_spelling(s);
	if (err == NULL && s->typed.n > 0 && s->n < HITS_MOST)
		err = by_sound(s);
	if (err == NULL && s->typed.n > 0 && s->n < FEW)
		err = by_likeness(s);
	return err;
}

const struct err *
people_search(const struct sight *sight, str typed, struct person_hits *to)
{
	struct searching s = { .sight = sight };
	const struct err *err;

	*to = (struct person_hits){ 0 };
	typed = str_trim(typed);
	if (typed.len < SEARCH_LEAST || !str_utf8(typed))
		return NULL;
	typed_read(&s.typed, typed.len > FOLD_MAX ? (str){ typed.s, FOLD_MAX } : typed);
	if (within(typed, S("@"))) /* an address, not a name */
		s.typed.n = 0;
	if ((err = gather(&s)) == NULL)
		err = choose(&s, to);
	set_clear(&s.ours);
	return err;
}
