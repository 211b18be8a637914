#include "match/model.h"

#include "match/logs.h"
#include <string.h>

#include "base/text.h"
#include "match/room.h"

/* --- what is shipped --- */

static const struct level {
	uint8_t part;
	double one, strangers, house;
	const char *words;
} shipped[] = {
#define LEVEL(part, level, one, strangers, house, words) { part, (one) / 1e5, (strangers) / 1e5, (house) / 1e5, words },
#include "match/levels.def"
#undef LEVEL
};
enum { SHIPPED = sizeof shipped / sizeof *shipped };

/* Names that half the world has, by their classes: a list of three hundred people tells too little of them. */
static const struct common {
	const char *name;
	double share; /* of given names; of family names: half of it */
} common[] = {
#define COMMON(name, per_ten_thousand) { name, (per_ten_thousand) / 1e4 },
#include "match/common.def"
#undef COMMON
};

static size_t
first_of(enum part part)
{
	size_t i = 0;

	while (shipped[i].part != part)
		i++;
	return i;
}

static size_t
levels_of(enum part part)
{
	size_t i = first_of(part), n = 0;

	while (i + n < SHIPPED && shipped[i + n].part == part)
		n++;
	return n;
}

const char *
agreement_words(enum part part, unsigned level)
{
	const char *words = level >= levels_of(part) ? NULL : shipped[first_of(part) + level].words;

	return words == NULL ? NULL : tr(words);
}

const char *
part_words(enum part part)
{
	static const char *const words[] = { N_("given name"), N_("family name"), N_("names"), N_("birth date"), N_("sex"),
		N_("nationality"), N_("AGDREF number"), N_("phone"), N_("e-mail"), N_("address"), N_("town"), N_("source") };

	return tr(words[part]);
}

void
compared_words(const struct compared *c, struct buf *to)
{
	bool first = true;

	for (enum part p = 0; p < PARTS; p++) {
		const char *words = agreement_words(p, c->level[p]);

		if (words == NULL)
			continue;
		if (!first)
			buf_add(to, str_of(tr("; ")));
		first = false;
		buf_format(to, tr("%s: %s"), part_words(p), words);
	}
}

void
model_init(struct model *m, const struct columns *c)
{
	*m = (struct model){ .c = c };
	for (enum part p = 0; p < PARTS; p++) {
		const struct level *l = &shipped[first_of(p)];

		for (size_t i = 0; i < levels_of(p); i++) {
			m->one[p][i] = (float)log_of(l[i].one);
			m->strangers[p][i] = (float)log_of(l[i].strangers);
			m->house[p][i] = (float)log_of(l[i].house);
		}
	}
	m->prior_one = m->prior_house = m->prior_shared = (float)-log_of((double)c->n + 10);
}

/* --- frequencies --- */

static void
forget_counts(struct model *m)
{
	struct counts *const all[] = { &m->given_nation, &m->family_nation, &m->given_sex, &m->given_n, &m->family_n,
		&m->nation_n, &m->birth_n, &m->phone_n, &m->email_n, &m->agdref_n, &m->address_n, &m->place_n };

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		counts_release(all[i]);
	room_give(m->given_log);
	room_give(m->family_log);
}

static void
count_record(struct model *m, const struct record *r, uint32_t owner)
{
	const struct columns *c = m->c;

	for (size_t i = 0; i < r->given_n; i++) {
		const uint32_t class = c->class_of[r->words[i]];

		counts_add_once(&m->given_n, class, owner);
		counts_add_once(&m->given_nation, r->nation == 0 ? 0 : mix(class, r->nation), owner);
		counts_add_once(&m->given_sex, r->sex == 0 ? 0 : mix(class, (uint64_t)r->sex), owner);
	}
	for (size_t i = 0; i < r->family_n; i++) {
		const uint32_t class = c->class_of[r->words[NAME_WORDS + i]];

		counts_add_once(&m->family_n, class, owner);
		counts_add_once(&m->family_nation, r->nation == 0 ? 0 : mix(class, r->nation), owner);
	}
	counts_add_once(&m->nation_n, r->nation, owner);
	counts_add_once(&m->birth_n, r->birth == 0 ? 0 : c->birth_values[r->birth], owner);
	counts_add_once(&m->phone_n, r->phone[0], owner);
	counts_add_once(&m->phone_n, r->phone[1], owner);
	counts_add_once(&m->email_n, r->email, owner);
	counts_add_once(&m->agdref_n, r->agdref, owner);
	counts_add_once(&m->address_n, r->address, owner);
	counts_add_once(&m->place_n, r->postcode, owner);
	counts_add_once(&m->place_n, (uint64_t)r->city << 32, owner);
}

enum { BELIEVED_PEOPLE = 400 }; /* how many people what is shipped is worth */

/* How often two strangers have one class: of the records, and of those that the shipped levels were counted on. */
static double
class_chance(const struct model *m, enum part p, double both)
{
	const struct level *l = &shipped[first_of(p)];
	const double believed = l[NAME_SAME].strangers + l[NAME_SOUND].strangers + l[NAME_NEAR].strangers / 2;

	return (both * m->people + believed * BELIEVED_PEOPLE) / (m->people + BELIEVED_PEOPLE);
}

static double
class_frequencies(const struct counts *n, const struct columns *c, double people, const float *shares, double weight, float *to)
{
	double both = 0;

	for (uint32_t k = 0; k < c->class_texts.n; k++) {
		const double believed = shares[k] > 0 ? shares[k] * weight : 0.00015;
		const double f = (counts_of(n, k) + BELIEVED_PEOPLE * believed) / (people + BELIEVED_PEOPLE);

		to[k] = (float)log_of(f);
		both += f * f;
	}
	return both;
}

static float *
common_shares(const struct columns *c)
{
	float *shares = room_take(c->class_texts.n, sizeof *shares);
	struct word w;

	for (size_t i = 0; i < sizeof common / sizeof *common; i++) {
		word_read(&w, str_of(common[i].name));
		for (uint32_t k = 1; k < c->class_texts.n; k++)
			if (str_is(intern_get(&c->class_texts, k), w.class))
				shares[k] += (float)common[i].share;
	}
	return shares;
}

void
model_count(struct model *m, const uint32_t *cluster_of)
{
	const struct columns *c = m->c;
	uint32_t people = 0;
	float *shares;

	forget_counts(m);
	m->given_nation = m->family_nation = m->given_sex = m->given_n = m->family_n = m->nation_n = m->birth_n = m->phone_n =
	    m->email_n = m->agdref_n = m->address_n = m->place_n = (struct counts){ 0 };
	for (size_t i = 0; i < c->n; i++) {
		const uint32_t owner = cluster_of == NULL ? (uint32_t)i + 1 : cluster_of[i] + 1;

		count_record(m, &c->v[i], owner);
		people += cluster_of == NULL || cluster_of[i] == i;
	}
	m->people = people == 0 ? 1 : people;
	m->given_log = room_take(c->class_texts.n, sizeof *m->given_log);
	m->family_log = room_take(c->class_texts.n, sizeof *m->family_log);
	shares = common_shares(c);
	m->class_given = class_chance(m, GIVEN, class_frequencies(&m->given_n, c, m->people, shares, 1, m->given_log));
	m->class_family = class_chance(m, FAMILY, class_frequencies(&m->family_n, c, m->people, shares, 0.5, m->family_log));
	room_give(shares);
}

void
model_release(struct model *m)
{
	forget_counts(m);
	*m = (struct model){ 0 };
}

/* --- odds --- */

/* Whether the frequency of what agrees says more than the level alone. */
static bool
by_value(enum part p, unsigned level)
{
	switch (p) {
	case GIVEN:
	case FAMILY:
		return level <= NAME_ELSEWHERE;
	case BIRTH:
		return level <= BIRTH_FIRST;
	case AGDREF:
	case PHONE:
	case EMAIL:
	case PLACE:
	case NATION:
		return level == LEVEL_SAME;
	case ADDRESS:
		return level <= LEVEL_NEAR;
	default:
		return false;
	}
}

/* How often strangers show this: the frequency of the value, times how a value that agrees is written. */
static float
among_strangers(const struct model *m, enum part p, unsigned l, float frequency)
{
	if (!by_value(p, l))
		return m->strangers[p][l] + frequency; /* of sex, beside a given name */
	if (p == GIVEN)
		return m->strangers[p][l] - (float)log_of(m->class_given) + frequency;
	if (p == FAMILY)
		return m->strangers[p][l] - (float)log_of(m->class_family) + frequency;
	return p == ADDRESS && l == LEVEL_NEAR ? frequency + 1 : frequency;
}

/* The logarithms of how much likelier than two strangers: one person, two of a household, two who share an address. */
struct weighed {
	double one, house, shared, not_one;
};

/* Born on one day under different names: taken for twins much sooner than they are met, since two people made one do more harm
 * than one person left two. */
#define TWINS 3.0

static struct weighed
weigh(const struct model *m, const struct compared *c)
{
	struct weighed w = { m->prior_one, m->prior_house, m->prior_shared, 0 };
	double most;

	for (enum part p = 0; p < PARTS; p++) {
		const unsigned l = c->level[p];
		float u;

		if (l == NO_LEVEL)
			continue;
		u = among_strangers(m, p, l, c->log_frequency[p]);
		w.one += m->one[p][l] - u;
		if (p == GIVEN || p == SEX || p == AGDREF)
			w.house += m->house[p][l] - m->strangers[p][l];
		else
			w.house += m->house[p][l] - u;
		if (p == PHONE || p == EMAIL || p == ADDRESS || p == PLACE)
			w.shared += m->house[p][l] - u;
	}
	if (c->level[BIRTH] == BIRTH_SAME && c->level[GIVEN] == NAME_OTHER)
		w.house += TWINS;
	most = w.house > w.shared ? w.house : w.shared;
	if (most < 0)
		most = 0;
	w.not_one = most + log_of(exp_of(-most) + exp_of(w.house - most) + exp_of(w.shared - most));
	return w;
}

float
model_odds(const struct model *m, const struct compared *c)
{
	const struct weighed w = weigh(m, c);

	return (float)(w.one - w.not_one);
}

/* --- learning --- */

static uint64_t
next(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return *state >> 33;
}

void
model_strangers(struct model *m)
{
	enum { SAMPLE = 200000, BELIEVED = 20000 };
	double seen[PARTS][LEVELS_MAX] = { { 0 } };
	const size_t n = m->c->n;
	struct compared c;
	struct cache cache;
	uint64_t state = 1;

	if (n < 2)
		return;
	cache_init(&cache);
	for (size_t i = 0; i < SAMPLE && i < n * 60; i++) {
		const size_t a = next(&state) % n, b = next(&state) % n;

		if (a == b)
			continue;
		compare(m, &cache, &m->c->v[a], &m->c->v[b], &c);
		for (enum part p = 0; p < PARTS; p++)
			if (c.level[p] != NO_LEVEL)
				seen[p][c.level[p]]++;
	}
	cache_release(&cache);
	for (enum part p = 0; p < PARTS; p++) {
		double all = BELIEVED;

		for (size_t l = 0; l < levels_of(p); l++)
			all += seen[p][l];
		for (size_t l = 0; l < levels_of(p); l++)
			m->strangers[p][l] = (float)log_of((seen[p][l] + BELIEVED * shipped[first_of(p) + l].strangers) / all);
	}
}

static double
chance(double odds) /* from their logarithm */
{
	return odds > 30 ? 1 : odds < -30 ? 0 : 1 / (1 + exp_of(-odds));
}

/* A prior from what was found, and from what is believed of n records: one such pair each. */
static float
prior_of(double found, double share, double n, double pairs)
{
	const double believed = 50;

	return (float)log_of((found * share + believed) * (n / (n + believed)) / pairs);
}

static void
learn_once(struct model *m, const struct compared *c, size_t n, double share, double pairs)
{
	enum { BELIEVED = 600 };
	double seen[PARTS][LEVELS_MAX] = { { 0 } }, ones = 0, houses = 0, shared = 0;

	for (size_t i = 0; i < n; i++) {
		const struct weighed w = weigh(m, &c[i]);
		const double one = chance(w.one - w.not_one);

		ones += one;
		houses += (1 - one) * exp_of(w.house - w.not_one);
		shared += (1 - one) * exp_of(w.shared - w.not_one);
		if (one < 1e-4)
			continue;
		for (enum part p = 0; p < PARTS; p++)
			if (c[i].level[p] != NO_LEVEL)
				seen[p][c[i].level[p]] += one;
	}
	for (enum part p = 0; p < PARTS; p++) {
		double all = BELIEVED;

		for (size_t l = 0; l < levels_of(p); l++)
			all += seen[p][l];
		for (size_t l = 0; l < levels_of(p); l++)
			m->one[p][l] = (float)log_of((seen[p][l] + BELIEVED * shipped[first_of(p) + l].one) / all);
	}
	m->prior_one = prior_of(ones, share, (double)m->c->n, pairs);
	m->prior_house = prior_of(houses, share, (double)m->c->n, pairs);
	m->prior_shared = prior_of(shared, share, (double)m->c->n, pairs);
}

void
model_learn(struct model *m, const struct candidate *pairs, size_t n, double share, bool link)
{
	enum { ROUNDS = 6 };
	const double all = (double)m->c->n * (double)m->c->n / (link ? 4 : 2);
	struct compared *c;
	struct cache cache;
	struct weighed w;
	size_t kept = 0;

	if (m->c->n < 2)
		return;
	c = room_take(n, sizeof *c);
	cache_init(&cache);
	for (size_t i = 0; i < n; i++) {
		compare(m, &cache, &m->c->v[pairs[i].a], &m->c->v[pairs[i].b], &c[kept]);
		w = weigh(m, &c[kept]);
		kept += w.one > -9 || w.house > -6 || w.shared > -6;
	}
	cache_release(&cache);
	for (int round = 0; round < ROUNDS; round++)
		learn_once(m, c, kept, share, all);
	room_give(c);
}
