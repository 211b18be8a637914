/* findings.c - where each finding of the conformity is settled */
#include <string.h>

#include "base/text.h"
#include "web/contract_page.h"

int
findings_of(const struct conformity *all, enum severity severity)
{
	int n = 0;

	for (size_t i = 0; i < all->findings.n; i++)
		n += all->findings.v[i].rule->severity == severity;
	return n;
}

static str
under_contract(const struct contract_page *c, const char *path)
{
	return str_format(c->req->arena, "/contrats/%.*s%s", STR_ARG(c->shown.contract.ref), path);
}

static struct mend
at_sheet(const struct contract_page *c, const struct sheet *s, str part)
{
	struct mend m = { .label = tr("Open the sheet") };

	if (s == NULL)
		return (struct mend){ under_contract(c, ""), tr("Open the contract") };
	m.url = sheet_url(c, s);
	if (part.len > 0)
		m.url = str_format(c->req->arena, "%.*s#a-%.*s", STR_ARG(m.url), STR_ARG(part));
	return m;
}

static struct mend
at_action(const struct contract_page *c, const struct place *place)
{
	const struct action *x = plan_action(c->tree->plan, place->id);

	return at_sheet(c, x == NULL ? NULL : plan_sheet(c->tree->plan, x->sheet), place->ref);
}

struct mend
finding_mend(const struct contract_page *c, const struct finding *f)
{
	const struct place *place = &f->place;

	switch (place->entity) {
	case ENTITY_sheets:
		return at_sheet(c, plan_sheet(c->tree->plan, place->id), (str){ 0 });
	case ENTITY_actions:
		return at_action(c, place);
	case ENTITY_organisations:
		if (viewer_may(&c->req->viewer, RIGHT_PARTNERS_READ))
			return (struct mend){ partner_url(c->req->arena, place->ref), tr("Open the partner") };
		break;
	case ENTITY_grants:
		return (struct mend){ under_contract(c, c->money ? "/comparaison" : "/texte"), tr("Open the subsidy") };
	case ENTITY_deliberations:
		return (struct mend){ under_contract(c, "/texte#vote"), tr("Open the vote") };
	case ENTITY_bodies:
		return (struct mend){ str_format(c->req->arena, "/contrats/%.*s/texte#b-%.*s", STR_ARG(c->shown.contract.ref),
					  STR_ARG(place->ref)),
			tr("Open the body") };
	case ENTITY_priorities:
	case ENTITY_axes:
		return (struct mend){ under_contract(c, ""), tr("Open the tree") };
	default:
		break;
	}
	return (struct mend){ under_contract(c, "/texte"), tr("Open the contract") };
}

/* --- in the files --- */

static const struct {
	const char *finding, *fields;
} mends[] = {
#define MEND(finding, fields) { #finding, fields },
#include "web/mends.def"
#undef MEND
};

/* Columns of one file stand together in mends.def: the file is named before the first. */
str
finding_files(struct arena *a, const struct finding *f)
{
	struct buf to = { 0 };
	str rest = { 0 }, last = { 0 };

	for (size_t i = 0; i < sizeof mends / sizeof *mends; i++)
		if (strcmp(mends[i].finding, f->rule->finding) == 0)
			rest = str_of(mends[i].fields);
	while (rest.len > 0) {
		str name, file = str_cut(str_cut(rest, ' ', &rest), '.', &name);
		const struct field *field = entity_field(entity_named(file), str_z(a, name));

		if (str_eq(file, last))
			buf_format(&to, ", %s", field->csv);
		else
			buf_format(&to, tr("%s%.*s.csv, column %s"), to.len > 0 ? " · " : "", STR_ARG(file), field->csv);
		last = file;
	}
	return buf_kept(&to, a);
}
