/* rules.c - what must hold inside one record: the same for a form, an import and a phone */
#include "base/decimal.h"
#include "model/entity.h"
#include "model/identifiers.h"
#include "model/indicator.h"

struct checking {
	const struct entity *e;
	const void *record;
	uint64_t wrong, kept;
	struct problem_sink *sink;
	str file;
	int64_t line;
};

static bool
marked(const struct checking *c, uint64_t bits, const struct field *f)
{
	return (bits >> (f - c->e->fields) & 1) != 0;
}

static void
report(struct checking *c, enum problem_level level, const struct field *f, const char *expected)
{
	struct buf value = { 0 };

	if (f->sensitivity != SENS_SENSITIVE)
		field_write(f, c->record, &value);
	problem_add(c->sink, &(struct problem){ .level = level,
				 .file = c->file,
				 .line = c->line,
				 .column = str_of(f->csv),
				 .value = buf_str(&value),
				 .expected = str_of(expected) });
	buf_release(&value);
}

static void
fault(struct checking *c, const char *name, const char *expected)
{
	report(c, PROBLEM_FAULT, entity_field(c->e, name), expected);
}

static void
check_sheet_indicator(struct checking *c)
{
	const struct sheet_indicator *r = c->record;

	if (r->indicator.len > 0 && indicator_named(r->indicator) == NULL)
		fault(c, "indicator",
		    tr("the name of an indicator, such as 1.1.beneficiaries or local.events (see jalon indicators)"));
}

static void
check_local_indicator(struct checking *c)
{
	const struct local_indicator *r = c->record;

	if (r->indicator.len > 0 && (!str_starts(r->indicator, S("local.")) || r->indicator.len == 6))
		fault(c, "indicator", tr("a name that begins with local."));
}

static void
check_aggregate(struct checking *c)
{
	const struct aggregate *r = c->record;
	const struct indicator_name *i = indicator_named(r->indicator);
	number value = decimal_parse(r->value);

	if (r->indicator.len == 0)
		return;
	if (i == NULL) {
		fault(c, "indicator",
		    tr("the name of an indicator, such as 1.1.beneficiaries or local.events (see jalon indicators)"));
		return;
	}
	if (!i->sent)
		fault(c, "indicator", tr("an indicator that is sent as a count: amounts, means and texts come from records"));
	else if (i->cells != CELLS_EIGHT && r->cell.len > 0 && !str_is(r->cell, "total"))
		fault(c, "cell", tr("total: this indicator has no other cell"));
	if (i->unit != UNIT_HOURS && value.ok &&
	    (value.value % 100 != 0 || str_cut(r->value, '.', &(str){ 0 }).len != r->value.len))
		fault(c, "value", tr("a whole number: only hours have decimals"));
}

static void
check_cohort_member(struct checking *c)
{
	const struct cohort_member *r = c->record;

	if (r->consented_on != DAY_NONE && r->joined_on != DAY_NONE && r->consented_on > r->joined_on)
		report(c, PROBLEM_WARNING, entity_field(c->e, "consented_on"),
		    tr("a consent given before the person joins the cohort"));
}

/* What the role needs to reach anything at all. */
static void
check_account(struct checking *c)
{
	const struct account *r = c->record;
	bool own = str_is(r->role, "manager") || str_is(r->role, "worker") || str_is(r->role, "partner");

	if (r->email.len > 0 && !email_valid(r->email))
		fault(c, "email", tr("an e-mail address, such as name@example.org"));
	if (own && r->organisation == NUMBER_NONE && !marked(c, c->wrong, entity_field(c->e, "organisation")))
		fault(c, "organisation", tr("the organisation: this role sees what is its own"));
	if (str_is(r->role, "beneficiary") != (r->person != NUMBER_NONE) && !marked(c, c->wrong, entity_field(c->e, "person")))
		fault(c, "person", tr("the person whose file it is, for a beneficiary, and for no other role"));
}

static void
check_contact(struct checking *c)
{
	const struct contact *r = c->record;

	if (r->email.len > 0 && !email_valid(r->email))
		fault(c, "email", tr("an e-mail address, such as name@example.org"));
}

/* What was published is what every later release is held against: it must have been a table of people. */
static void
check_publication(struct checking *c)
{
	const struct publication *r = c->record;

	if (c->wrong != 0 || r->total < 0 || r->men < 0 || r->women < 0 || r->under25 < 0 || r->bpi < 0 || r->bpi_men < 0 ||
	    r->bpi_women < 0 || r->bpi_under25 < 0)
		return; /* said by the field itself */
	if (r->men + r->women > r->total)
		fault(c, "total", tr("at least men and women together"));
	if (r->bpi_men + r->bpi_women > r->bpi || r->bpi > r->total)
		fault(c, "bpi", tr("at least its parts together, at most the total"));
	if (r->bpi_men > r->men)
		fault(c, "bpi_men", tr("at most the men"));
	if (r->bpi_women > r->women)
		fault(c, "bpi_women", tr("at most the women"));
	if (r->bpi_under25 > r->bpi || r->bpi_under25 > r->under25 || r->under25 - r->bpi_under25 > r->total - r->bpi)
		fault(c, "bpi_under25",
		    tr("at most those under 25 and the BPI, and at least those under 25 who cannot be among the others"));
}

static void (*const own_rules[ENTITY_COUNT])(struct checking *c) = {
	[ENTITY_sheet_indicators] = check_sheet_indicator,
	[ENTITY_local_indicators] = check_local_indicator,
	[ENTITY_aggregates] = check_aggregate,
	[ENTITY_cohort_members] = check_cohort_member,
	[ENTITY_publications] = check_publication,
	[ENTITY_accounts] = check_account,
	[ENTITY_contacts] = check_contact,
};

static void
check_period(struct checking *c, const struct field *end)
{
	const struct field *start = entity_field(c->e, end->not_before);
	day until = *(const day *)field_at(end, c->record), since = *(const day *)field_at(start, c->record);

	if (until == DAY_NONE || since == DAY_NONE || until >= since)
		return;
	if (marked(c, c->kept, end))
		report(c, PROBLEM_FAULT, start, tr("a date that is not after the end, which is stored already"));
	else
		report(c, PROBLEM_FAULT, end, tr("a date that is not before the start"));
}

void
entity_check(
    const struct entity *e, const void *record, uint64_t wrong, uint64_t kept, struct problem_sink *sink, str file, int64_t line)
{
	struct checking c = { e, record, wrong, kept, sink, file, line };

	for (size_t i = 0; i < e->n; i++) {
		const struct field *f = &e->fields[i];
		const char *odd = field_oddity(f, record);

		if (odd != NULL && !marked(&c, kept, f))
			report(&c, PROBLEM_WARNING, f, odd);
		if ((f->required || f->kind == KIND_REF) && field_absent(f, record) && !marked(&c, wrong, f))
			report(&c, PROBLEM_FAULT, f, tr("a value: it is required"));
		if (f->not_before != NULL)
			check_period(&c, f);
	}
	if (own_rules[entity_number_of(e)] != NULL)
		own_rules[entity_number_of(e)](&c);
}
