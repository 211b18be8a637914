/* model.h - the records as C structs, made from the .def files: struct person, struct sheet...
 * Every struct begins with the stored key and the version it was read at (both 0 before the first save).
 * Text members point into whatever the record was read from (an arena, a CSV row). */
#pragma once
#include "model/field.h"

#define STATUS_CHOICES                                                                                           \
	"refugee stateless subsidiary_protection family_of_french parent_of_french family_reunification worker " \
	"other_newcomer student temporary_protection asylum_seeker eu_citizen french none"
#define CELL_CHOICES "total men women under25 bpi bpi_men bpi_women bpi_under25"
#define ROLE_CHOICES "coordinator finance manager worker partner state researcher beneficiary observer administrator"
#define COUNT_MAX INT64_C(1000000000)       /* no count of people, minutes or acts is larger */
#define MONEY_MAX INT64_C(1000000000000000) /* cents */

struct record {
	int64_t id;      /* 0: not stored yet; of a linked record: its first link */
	int64_t version; /* 1 after the first save; of a linked record: its roll's */
};

#define FIELD(n, kind, ...) T_##kind n;
#define RECORD(plural) \
	struct OF {    \
		struct record record;
#define RECORD_END \
	}          \
	;
#include "model/records.inc"
#undef RECORD_END
#undef RECORD
#undef FIELD
