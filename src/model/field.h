/* field.h - what a field of a record is: one line of a .def file, read by every layer.
 * The third word of a line is compulsory: nobody adds a field without deciding how sensitive it is. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "base/date.h"
#include "base/str.h"
#include "base/text.h"

/* kind: how the field is written, checked and stored. The member of the C struct has type T_<kind>. */
enum kind {
	KIND_REF,       /* the record's own outside key: 1 to 64 of a-z 0-9 - _ . */
	KIND_TEXT,      /* free text, .max bytes */
	KIND_CODE,      /* a word written like a ref, that needs no record behind it */
	KIND_DATE,      /* YYYY-MM-DD */
	KIND_PARTIAL,   /* date whose month or day may be unknown; kept as it was given */
	KIND_INT,       /* whole number from .min to .max */
	KIND_BOOL,      /* yes, no; stored 1, 0 */
	KIND_ENUM,      /* one of .choices */
	KIND_SET,       /* several of .choices, separated by ';' */
	KIND_LINK,      /* a record of .to: CSV column <name>_ref, database column <name>_id */
	KIND_LINKS,     /* refs of .to, separated by ';', kept as text */
	KIND_DECIMAL,   /* number with at most two decimals, kept as it was given */
	KIND_MONTHS,    /* a number with any decimals, or the word permanent */
	KIND_COUNTRY,   /* ISO 3166-1 alpha-2 */
	KIND_LANGUAGES, /* ISO 639-1, separated by ';' */
	KIND_COMMUNE,   /* INSEE code */
	KIND_TIME,      /* time of day, HH:MM */
	KIND_IBAN,      /* kept whatever it is: a wrong one is a warning, and a finding of the conformity */
	KIND_BIC,
	KIND_SIRET,
};

#define NUMBER_NONE INT64_MIN /* a number, yes/no or link that is not known */
typedef str T_REF, T_TEXT, T_CODE, T_PARTIAL, T_ENUM, T_SET, T_LINKS, T_DECIMAL, T_MONTHS, T_COUNTRY, T_LANGUAGES, T_COMMUNE,
    T_TIME, T_IBAN, T_BIC, T_SIRET;
typedef day T_DATE;
typedef int64_t T_INT, T_BOOL, T_LINK;

enum sensitivity {
	SENS_PUBLIC,      /* may be published: the contract, its sheets, its partners */
	SENS_INTERNAL,    /* machinery and working data of the parties, about nobody */
	SENS_PERSONAL,    /* says something of a person without naming them */
	SENS_IDENTIFYING, /* names them */
	SENS_SENSITIVE,   /* health, asylum number: shown only on purpose, never quoted in a message */
};

struct field {
	const char *name;   /* C member */
	const char *column; /* database column; derived from the name when not given */
	const char *csv;    /* CSV heading; likewise */
	enum kind kind;
	enum sensitivity sensitivity;
	size_t offset;
	const char *label; /* English, marked with N_ */
	bool required;
	bool key;               /* part of the natural key of an entity without ref */
	bool optional_column;   /* its CSV column is written only when some record has a value */
	bool stays;             /* never in a bundle: it points to what does not travel either (an account), or follows from it */
	int64_t min, max;       /* numbers: bounds; texts: max bytes (0: 4000) */
	const char *choices;    /* ENUM, SET: words separated by blanks */
	const char *to;         /* LINK, LINKS: the entity pointed to */
	const char *not_before; /* DATE: the field that starts the period which this one ends */
};
