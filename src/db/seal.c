#include "db/seal.h"

#include <inttypes.h>
#include <sodium.h>
#include <string.h>

#include "db/journal.h"

enum {
	NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
	TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES,
};

void
seal_key_from(const unsigned char root[32], const char *purpose, unsigned char key[SEAL_KEY])
{
	crypto_generichash(key, SEAL_KEY, (const unsigned char *)purpose, strlen(purpose), root, 32);
}

const struct err *
seal_key(struct db *db, const char *purpose, unsigned char key[SEAL_KEY])
{
	unsigned char root[32];
	const struct err *e = journal_key(db, root);

	if (e == NULL)
		seal_key_from(root, purpose, key);
	sodium_memzero(root, sizeof root);
	return e;
}

static str
bound_to(struct arena *a, const char *place, int64_t id)
{
	return str_format(a, "%s:%" PRId64, place, id);
}

str
seal(struct arena *a, const unsigned char key[SEAL_KEY], const char *place, int64_t id, str plain)
{
	str to = bound_to(a, place, id);
	unsigned char *out = arena_alloc(a, NONCE + plain.len + TAG);
	unsigned long long n;

	randombytes_buf(out, NONCE);
	crypto_aead_xchacha20poly1305_ietf_encrypt(
	    out + NONCE, &n, (const unsigned char *)plain.s, plain.len, (const unsigned char *)to.s, to.len, NULL, out, key);
	return (str){ (char *)out, NONCE + (size_t)n };
}

bool
unseal(struct arena *a, const unsigned char key[SEAL_KEY], const char *place, int64_t id, str sealed, str *plain)
{
	str to = bound_to(a, place, id);
	const unsigned char *in = (const unsigned char *)sealed.s;
	unsigned long long n;
	unsigned char *out;

	*plain = (str){ 0 };
	if (sealed.len < NONCE + TAG)
		return false;
	out = arena_alloc(a, sealed.len - NONCE - TAG + 1);
	if (crypto_aead_xchacha20poly1305_ietf_decrypt(
		out, &n, NULL, in + NONCE, sealed.len - NONCE, (const unsigned char *)to.s, to.len, in, key) != 0)
		return false;
	*plain = (str){ (char *)out, (size_t)n };
	return true;
}
