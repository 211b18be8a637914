/* identifiers.h - numbers that carry their own proof: is one written rightly? Nothing is looked up.
 * Blanks between the digits are allowed where people write them (IBAN, SIREN, SIRET, phone). */
#pragma once
#include <stdbool.h>

#include "base/str.h"

bool iban_valid(str s);    /* length of its country, mod 97; for France and Monaco the RIB key too */
bool bic_valid(str s);     /* bank, country, place, and perhaps a branch: 8 or 11 capitals and digits */
bool siren_valid(str s);   /* a legal entity: 9 digits, Luhn */
bool siret_valid(str s);   /* an establishment: 14 digits, Luhn; the sum of digits for those of La Poste */
bool rna_valid(str s);     /* an association: W and 9 digits, a letter in second place overseas */
bool uai_valid(str s);     /* a school: 7 digits and their letter */
bool finess_valid(str s);  /* a health establishment: 9 characters; that Luhn holds is seen, nowhere written */
bool insee_commune(str s); /* the form of a commune's INSEE code, which is not its postal code */
bool email_valid(str s);   /* local@domain.tld in ASCII, as mail is sent to; at most 254 characters */

/* French numbers, in national or international writing. */
enum phone { PHONE_WRONG, PHONE_RIGHT, PHONE_SHORT }; /* short: service numbers such as 3949, valid in France only */
enum phone phone_kind(str s);
