#include "access/form_token.h"

#include <sodium.h>
#include <string.h>

#include "access/code.h"

enum { HALF = 16 }; /* the mask, then the secret under it */

str
form_token_of(struct arena *a, str login_token)
{
	unsigned char secret[32];

	if (!token_derive(login_token, "form", secret))
		return (str){ 0 };
	return (str){ arena_copy(a, secret, HALF), HALF };
}

str
form_token_mask(struct arena *a, const struct viewer *v)
{
	unsigned char both[2 * HALF];
	char *text = arena_alloc(a, FORM_TOKEN + 1);

	if (v == NULL || v->form_token.len != HALF)
		return (str){ 0 };
	randombytes_buf(both, HALF);
	for (size_t i = 0; i < HALF; i++)
		both[HALF + i] = both[i] ^ (unsigned char)v->form_token.s[i];
	sodium_bin2base64(text, FORM_TOKEN + 1, both, sizeof both, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	return (str){ text, FORM_TOKEN };
}

bool
form_token_check(const struct viewer *v, str sent)
{
	unsigned char both[2 * HALF];
	size_t n;

	if (v == NULL || v->form_token.len != HALF || sent.len != FORM_TOKEN ||
	    sodium_base642bin(both, sizeof both, sent.s, sent.len, NULL, &n, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) !=
		0 ||
	    n != sizeof both)
		return false;
	for (size_t i = 0; i < HALF; i++)
		both[HALF + i] ^= both[i];
	return sodium_memcmp(both + HALF, v->form_token.s, HALF) == 0;
}
