/* seal.h - secrets at rest: what is kept so that a copy of the database alone does not give it (XChaCha20-Poly1305).
 * The key follows from the installation's key file and the database's name (journal_key), one for each purpose. */
#pragma once
#include "db/db.h"

enum { SEAL_KEY = 32 };

/* The key of this database for a purpose, such as "second_factors". */
const struct err *seal_key(struct db *db, const char *purpose, unsigned char key[SEAL_KEY]);
/* The same from the database's own key (journal_key_of). */
void seal_key_from(const unsigned char root[32], const char *purpose, unsigned char key[SEAL_KEY]);

/* place: "table.column", and id: what the text belongs to; it opens nowhere else. The sealed bytes live in the arena. */
str seal(struct arena *a, const unsigned char key[SEAL_KEY], const char *place, int64_t id, str plain);
/* false: not sealed with this key for this place, or changed since. */
bool unseal(struct arena *a, const unsigned char key[SEAL_KEY], const char *place, int64_t id, str sealed, str *plain);
