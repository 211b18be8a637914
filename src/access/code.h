/* code.h - random secrets as text: tokens for browsers, codes for paper */
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

/* A token: 256 random bits, written in 43 letters of URLs. Only its hash is stored. */
enum { TOKEN_TEXT = 43, TOKEN_BYTES = 32, TOKEN_HASH = 32 };
str token_new(struct arena *a, unsigned char hash[TOKEN_HASH]);
bool token_hash(str token, unsigned char hash[TOKEN_HASH]); /* false: not a token */
/* Another secret that follows from the token, which the database cannot know: for the form token, the key of a draft. */
bool token_derive(str token, const char *purpose, unsigned char out[32]);

/* A code for paper: ABCD-EFGH-JKMN-PQRS of 32 letters and digits; I and L are read as 1, O as 0, small letters, blanks and
 * dashes do not matter. The first four find it (the locator), the others are the secret: 60 bits, kept as a slow hash. */
enum { LOCATOR = 4, CODE = 16, CODE_TEXT = 19 };
struct code {
	char text[CODE + 1]; /* as it is hashed: capitals, no dash */
};
struct code code_new(void);
bool code_read(str typed, struct code *to);
str code_shown(struct arena *a, const struct code *c);
static inline str
code_locator(const struct code *c)
{
	return (str){ c->text, LOCATOR };
}
static inline str
code_secret(const struct code *c)
{
	return (str){ c->text + LOCATOR, CODE - LOCATOR };
}
