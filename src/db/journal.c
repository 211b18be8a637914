/* The chain. A row's hash is SHA-256 over, in this order:
 *
 *     the hash of the territory's row before it: 32 bytes, all zero before the first row
 *     then the fields below, each as its length (4 bytes, big-endian) and its bytes:
 *         territory_id, seq, change_id   whole numbers: 8 bytes, big-endian, two's complement
 *         entity                         text: its UTF-8 bytes
 *         record_id, part_id             whole numbers
 *         action                         text: insert, update, delete or read
 *         version                        whole number
 *         fields                         text
 *         digest                         16 bytes
 *     and, on the first row of a change (its change_id is not that of the row before it), of the row of changes:
 *         at, actor, cause               texts
 *
 * seq counts 1, 2, 3... in each territory. digest is BLAKE2b of 16 bytes, keyed (key.c), over the record's canonical text.
 * Whoever keeps the last hash somewhere else can prove later that nothing before it was changed, and needs only this. */
#include "db/journal.h"

#include <sodium.h>
#include <string.h>

#include "base/text.h"
#include "db/engine.h"
#include "db/key.h"
#include "sql.h"

static const char *const actions[] = { "insert", "update", "delete", "read" };

/* ---- keys ---- */

static const struct err *
fact_read(struct db *db, const char *name, char to[65])
{
	struct fact_row row;
	struct db_rows rows;

	*to = '\0';
	(void)fact(db, &rows, str_of(name));
	while (fact_next(&rows, &row)) {
		if (row.value.len != 64)
			continue;
		memcpy(to, row.value.s, 64);
		to[64] = '\0';
	}
	return db_done(&rows);
}

/* What the database remembers of the key: enough to tell another key, not to find this one. */
static void
fingerprint(const unsigned char key[32], char to[65])
{
	unsigned char hash[32];

	crypto_generichash(hash, sizeof hash, (const unsigned char *)"jalon key", 9, key, 32);
	sodium_bin2hex(to, 65, hash, sizeof hash);
}

/* The database gets its own name, and the key's print, with its first change. */
static const struct err *
facts_made(struct db *db, char name[65])
{
	unsigned char random[32];

	if (db->state != DB_WRITING)
		return db_err(db, ERR_NOTFOUND, tr("%s holds no journal yet."), NULL, NULL);
	randombytes_buf(random, sizeof random);
	sodium_bin2hex(name, 65, random, sizeof random);
	return fact_add(db, S("name"), (str){ name, 64 });
}

const struct err *
journal_key(struct db *db, unsigned char key[32])
{
	char name[65], print[65], now[65];
	unsigned char installation[KEY_SIZE];
	const struct err *e = NULL;

	if (db->has_key) {
		memcpy(key, db->key, 32);
		return NULL;
	}
	if ((e = fact_read(db, "name", name)) != NULL || (e = fact_read(db, "key", print)) != NULL)
		return e;
	if ((e = key_read(db->arena, *print == '\0', installation)) != NULL)
		return e;
	if (*name == '\0' && (e = facts_made(db, name)) != NULL)
		return e;
	crypto_generichash(key, 32, (const unsigned char *)name, 64, installation, sizeof installation);
	sodium_memzero(installation, sizeof installation);
	fingerprint(key, now);
	if (*print == '\0')
		e = fact_add(db, S("key"), (str){ now, 64 });
	else if (strcmp(print, now) != 0)
		e = db_err(db, ERR_INPUT, tr("The key of this installation is not the one that %s was written with."), NULL,
		    tr("Put the key file of the other installation in place, or name it in the variable JALON_KEY."));
	if (e != NULL)
		return e;
	/* Not kept if it was made just now: the transaction may yet be rolled back, and the name with it. */
	db->has_key = *print != '\0';
	memcpy(db->key, key, 32);
	return NULL;
}

const struct err *
journal_name(struct db *db, char name[DATABASE_NAME + 1])
{
	return fact_read(db, "name", name);
}

const struct err *
journal_key_of(struct arena *a, const char name[DATABASE_NAME + 1], unsigned char key[32])
{
	unsigned char installation[KEY_SIZE];
	const struct err *e = key_read(a, false, installation);

	if (e != NULL)
		return e;
	crypto_generichash(key, 32, (const unsigned char *)name, DATABASE_NAME, installation, sizeof installation);
	sodium_memzero(installation, sizeof installation);
	return NULL;
}

/* ---- writing ---- */

struct link { /* what a hash is taken of */
	int64_t territory, seq, change;
	str entity;
	int64_t record, part;
	str action;
	int64_t version;
	str fields, digest;
	bool first;
	str at, actor, cause;
};

static void
hash_str(crypto_hash_sha256_state *h, str s)
{
	const unsigned char size[4] = { (unsigned char)(s.len >> 24), (unsigned char)(s.len >> 16), (unsigned char)(s.len >> 8),
		(unsigned char)s.len };

	crypto_hash_sha256_update(h, size, sizeof size);
	crypto_hash_sha256_update(h, (const unsigned char *)s.s, s.len);
}

static void
hash_int(crypto_hash_sha256_state *h, int64_t v)
{
	unsigned char to[12] = { 0, 0, 0, 8 };

	for (int i = 0; i < 8; i++)
		to[4 + i] = (unsigned char)((uint64_t)v >> (56 - 8 * i));
	crypto_hash_sha256_update(h, to, sizeof to);
}

static void
chain(unsigned char head[HASH_SIZE], const struct link *l)
{
	crypto_hash_sha256_state h;

	crypto_hash_sha256_init(&h);
	crypto_hash_sha256_update(&h, head, HASH_SIZE);
	hash_int(&h, l->territory);
	hash_int(&h, l->seq);
	hash_int(&h, l->change);
	hash_str(&h, l->entity);
	hash_int(&h, l->record);
	hash_int(&h, l->part);
	hash_str(&h, l->action);
	hash_int(&h, l->version);
	hash_str(&h, l->fields);
	hash_str(&h, l->digest);
	if (l->first) {
		hash_str(&h, l->at);
		hash_str(&h, l->actor);
		hash_str(&h, l->cause);
	}
	crypto_hash_sha256_final(&h, head);
}

static const struct err *
head_read(struct journal *j)
{
	struct journal_head_row row;
	struct db_rows rows;

	(void)journal_head(j->db, &rows, j->territory);
	while (journal_head_next(&rows, &row)) {
		j->seq = row.seq;
		if (row.hash.len == HASH_SIZE)
			memcpy(j->head, row.hash.s, HASH_SIZE);
	}
	return db_done(&rows);
}

const struct err *
journal_open(struct db *db, const struct change *change, struct journal *j)
{
	struct change_last_row row = { 0 };
	struct db_rows rows;
	const struct err *e;

	*j = (struct journal){ .db = db, .territory = change->territory, .cause = *change };
	if ((e = journal_key(db, j->key)) != NULL || (e = head_read(j)) != NULL)
		return e;
	(void)change_last(db, &rows, j->territory);
	while (change_last_next(&rows, &row))
		;
	j->change = row.id + 1;
	return db_done(&rows);
}

void
journal_digest(const struct journal *j, str content, unsigned char digest[DIGEST_SIZE])
{
	crypto_generichash(digest, DIGEST_SIZE, (const unsigned char *)content.s, content.len, j->key, sizeof j->key);
}

const struct err *
journal_add(struct journal *j, const struct journal_row *row)
{
	unsigned char digest[DIGEST_SIZE];
	const struct link link = { .territory = j->territory,
		.seq = j->seq + 1,
		.change = j->change,
		.entity = str_of(row->entity),
		.record = row->record,
		.part = row->part,
		.action = str_of(actions[row->action]),
		.version = row->version,
		.fields = row->fields,
		.digest = { (char *)digest, sizeof digest },
		.first = j->written == 0,
		.at = j->cause.at,
		.actor = j->cause.actor,
		.cause = j->cause.cause };
	const struct err *e;

	journal_digest(j, row->content, digest);
	if (link.first && (e = change_add(j->db, j->territory, j->change, link.at, link.actor, link.cause)) != NULL)
		return e;
	chain(j->head, &link);
	j->seq++;
	j->written++;
	return journal_row_add(j->db, link.territory, link.seq, link.change, link.entity, link.record, link.part, link.action,
	    link.version, link.fields, link.digest, (str){ (char *)j->head, HASH_SIZE });
}

/* ---- proving ---- */

struct walk {
	int64_t territory, seq, change;
	unsigned char head[HASH_SIZE];
	void (*broken)(void *to, int64_t territory, int64_t seq, const char *what);
	void *to;
	struct journal_report *report;
};

/* What is wrong with the row after the one where the walk stands, or NULL. */
static const char *
fault(const struct walk *w, const struct journal_rows_row *row)
{
	const struct link link = { .territory = row->territory,
		.seq = row->seq,
		.change = row->change,
		.entity = row->entity,
		.record = row->record,
		.part = row->part,
		.action = row->action,
		.version = row->version,
		.fields = row->fields,
		.digest = row->digest,
		.first = row->change != w->change,
		.at = row->at,
		.actor = row->actor,
		.cause = row->cause };
	unsigned char head[HASH_SIZE];

	if (row->seq != w->seq + 1)
		return tr("rows are missing before this one");
	if (link.first && row->at.s == NULL)
		return tr("the change that this row belongs to is missing");
	memcpy(head, w->head, HASH_SIZE);
	chain(head, &link);
	if (row->hash.len != HASH_SIZE || memcmp(head, row->hash.s, HASH_SIZE) != 0)
		return tr("this row, its change or the row before it is not what was written");
	return NULL;
}

/* Goes on from what stands there, right or wrong, so that each break is told once. */
static void
step(struct walk *w, const struct journal_rows_row *row)
{
	const char *what;

	if (w->report->rows == 0 || row->territory != w->territory) {
		w->report->territories++;
		w->territory = row->territory;
		w->seq = w->change = 0;
		memset(w->head, 0, HASH_SIZE);
	}
	if ((what = fault(w, row)) != NULL)
		w->broken(w->to, row->territory, row->seq, what);
	w->report->rows++;
	w->seq = row->seq;
	w->change = row->change;
	if (row->hash.len == HASH_SIZE)
		memcpy(w->head, row->hash.s, HASH_SIZE);
}

const struct err *
journal_verify(struct db *db, void (*broken)(void *to, int64_t territory, int64_t seq, const char *what), void *to,
    struct journal_report *report)
{
	struct walk w = { .broken = broken, .to = to, .report = report };
	struct changes_without_rows_row orphan;
	struct journal_rows_row row;
	struct db_rows rows;
	const struct err *e;

	*report = (struct journal_report){ 0 };
	(void)journal_rows_stream(db, &rows);
	while (journal_rows_next(&rows, &row))
		step(&w, &row);
	if ((e = db_done(&rows)) != NULL)
		return e;
	(void)changes_without_rows_stream(db, &rows);
	while (changes_without_rows_next(&rows, &orphan))
		broken(to, orphan.territory, 0, tr("a change stands without any row of the journal"));
	return db_done(&rows);
}
