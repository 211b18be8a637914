/* identifiers.c - sources: ISO 13616 and 7064 (IBAN), ISO 9362 (BIC), the national registers' own descriptions */
#include "model/identifiers.h"

#include <string.h>

enum { LONGEST = 40 };

/* What was written, without blanks (no-break ones included); n = 0 when it is too long to be any of these. */
struct compact {
	char s[LONGEST];
	size_t n;
};

static struct compact
compact(str s)
{
	struct compact c = { 0 };

	while (s.len > 0) {
		size_t blank = s.s[0] == ' ' ? 1 : str_starts(s, S("\u00a0")) ? 2 : str_starts(s, S("\u202f")) ? 3 : 0;

		if (blank == 0) {
			if (c.n == LONGEST)
				return (struct compact){ 0 };
			c.s[c.n++] = s.s[0];
			blank = 1;
		}
		s.s += blank;
		s.len -= blank;
	}
	return c;
}

static bool
digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool
all(const char *s, size_t n, bool (*is)(char))
{
	for (size_t i = 0; i < n; i++) {
		if (!is(s[i]))
			return false;
	}
	return true;
}

static bool
capital_or_digit(char c)
{
	return capital(c) || digit(c);
}

/* Every second digit from the right is doubled; the sum of all digits is a multiple of ten. */
static bool
luhn(const char *s, size_t n)
{
	int sum = 0;

	for (size_t i = 0; i < n; i++) {
		int d = (s[n - 1 - i] - '0') << (i % 2);

		sum += d > 9 ? d - 9 : d;
	}
	return sum % 10 == 0;
}

/* Letters count as two digits, A = 10; the four first characters come last. */
static bool
iban_check(const struct compact *c)
{
	unsigned rest = 0;

	for (size_t i = 0; i < c->n; i++) {
		char at = c->s[(i + 4) % c->n];

		rest = (digit(at) ? rest * 10 + (unsigned)(at - '0') : rest * 100 + (unsigned)(at - 'A' + 10)) % 97;
	}
	return rest == 1;
}

/* bank 5, branch 5, account 11 (letters A-I, J-R count 1-9, S-Z 2-9), key 2: the weighted sum is a multiple of 97 */
static bool
rib_check(const char *rib)
{
	static const unsigned char from_letter[] = "12345678912345678923456789";
	unsigned bank = 0, branch = 0, account = 0, key = 0;

	for (int i = 0; i < 23; i++) {
		bool letters = i >= 10 && i < 21;
		unsigned d, *part = i < 5 ? &bank : i < 10 ? &branch : i < 21 ? &account : &key;

		if (!digit(rib[i]) && !letters)
			return false;
		d = (digit(rib[i]) ? (unsigned)rib[i] : from_letter[rib[i] - 'A']) - '0';
		*part = (*part * 10 + d) % 97;
	}
	return (89 * bank + 15 * branch + 3 * account + key) % 97 == 0 && digit(rib[21]) && digit(rib[22]) &&
	       (rib[21] - '0') * 10 + (rib[22] - '0') >= 1 && (rib[21] - '0') * 10 + (rib[22] - '0') <= 97;
}

/* Lengths in the payment area of the euro; elsewhere any length of the standard is taken. */
static size_t
iban_length(const char *country)
{
	static const char lengths[] =
	    "AD24 AT20 BE16 BG22 CH21 CY28 CZ24 DE22 DK18 EE20 ES24 FI18 FR27 GB22 GI23 GR27 HR21 HU28 IE22 IS26 IT27 LI21 "
	    "LT20 LU20 LV21 MC27 MT31 NL18 NO15 PL28 PT25 RO24 SE24 SI19 SK24 SM27 VA22 ";

	for (const char *p = lengths; *p != '\0'; p += 5) {
		if (memcmp(p, country, 2) == 0)
			return (size_t)((p[2] - '0') * 10 + (p[3] - '0'));
	}
	return 0;
}

bool
iban_valid(str s)
{
	struct compact c = compact(s);
	size_t length;

	if (c.n < 15 || c.n > 34 || !all(c.s, 2, capital) || !all(c.s + 2, 2, digit) || !all(c.s, c.n, capital_or_digit))
		return false;
	length = iban_length(c.s);
	if ((length != 0 && c.n != length) || !iban_check(&c))
		return false;
	return (memcmp(c.s, "FR", 2) != 0 && memcmp(c.s, "MC", 2) != 0) || rib_check(c.s + 4);
}

bool
bic_valid(str s)
{
	return (s.len == 8 || s.len == 11) && all(s.s, 6, capital) && all(s.s + 6, s.len - 6, capital_or_digit);
}

bool
siren_valid(str s)
{
	struct compact c = compact(s);

	return c.n == 9 && all(c.s, 9, digit) && luhn(c.s, 9);
}

/* The post has more establishments than Luhn numbers: all but its head office go by the sum of the digits. */
static bool
la_poste(const char *siret)
{
	return memcmp(siret, "356000000", 9) == 0 && memcmp(siret, "35600000000048", 14) != 0;
}

bool
siret_valid(str s)
{
	struct compact c = compact(s);
	int sum = 0;

	if (c.n != 14 || !all(c.s, 14, digit) || !luhn(c.s, 9))
		return false;
	for (int i = 0; i < 14; i++)
		sum += c.s[i] - '0';
	return la_poste(c.s) ? sum % 5 == 0 : luhn(c.s, 14);
}

bool
rna_valid(str s)
{
	if (s.len != 10 || s.s[0] != 'W' || !digit(s.s[1]))
		return false;
	return capital_or_digit(s.s[2]) && all(s.s + 3, 7, digit);
}

bool
uai_valid(str s)
{
	static const char letters[] = "ABCDEFGHJKLMNPRSTUVWXYZ";
	int n = 0;

	if (s.len != 8 || !all(s.s, 7, digit))
		return false;
	for (int i = 0; i < 7; i++)
		n = (n * 10 + (s.s[i] - '0')) % 23;
	return s.s[7] == letters[n];
}

bool
finess_valid(str s)
{
	if (s.len != 9 || !digit(s.s[0]) || !all(s.s + 2, 7, digit))
		return false;
	if (s.s[0] == '2' && (s.s[1] == 'A' || s.s[1] == 'B'))
		return true; /* Corsica: what Luhn would be taken of is not known */
	return digit(s.s[1]) && luhn(s.s, 9);
}

/* Départements 01 to 19, 2A, 2B, 21 to 95, 97 and 98 overseas; no commune has the number 000. */
bool
insee_commune(str s)
{
	int department;

	if (s.len != 5 || !all(s.s + 2, 3, digit) || memcmp(s.s + 2, "000", 3) == 0)
		return false;
	if (s.s[0] == '2' && (s.s[1] == 'A' || s.s[1] == 'B'))
		return true;
	if (!digit(s.s[0]) || !digit(s.s[1]))
		return false;
	department = (s.s[0] - '0') * 10 + (s.s[1] - '0');
	return department >= 1 && department <= 98 && department != 20 && department != 96;
}

enum phone
phone_kind(str s)
{
	struct compact c = compact(s);
	const char *p = c.s;
	size_t n = c.n;

	if (n == 4 && all(p, 4, digit) && (p[0] == '3' || p[0] == '1'))
		return PHONE_SHORT;
	if (n == 10 && p[0] == '0')
		p += 1, n -= 1;
	else if (n == 12 && memcmp(p, "+33", 3) == 0)
		p += 3, n -= 3;
	else if (n == 13 && memcmp(p, "0033", 4) == 0)
		p += 4, n -= 4;
	else
		return PHONE_WRONG;
	return n == 9 && p[0] >= '1' && all(p, 9, digit) ? PHONE_RIGHT : PHONE_WRONG;
}

/* ---- e-mail ---- */

static bool
letter_or_digit(char c)
{
	return digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
dotted(str s, const char *others)
{
	bool dot = true; /* none at the start, none after another, none at the end */

	for (size_t i = 0; i < s.len; i++) {
		char c = s.s[i];

		if (c == '.' ? dot : !letter_or_digit(c) && strchr(others, c) == NULL)
			return false;
		dot = c == '.';
	}
	return !dot;
}

bool
email_valid(str s)
{
	str rest, local = str_cut(s, '@', &rest), domain = rest, last = { 0 };

	if (s.len > 254 || local.len == 0 || local.len > 64 || memchr(s.s, '\0', s.len) != NULL)
		return false;
	if (!dotted(local, "!#$%&'*+-/=?^_`{|}~") || !dotted(domain, "-"))
		return false;
	while (rest.s != NULL) {
		last = str_cut(rest, '.', &rest);
		if (last.len > 63 || last.s[0] == '-' || last.s[last.len - 1] == '-')
			return false;
	}
	return last.len < domain.len && last.len >= 2;
}
