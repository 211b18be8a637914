#include "access/throttle.h"

#include <arpa/inet.h>
#include <sodium.h>
#include <string.h>

#include "db/seal.h"
#include "sql.h"

enum { SUBJECT = 16 };
static const int64_t second_ms = 1000, longest_ms = 15 * 60 * second_ms, forgotten_ms = 24 * 3600 * second_ms,
		     known_for_ms = 90 * 24 * 3600 * second_ms;

enum way { WAY_PAIR, WAY_ADDRESS, WAY_NAME, WAYS };
static const int64_t free_attempts[WAYS] = { 5, 30, 20 };

struct throttling {
	struct db *db;
	int64_t now_ms;
	unsigned char way[WAYS][SUBJECT], home[SUBJECT];
};

static void
hash_part(crypto_generichash_state *h, const char *s, size_t n)
{
	const uint64_t size = n;

	crypto_generichash_update(h, (const unsigned char *)&size, sizeof size);
	crypto_generichash_update(h, (const unsigned char *)s, n);
}

static void
subject(const unsigned char key[SEAL_KEY], const char *kind, str who, str address, unsigned char to[SUBJECT])
{
	crypto_generichash_state h;

	crypto_generichash_init(&h, key, SEAL_KEY, SUBJECT);
	hash_part(&h, kind, strlen(kind));
	hash_part(&h, who.s, who.len);
	hash_part(&h, address.s, address.len);
	crypto_generichash_final(&h, to, SUBJECT);
}

/* A household or an office has a whole /64 of IPv6 addresses. */
static str
network(str peer, unsigned char to[16])
{
	char text[INET6_ADDRSTRLEN] = "";

	if (peer.len >= sizeof text)
		return peer;
	if (peer.len > 0)
		memcpy(text, peer.s, peer.len);
	if (inet_pton(AF_INET6, text, to) != 1)
		return peer;
	return IN6_IS_ADDR_V4MAPPED((struct in6_addr *)(void *)to) ? peer : (str){ (char *)to, 8 };
}

static const struct err *
start(struct throttling *t, struct db *db, const char *name, str who, const struct visitor *v)
{
	unsigned char key[SEAL_KEY];
	_Alignas(struct in6_addr) unsigned char bytes[16];
	str address = network(v->peer, bytes);
	const struct err *e = seal_key(db, "attempts", key);

	if (e != NULL)
		return e;
	t->db = db;
	t->now_ms = v->now_ms;
	subject(key, name, who, address, t->way[WAY_PAIR]);
	subject(key, "address", S(""), address, t->way[WAY_ADDRESS]);
	subject(key, name, who, S(""), t->way[WAY_NAME]);
	subject(key, "home", who, address, t->home);
	sodium_memzero(key, sizeof key);
	return NULL;
}

static str
bytes_of(const unsigned char s[SUBJECT])
{
	return (str){ (const char *)s, SUBJECT };
}

static const struct err *
counted(const struct throttling *t, const unsigned char s[SUBJECT], struct attempt_find_row *to, bool *found)
{
	struct db_rows rows;

	*to = (struct attempt_find_row){ 0 };
	(void)attempt_find(t->db, &rows, bytes_of(s));
	*found = attempt_find_next(&rows, to);
	if (*found && t->now_ms - to->last_ms > forgotten_ms)
		to->count = 0;
	return db_done(&rows);
}

/* How long after the last one; a clock that was set back waits no longer than the whole. */
static int64_t
delay(enum way way, const struct attempt_find_row *row, int64_t now_ms)
{
	int64_t over = row->count - free_attempts[way], wait = over > 20 ? longest_ms : over < 0 ? 0 : second_ms << over;
	int64_t since = now_ms > row->last_ms ? now_ms - row->last_ms : 0;

	wait = wait > longest_ms ? longest_ms : wait;
	return wait > since ? wait - since : 0;
}

static const struct err *
add(const struct throttling *t, const unsigned char s[SUBJECT], const struct attempt_find_row *row, int64_t more)
{
	int64_t count = row->count + more, last = t->now_ms > row->last_ms ? t->now_ms : row->last_ms;

	return count > 0 ? attempt_set(t->db, bytes_of(s), count, last) : attempt_drop(t->db, bytes_of(s));
}

const struct err *
throttle_take(struct db *db, const char *name, str who, const struct visitor *visitor, int64_t *wait_ms)
{
	struct attempt_find_row row[WAYS], home;
	struct throttling t;
	const struct err *e = start(&t, db, name, who, visitor);
	bool found, at_home = false;

	*wait_ms = 0;
	if (e == NULL && (e = counted(&t, t.home, &home, &at_home)) == NULL)
		at_home = at_home && t.now_ms - home.last_ms < known_for_ms;
	for (int way = 0; e == NULL && way < WAYS; way++) {
		int64_t wait;

		if ((e = counted(&t, t.way[way], &row[way], &found)) != NULL)
			return e;
		wait = way == WAY_NAME && at_home ? 0 : delay((enum way)way, &row[way], t.now_ms);
		*wait_ms = wait > *wait_ms ? wait : *wait_ms;
	}
	for (int way = 0; e == NULL && *wait_ms == 0 && way < WAYS; way++)
		e = add(&t, t.way[way], &row[way], 1);
	return e;
}

const struct err *
throttle_passed(struct db *db, const char *name, str who, const struct visitor *visitor, bool known)
{
	struct attempt_find_row row;
	struct throttling t;
	const struct err *e = start(&t, db, name, who, visitor);
	bool found;

	for (int way = 0; e == NULL && way < WAYS; way++) {
		if ((e = counted(&t, t.way[way], &row, &found)) == NULL)
			e = add(&t, t.way[way], &row, way == WAY_PAIR ? -row.count : -1);
	}
	if (e == NULL && known)
		e = attempt_set(db, bytes_of(t.home), 0, t.now_ms);
	return e;
}

const struct err *
throttle_purge(struct db *db, int64_t now_ms)
{
	return attempts_purge(db, now_ms - forgotten_ms, now_ms - known_for_ms);
}
