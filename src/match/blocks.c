#include "match/blocks.h"

#include <string.h>

#include "match/room.h"

enum { SEED = 0x626c6f63, WORDS_KEYED = 5 };

void
blocks_init(struct blocks *b, const struct columns *c)
{
	*b = (struct blocks){ .c = c };
	b->skeleton_of = room_take(c->words_n, sizeof *b->skeleton_of);
	for (uint32_t i = 1; i < c->words_n; i++)
		b->skeleton_of[i] = (uint32_t)str_hash(str_of(c->words[i].skeleton), SEED) | 1;
}

void
blocks_release(struct blocks *b)
{
	room_give(b->records);
	room_give(b->from);
	room_give(b->keys);
	room_give(b->spare);
	room_give(b->skeleton_of);
	*b = (struct blocks){ 0 };
}

/* --- keys --- */

static void
key(struct blocks *b, uint32_t record, uint64_t value, uint64_t kind)
{
	if (b->keys_n == b->keys_cap) {
		b->keys_cap = b->keys_cap == 0 ? 4096 : b->keys_cap * 2;
		b->keys = room_more(b->keys, b->keys_cap, sizeof *b->keys);
		room_give(b->spare);
		b->spare = NULL;
	}
	b->keys[b->keys_n++] = (struct keyed){ mix(value, kind), record };
}

/* The distinct skeletons of all names of a record. */
static size_t
skeletons(const struct blocks *b, const struct record *r, uint32_t to[WORDS_KEYED])
{
	size_t n = 0;

	for (size_t i = 0; i < 2 * NAME_WORDS && n < WORDS_KEYED; i++) {
		uint32_t s;
		bool had = false;

		if (i < NAME_WORDS ? i >= r->given_n : i - NAME_WORDS >= r->family_n)
			continue;
		s = b->skeleton_of[r->words[i]];
		for (size_t j = 0; j < n; j++)
			had |= to[j] == s;
		if (!had)
			to[n++] = s;
	}
	return n;
}

/* The same for a date whose day and month were exchanged. */
static uint64_t
date_key(struct birth_reading r)
{
	const unsigned low = r.month < r.day ? r.month : r.day, high = r.month < r.day ? r.day : r.month;

	return (uint64_t)r.year * 10000 + (low == 0 ? 1 : low) * 100 + (high == 0 ? 1 : high);
}

static bool
usual_date(struct birth_reading r)
{
	return r.month == 0 || r.day == 0 || (r.month == 1 && r.day == 1);
}

static void
keys_of(struct blocks *b, uint32_t i, int pass)
{
	const struct record *r = &b->c->v[i];
	const struct birth *birth = &b->c->births[r->birth];
	uint32_t words[WORDS_KEYED] = { 0 };
	const size_t n = skeletons(b, r, words);

	switch (pass) {
	case 0:
		if (r->agdref != 0)
			key(b, i, r->agdref, 1);
		if (r->phone[0] != 0)
			key(b, i, r->phone[0], 2);
		if (r->phone[1] != 0)
			key(b, i, r->phone[1], 2);
		if (r->email != 0)
			key(b, i, r->email, 3);
		break;
	case 1:
		for (size_t d = 0; d < birth->n; d++)
			for (size_t w = 0; w < n; w++)
				key(b, i, date_key(birth->as[d]), words[w]);
		break;
	case 2:
		for (size_t w = 0; w < n; w++)
			for (size_t x = w + 1; x < n; x++)
				key(b, i, words[w] < words[x] ? words[w] : words[x], words[w] < words[x] ? words[x] : words[w]);
		break;
	case 3:
		for (size_t d = 0; d < birth->n; d++)
			if (!usual_date(birth->as[d]))
				key(b, i, date_key(birth->as[d]), 4);
		break;
	case 4:
		for (size_t d = 0; d < birth->n && d < 1; d++)
			for (size_t w = 0; w < n; w++)
				key(b, i, birth->as[d].year, words[w]);
		break;
	default:
		for (size_t w = 0; w < n && r->address != 0; w++)
			key(b, i, r->address, words[w]);
	}
}

/* --- sorting --- */

static void
sort_keys(struct blocks *b)
{
	if (b->spare == NULL)
		b->spare = room_take(b->keys_cap, sizeof *b->spare);
	for (int shift = 0; shift < 48; shift += 12) {
		size_t at[4097];
		struct keyed *t;

		memset(at, 0, sizeof at);
		for (size_t i = 0; i < b->keys_n; i++)
			at[(b->keys[i].key >> shift & 4095) + 1]++;
		for (size_t i = 0; i < 4096; i++)
			at[i + 1] += at[i];
		for (size_t i = 0; i < b->keys_n; i++)
			b->spare[at[b->keys[i].key >> shift & 4095]++] = b->keys[i];
		t = b->keys, b->keys = b->spare, b->spare = t;
	}
}

/* --- blocks --- */

static void
put_block(struct blocks *b, const struct keyed *k, size_t n)
{
	if (n < 2)
		return;
	if (b->n + 2 > b->n_cap) {
		b->n_cap = b->n_cap == 0 ? 1024 : b->n_cap * 2;
		b->from = room_more(b->from, b->n_cap, sizeof *b->from);
	}
	if (b->records_n + n > b->records_cap) {
		b->records_cap = (b->records_n + n) * 2;
		b->records = room_more(b->records, b->records_cap, sizeof *b->records);
	}
	b->from[b->n++] = b->records_n;
	for (size_t i = 0; i < n; i++)
		b->records[b->records_n++] = k[i].record;
	b->from[b->n] = b->records_n;
}

static int
by_key(const void *x, const void *y)
{
	const struct keyed *a = x, *b = y;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return a->record < b->record ? -1 : a->record > b->record;
}

/* All names as a bag; the sum does not depend on their order. */
static uint64_t
bag(const struct blocks *b, const struct record *r)
{
	uint32_t words[WORDS_KEYED] = { 0 };
	const size_t n = skeletons(b, r, words);
	uint64_t sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += mix(words[i], 9);
	return sum;
}

enum { WAYS = 3 };
static uint64_t
finer(const struct blocks *b, const struct record *r, int way)
{
	const struct birth *birth = &b->c->births[r->birth];

	if (way == 0)
		return r->birth == 0 ? 0 : date_key(birth->as[0]);
	if (way == 1)
		return bag(b, r);
	return mix(r->given_n > 0 ? b->skeleton_of[r->words[0]] : 0, mix(r->birth == 0 ? 0 : birth->as[0].year, r->nation));
}

/* What still is too large is gone through in pieces that overlap by half. */
static void
put_pieces(struct blocks *b, const struct keyed *k, size_t n)
{
	for (size_t i = 0; i < n; i += BLOCK_MOST / 2) {
		put_block(b, k + i, n - i < BLOCK_MOST ? n - i : BLOCK_MOST);
		if (n - i <= BLOCK_MOST)
			break;
	}
}

static void
part_block(struct blocks *b, const struct keyed *from, size_t n, int depth)
{
	struct keyed *k = room_take(n, sizeof *k);

	for (int way = 0; way < WAYS; way++) {
		for (size_t i = 0; i < n; i++)
			k[i] = (struct keyed){ mix(finer(b, &b->c->v[from[i].record], way), (uint64_t)way), from[i].record };
		qsort(k, n, sizeof *k, by_key);
		for (size_t i = 0, end; i < n; i = end) {
			for (end = i + 1; end < n && k[end].key == k[i].key; end++)
				;
			if (end - i <= BLOCK_MOST)
				put_block(b, k + i, end - i);
			else if (depth == 0 && end - i < n)
				part_block(b, k + i, end - i, 1);
			else
				put_pieces(b, k + i, end - i);
		}
	}
	room_give(k);
}

void
blocks_pass(struct blocks *b, int pass)
{
	const uint64_t all = ((uint64_t)1 << 48) - 1;

	b->n = b->records_n = b->keys_n = 0;
	for (uint32_t i = 0; i < b->c->n; i++)
		keys_of(b, i, pass);
	if (b->keys_n == 0)
		return;
	sort_keys(b);
	for (size_t i = 0, end; i < b->keys_n; i = end) {
		for (end = i + 1; end < b->keys_n && ((b->keys[end].key ^ b->keys[i].key) & all) == 0; end++)
			;
		if (end - i <= BLOCK_MOST)
			put_block(b, b->keys + i, end - i);
		else
			part_block(b, b->keys + i, end - i, 0);
	}
}
