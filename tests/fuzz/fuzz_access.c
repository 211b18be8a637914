/* What strangers type at the door: tokens, codes, digits, passwords, e-mails, form tokens, the name of their browser. The first byte says
 * which. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "access/account.h"
#include "access/code.h"
#include "access/factor.h"
#include "access/form_token.h"
#include "access/password.h"
#include "model/identifiers.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
count(struct problem_sink *sink, const struct problem *p)
{
	(void)sink;
	if (p->expected.len == 0 || p->value.len > 0)
		abort();
}

static void
try_code(str s, struct arena *a)
{
	struct code code, again;

	if (!code_read(s, &code))
		return;
	if (!code_read(code_shown(a, &code), &again) || strcmp(code.text, again.text) != 0 || strlen(code.text) != CODE)
		abort();
}

static void
try_token(str s)
{
	unsigned char hash[TOKEN_HASH], derived[32];

	if (token_hash(s, hash) != token_derive(s, "form", derived) || (token_hash(s, hash) && s.len != TOKEN_TEXT))
		abort();
}

/* Nobody makes one that passes without the secret; the right one passes. */
static void
try_form(str s, struct arena *a)
{
	struct viewer v = { .account = 1, .form_token = { "0123456789abcdef", 16 } };

	if (!form_token_check(&v, form_token_mask(a, &v)))
		abort();
	(void)form_token_check(&v, s);
}

static void
try_password(str s)
{
	struct password_about about = { ROLE_worker, S("Aïcha Benoît"), S("a@ville.fr"), S("Ville"), { 0 } };
	struct problem_sink sink = { .add = count };

	if (s.len > 8) { /* words of the holder's own choosing */
		about.name = (str){ s.s + s.len - 8, 8 };
		about.organisation = (str){ s.s, s.len / 2 };
	}
	password_check(s, &about, &sink);
	if (sink.faults > 2)
		abort();
}

static void
try_email(str s, struct arena *a)
{
	str folded = email_folded(a, s);

	if (!str_eq(email_folded(a, folded), folded) || (email_valid(s) && (s.len > 254 || !str_utf8(s))))
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = { 0 };
	str s;

	if (size == 0)
		return 0;
	s = str_dup(&a, (str){ (const char *)data + 1, size - 1 });
	switch (data[0] % 7) {
	case 0:
		try_code(s, &a);
		break;
	case 1:
		try_token(s);
		break;
	case 2:
		try_form(s, &a);
		break;
	case 3:
		try_password(s);
		break;
	case 4:
		try_email(s, &a);
		break;
	case 5:
		(void)totp_step(S("12345678901234567890"), s, (int64_t)size * 1000000);
		break;
	default:
		if (agent_words(&a, s).len > 64)
			abort();
	}
	arena_release(&a);
	return 0;
}
