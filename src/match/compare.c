/* Two records into levels. */
#include "match/logs.h"
#include <string.h>

#include "match/model.h"
#include "match/room.h"

enum { CACHE_BITS = 16 };

void
cache_init(struct cache *c)
{
	c->slots = room_take((size_t)1 << CACHE_BITS, sizeof *c->slots);
}

void
cache_release(struct cache *c)
{
	room_give(c->slots);
}

static enum word_level
level_of(const struct model *m, struct cache *cache, uint32_t a, uint32_t b)
{
	uint64_t key, *slot;

	if (a == b)
		return WORD_SAME;
	if (glances_differ(&m->c->glances[a], &m->c->glances[b]))
		return WORD_OTHER; /* of what only begins alike there is little to say */
	key = a < b ? (uint64_t)a << 32 | (uint64_t)b << 4 : (uint64_t)b << 32 | (uint64_t)a << 4;
	slot = &cache->slots[mix(key, 7) >> (64 - CACHE_BITS)];
	if (*slot >> 4 != key >> 4 || *slot == 0)
		*slot = key | (uint64_t)words_level(&m->c->words[a], &m->c->words[b]);
	return (enum word_level)(*slot & 15);
}

/* --- lists of words --- */

struct agreed {
	uint8_t level;       /* NAME_, or NO_LEVEL */
	uint8_t n;           /* pairs of words that agree */
	uint32_t a[2], b[2]; /* the first of them */
	unsigned used_a, used_b;
};

static uint8_t
level_of_lists(size_t agreed_n, size_t an, size_t bn, enum word_level worst, enum word_level best_other)
{
	const size_t small = an < bn ? an : bn, large = an < bn ? bn : an;

	if (agreed_n == large)
		return (uint8_t)worst;
	if (agreed_n == small)
		return NAME_PART;
	if (agreed_n > 0)
		return NAME_SOME;
	if (best_other == WORD_INITIAL)
		return NAME_INITIAL;
	return best_other == WORD_WEAK ? NAME_WEAK : NAME_OTHER;
}

static struct agreed
lists(const struct model *m, struct cache *cache, const uint32_t *a, size_t an, const uint32_t *b, size_t bn)
{
	struct agreed g = { .level = NO_LEVEL };
	uint8_t levels[NAME_WORDS][NAME_WORDS];
	enum word_level worst = WORD_SAME, best_other = WORD_OTHER;

	if (an == 0 || bn == 0)
		return g;
	for (size_t i = 0; i < an; i++)
		for (size_t j = 0; j < bn; j++)
			levels[i][j] = (uint8_t)level_of(m, cache, a[i], b[j]);
	for (enum word_level l = WORD_SAME; l <= WORD_INITIAL; l++) {
		for (size_t i = 0; i < an; i++) {
			for (size_t j = 0; j < bn; j++) {
				if (levels[i][j] != l || (g.used_a >> i & 1) != 0 || (g.used_b >> j & 1) != 0)
					continue;
				if (l > WORD_TYPO) {
					best_other = best_other == WORD_INITIAL ? best_other : l;
					continue;
				}
				g.used_a |= 1u << i;
				g.used_b |= 1u << j;
				worst = l;
				if (g.n < 2) {
					g.a[g.n] = a[i];
					g.b[g.n] = b[j];
				}
				g.n++;
			}
		}
	}
	g.level = level_of_lists(g.n, an, bn, worst, best_other);
	return g;
}

static int
worth(uint8_t level)
{
	static const uint8_t points[] = { 10, 10, 9, 8, 7, 5, 4, 2, 3, 0 };

	return level == NO_LEVEL ? 3 : points[level];
}

/* A word of one field that the other record has in its other field. */
static bool
elsewhere(const struct model *m, struct cache *cache, const uint32_t *a, size_t an, unsigned used_a, const uint32_t *b, size_t bn,
    unsigned used_b, struct agreed *to)
{
	for (size_t i = 0; i < an; i++) {
		for (size_t j = 0; j < bn; j++) {
			if ((used_a >> i & 1) != 0 || (used_b >> j & 1) != 0 || level_of(m, cache, a[i], b[j]) > WORD_TYPO)
				continue;
			to->level = NAME_ELSEWHERE;
			to->n = 1;
			to->a[0] = a[i];
			to->b[0] = b[j];
			return true;
		}
	}
	return false;
}

static float
frequency(const struct model *m, const float *logs, const struct agreed *g)
{
	float sum = 0;

	for (uint8_t i = 0; i < g->n && i < 2; i++) {
		const float a = logs[m->c->class_of[g->a[i]]], b = logs[m->c->class_of[g->b[i]]];

		sum += (a > b ? a : b) * (i == 0 ? 1.0f : 0.6f);
	}
	return sum;
}

/* Family names are rare or frequent among people of one nationality. */
static float
family_frequency(const struct model *m, const struct agreed *g, uint32_t nation)
{
	const float plain = frequency(m, m->family_log, g);
	const uint32_t class = g->n > 0 ? m->c->class_of[g->a[0]] : 0;
	double of_nation, both;

	if (nation == 0 || g->n == 0)
		return plain;
	of_nation = counts_of(&m->nation_n, nation);
	both = counts_of(&m->family_nation, mix(class, nation));
	both = (both + 30 * exp_of((double)m->family_log[class])) / (of_nation + 30);
	return plain - m->family_log[class] + (float)log_of(both);
}

static void
names(const struct model *m, struct cache *cache, const struct record *a, const struct record *b, struct compared *to)
{
	const uint32_t *const ag = a->words, *const af = a->words + NAME_WORDS, *const bg = b->words,
			      *const bf = b->words + NAME_WORDS;
	struct agreed given, family, crossed, crossed_family;
	const uint32_t nation = a->nation == 0 ? b->nation : b->nation == 0 || a->nation == b->nation ? a->nation : 0;

	given = lists(m, cache, ag, a->given_n, bg, b->given_n);
	family = lists(m, cache, af, a->family_n, bf, b->family_n);
	to->level[ORDER] = 0;
	if (worth(given.level) + worth(family.level) < 14) {
		crossed = lists(m, cache, a->given_n > 0 ? ag : af, a->given_n > 0 ? a->given_n : a->family_n,
		    b->family_n > 0 ? bf : bg, b->family_n > 0 ? b->family_n : b->given_n);
		crossed_family = lists(m, cache, a->family_n > 0 ? af : ag, a->family_n > 0 ? a->family_n : a->given_n,
		    b->given_n > 0 ? bg : bf, b->given_n > 0 ? b->given_n : b->family_n);
		if (worth(crossed.level) + worth(crossed_family.level) > worth(given.level) + worth(family.level) + 2) {
			given = crossed;
			family = crossed_family;
			to->level[ORDER] = 1;
		} else {
			if (family.level != NO_LEVEL && family.level >= NAME_WEAK && given.n > 0 &&
			    !elsewhere(m, cache, af, a->family_n, family.used_a, bg, b->given_n, given.used_b, &family))
				elsewhere(m, cache, ag, a->given_n, given.used_a, bf, b->family_n, family.used_b, &family);
			if (given.level != NO_LEVEL && given.level >= NAME_WEAK && family.n > 0 &&
			    family.level < NAME_ELSEWHERE &&
			    !elsewhere(m, cache, ag, a->given_n, given.used_a, bf, b->family_n, family.used_b, &given))
				elsewhere(m, cache, af, a->family_n, family.used_a, bg, b->given_n, given.used_b, &given);
		}
	}
	to->level[GIVEN] = given.level;
	to->level[FAMILY] = family.level;
	to->log_frequency[GIVEN] = given.n > 0 ? frequency(m, m->given_log, &given) : 0;
	to->log_frequency[FAMILY] = family.n > 0 ? family_frequency(m, &family, nation) : 0;
	if (given.level == NO_LEVEL && family.level == NO_LEVEL)
		to->level[ORDER] = NO_LEVEL;
	/* what sex and nationality add to a given name that agrees */
	if (given.n > 0 && a->sex != 0 && b->sex != 0) {
		const uint32_t class = m->c->class_of[given.a[0]];
		const double all = counts_of(&m->given_n, class) + 2.0,
			     same = (counts_of(&m->given_sex, mix(class, (uint64_t)a->sex)) + 1.0) / all;

		to->log_frequency[SEX] = (float)log_of((a->sex == b->sex ? same : 1 - same + 0.005) / 0.5);
	}
	if (given.n > 0 && a->nation != 0 && a->nation == b->nation) {
		const uint32_t class = m->c->class_of[given.a[0]];
		const double of_nation = counts_of(&m->nation_n, a->nation) / m->people;
		const double share =
		    (counts_of(&m->given_nation, mix(class, a->nation)) + 8 * of_nation) / (counts_of(&m->given_n, class) + 8.0);

		to->log_frequency[NATION] = (float)log_of(share);
	} else if (a->nation != 0 && a->nation == b->nation) {
		to->log_frequency[NATION] = (float)log_of((counts_of(&m->nation_n, a->nation) + 1.0) / (m->people + 1));
	}
}

/* --- the rest --- */

static float
value_frequency(const struct model *m, const struct counts *c, uint64_t value)
{
	const double n = counts_of(c, value);

	/* that such a value is nearly nobody else's is believed before a short list can show it */
	return (float)log_of((n > 2 ? n - 1.5 : 0.5) / (m->people + 300));
}

static bool
phones_near(const struct record *a, const struct record *b)
{
	return packed_near(a->phone[0], b->phone[0]);
}

static void
contacts(const struct model *m, const struct record *a, const struct record *b, struct compared *to)
{
	to->level[PHONE] = to->level[EMAIL] = to->level[AGDREF] = NO_LEVEL;
	if (a->agdref != 0 && b->agdref != 0) {
		to->level[AGDREF] = a->agdref == b->agdref              ? LEVEL_SAME
				    : packed_near(a->agdref, b->agdref) ? LEVEL_NEAR
									: LEVEL_OTHER_OF_THREE;
		if (a->agdref == b->agdref)
			to->log_frequency[AGDREF] = value_frequency(m, &m->agdref_n, a->agdref);
	}
	if (a->phone[0] != 0 && b->phone[0] != 0) {
		const uint64_t same = a->phone[0] == b->phone[0] || a->phone[0] == b->phone[1] ? a->phone[0]
				      : a->phone[1] != 0 && (a->phone[1] == b->phone[0] || a->phone[1] == b->phone[1])
					  ? a->phone[1]
					  : 0;

		to->level[PHONE] = same != 0 ? LEVEL_SAME : phones_near(a, b) ? LEVEL_NEAR : LEVEL_OTHER_OF_THREE;
		if (same != 0)
			to->log_frequency[PHONE] = value_frequency(m, &m->phone_n, same);
	}
	if (a->email != 0 && b->email != 0) {
		to->level[EMAIL] = a->email == b->email ? 0 : 1;
		if (a->email == b->email)
			to->log_frequency[EMAIL] = value_frequency(m, &m->email_n, a->email);
	}
}

static uint8_t
addresses_level(const struct model *m, struct cache *cache, const struct record *a, const struct record *b)
{
	const struct address *x, *y;
	size_t same = 0, least;
	unsigned used = 0;

	if (a->address == b->address)
		return LEVEL_SAME;
	if ((a->address_bits & b->address_bits) == 0)
		return LEVEL_OTHER_OF_THREE;
	x = &m->c->addresses[a->address];
	y = &m->c->addresses[b->address];
	least = x->n < y->n ? x->n : y->n;
	for (size_t i = 0; i < x->n; i++) {
		for (size_t j = 0; j < y->n; j++) {
			const bool digits = m->c->words[x->words[i]].plain[0] <= '9';

			if ((used >> j & 1) == 0 &&
			    level_of(m, cache, x->words[i], y->words[j]) <= (digits ? WORD_SAME : WORD_TYPO)) {
				used |= 1u << j;
				same++;
				break;
			}
		}
	}
	return same == least || same * 3 >= least * 2 ? LEVEL_NEAR : LEVEL_OTHER_OF_THREE;
}

static uint8_t
place_level(const struct model *m, struct cache *cache, const struct record *a, const struct record *b)
{
	const bool codes = a->postcode != 0 && b->postcode != 0, cities = a->city != 0 && b->city != 0;
	const bool code = codes && a->postcode == b->postcode, city = cities && level_of(m, cache, a->city, b->city) <= WORD_TYPO;

	if (!codes && !cities)
		return NO_LEVEL;
	if ((code || !codes) && (city || !cities))
		return LEVEL_SAME;
	return code || city || (codes && packed_near(a->postcode, b->postcode)) ? LEVEL_NEAR : LEVEL_OTHER_OF_THREE;
}

static void
places(const struct model *m, struct cache *cache, const struct record *a, const struct record *b, struct compared *to)
{
	to->level[ADDRESS] = a->address != 0 && b->address != 0 ? addresses_level(m, cache, a, b) : NO_LEVEL;
	if (to->level[ADDRESS] <= LEVEL_NEAR) {
		const float x = value_frequency(m, &m->address_n, a->address), y = value_frequency(m, &m->address_n, b->address);

		to->log_frequency[ADDRESS] = x > y ? x : y;
	}
	to->level[PLACE] = place_level(m, cache, a, b);
	if (to->level[PLACE] == LEVEL_SAME)
		to->log_frequency[PLACE] = (float)log_of(
		    (counts_of(&m->place_n, a->postcode != 0 && b->postcode != 0 ? a->postcode : (uint64_t)a->city << 32) + 0.5) /
		    m->people);
}

void
compare(const struct model *m, struct cache *cache, const struct record *a, const struct record *b, struct compared *to)
{
	const struct birth *births = m->c->births;

	memset(to->log_frequency, 0, sizeof to->log_frequency);
	names(m, cache, a, b, to);
	to->level[BIRTH] =
	    a->birth == 0 || b->birth == 0 ? NO_LEVEL : (uint8_t)births_level(&births[a->birth], &births[b->birth]);
	if (to->level[BIRTH] <= BIRTH_FIRST) {
		const float x = value_frequency(m, &m->birth_n, m->c->birth_values[a->birth]),
			    y = value_frequency(m, &m->birth_n, m->c->birth_values[b->birth]);

		to->log_frequency[BIRTH] = x > y ? x : y;
	}
	to->level[SEX] = a->sex == 0 || b->sex == 0 ? NO_LEVEL : a->sex != b->sex;
	to->level[NATION] = a->nation == 0 || b->nation == 0 ? NO_LEVEL : a->nation != b->nation;
	to->level[SOURCE] = a->source == 0 || b->source == 0 ? NO_LEVEL : a->source != b->source;
	contacts(m, a, b, to);
	places(m, cache, a, b, to);
}
