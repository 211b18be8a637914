#include "access/code.h"

#include <sodium.h>
#include <string.h>

/* ---- tokens ---- */

str
token_new(struct arena *a, unsigned char hash[TOKEN_HASH])
{
	unsigned char random[TOKEN_BYTES];
	char *text = arena_alloc(a, TOKEN_TEXT + 1);
	str token = { text, TOKEN_TEXT };

	randombytes_buf(random, sizeof random);
	sodium_bin2base64(text, TOKEN_TEXT + 1, random, sizeof random, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	sodium_memzero(random, sizeof random);
	(void)token_hash(token, hash);
	return token;
}

static bool
token_read(str token, unsigned char bytes[TOKEN_BYTES])
{
	size_t n;

	return token.len == TOKEN_TEXT &&
	       sodium_base642bin(
		   bytes, TOKEN_BYTES, token.s, token.len, NULL, &n, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
	       n == TOKEN_BYTES;
}

bool
token_hash(str token, unsigned char hash[TOKEN_HASH])
{
	unsigned char bytes[TOKEN_BYTES];
	bool ok = token_read(token, bytes);

	if (ok)
		crypto_generichash(hash, TOKEN_HASH, bytes, sizeof bytes, NULL, 0);
	sodium_memzero(bytes, sizeof bytes);
	return ok;
}

bool
token_derive(str token, const char *purpose, unsigned char out[32])
{
	unsigned char bytes[TOKEN_BYTES];
	bool ok = token_read(token, bytes);

	if (ok)
		crypto_generichash(out, 32, (const unsigned char *)purpose, strlen(purpose), bytes, sizeof bytes);
	sodium_memzero(bytes, sizeof bytes);
	return ok;
}

/* ---- codes ---- */

static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

struct code
code_new(void)
{
	struct code c = { 0 };

	for (size_t i = 0; i < CODE; i++)
		c.text[i] = letters[randombytes_uniform(32)];
	return c;
}

static char
letter(char c)
{
	if (c >= 'a' && c <= 'z')
		c = (char)(c - 'a' + 'A');
	if (c == 'O')
		return '0';
	if (c == 'I' || c == 'L')
		return '1';
	return c != '\0' && strchr(letters, c) != NULL ? c : '\0';
}

bool
code_read(str typed, struct code *to)
{
	size_t n = 0;

	*to = (struct code){ 0 };
	for (size_t i = 0; i < typed.len; i++) {
		char c = typed.s[i];

		if (c == ' ' || c == '-' || c == '\t')
			continue;
		if (n == CODE || (c = letter(c)) == '\0')
			return false;
		to->text[n++] = c;
	}
	return n == CODE;
}

str
code_shown(struct arena *a, const struct code *c)
{
	return str_format(a, "%.4s-%.4s-%.4s-%.4s", c->text, c->text + 4, c->text + 8, c->text + 12);
}
