/* model.h - the records as C structs, made from the .def files: struct person, struct sheet...
 * Every struct begins with the stored key and the version it was read at (both 0 before the first save).
 * Text members point into whatever the record was read from (an arena, a CSV row). */
#pragma once
#include "model/field.h"

#define STATUS_CHOICES \
	"refugee stateless subsidiary_protection family_of_french parent_of_french family_reunification worker " \
	"other_newcomer student temporary_protection asylum_seeker eu_citizen french none"
#define CELL_CHOICES "total men women under25 bpi bpi_men bpi_women bpi_under25"
#define COUNT_MAX INT64_C(1000000000)       /* no count of people, minutes or acts is larger */
#define MONEY_MAX INT64_C(1000000000000000) /* cents */

struct record {
	int64_t id;      /* 0: not stored yet; for the two attendance tables the first link */
	int64_t version; /* 1 after the first save */
};

#define FIELD(n, kind, ...) T_##kind n;
#define RECORD(singular) struct singular { struct record record;
RECORD(territory)
#include "model/territories.def"
};
RECORD(organisation)
#include "model/organisations.def"
};
RECORD(deliberation)
#include "model/deliberations.def"
};
RECORD(contract)
#include "model/contracts.def"
};
RECORD(grant)
#include "model/grants.def"
};
RECORD(priority)
#include "model/priorities.def"
};
RECORD(axis)
#include "model/axes.def"
};
RECORD(sheet)
#include "model/sheets.def"
};
RECORD(action)
#include "model/actions.def"
};
RECORD(forecast)
#include "model/forecasts.def"
};
RECORD(partnership)
#include "model/partnerships.def"
};
RECORD(local_indicator)
#include "model/local_indicators.def"
};
RECORD(sheet_indicator)
#include "model/sheet_indicators.def"
};
RECORD(body)
#include "model/bodies.def"
};
RECORD(person)
#include "model/people.def"
};
RECORD(status)
#include "model/statuses.def"
};
RECORD(enrolment)
#include "model/enrolments.def"
};
RECORD(session)
#include "model/sessions.def"
};
RECORD(attendance)
#include "model/attendances.def"
};
RECORD(trainee)
#include "model/trainees.def"
};
RECORD(trainee_attendance)
#include "model/trainee_attendances.def"
};
RECORD(assessment)
#include "model/assessments.def"
};
RECORD(followup)
#include "model/followups.def"
};
RECORD(act)
#include "model/acts.def"
};
RECORD(pair)
#include "model/pairs.def"
};
RECORD(tool)
#include "model/tools.def"
};
RECORD(expense)
#include "model/expenses.def"
};
RECORD(payment)
#include "model/payments.def"
};
RECORD(aggregate)
#include "model/aggregates.def"
};
RECORD(cohort_member)
#include "model/cohort_members.def"
};
RECORD(meeting)
#include "model/meetings.def"
};
#undef RECORD
#undef FIELD
