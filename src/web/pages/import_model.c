/* an empty workbook whose headings are all understood: one to begin with */
#include "base/text.h"
#include "exchange/columns.h"
#include "web/app.h"
#include "web/import_page.h"
#include "web/route.h"
#include "web/xlsx_table.h"

struct model_column {
	enum want want;
	const char *heading, *how; /* N_ */
};
static const struct model_column people[] = {
	{ WANT_number, N_("File number"), N_("Your own number of the file: it finds the same person again next time") },
	{ WANT_family_name, N_("Family name"), N_("NOORI") },
	{ WANT_given_name, N_("Given name"), N_("Ahmad") },
	{ WANT_sex, N_("Sex"), N_("F or M, woman or man, Mrs or Mr") },
	{ WANT_birth_date, N_("Birth date"), N_("31/08/1990, or 1990 when the day is not known") },
	{ WANT_nationality, N_("Nationality"), N_("Afghan, Afghanistan or AF") },
	{ WANT_languages, N_("Languages"), N_("dari, French") },
	{ WANT_status, N_("Residence status"), N_("refugee, subsidiary protection, family reunification...") },
	{ WANT_status_since, N_("Status since"), N_("15/09/2024") },
	{ WANT_french_level, N_("Level of French"), N_("A1, A2, B1...") },
	{ WANT_phone, N_("Phone number"), N_("06 12 34 56 78") },
	{ WANT_email, N_("E-mail"), N_("an e-mail address") },
	{ WANT_commune, N_("Commune"), N_("63113, or the name of the commune") },
	{ WANT_entered_on, N_("Entry date"), N_("Date of entry in the action: 15/09/2024") },
	{ WANT_left_on, N_("Exit date"), N_("Date of exit, empty while the person is followed") },
	{ WANT_exit, N_("Exit reason"), N_("Why the person left: job, training, moved...") },
};
static const struct model_column attendance[] = {
	{ WANT_number, N_("File number"), N_("The same number as in the list of people, or the names") },
	{ WANT_family_name, N_("Family name"), N_("NOORI") },
	{ WANT_given_name, N_("Given name"), N_("Ahmad") },
	{ WANT_birth_date, N_("Birth date"), N_("Only when two people have the same names") },
	{ WANT_date, N_("Date"), N_("Day of the session: 15/09/2024") },
	{ WANT_duration, N_("Duration"), N_("1 h 30, 90 min, 1,5 h") },
	{ WANT_present, N_("Attendance"), N_("P, present, yes; A, absent, no; E, excused; or the time of presence") },
	{ WANT_group, N_("Group"), N_("Name of the group, when there are several") },
};

static void
add_sheet(struct xlsx_table *t, const char *name, const struct model_column *v, int n)
{
	xlsx_table_sheet(t, name, n);
	for (int i = 0; i < n; i++)
		xlsx_table_cell(t, 0, i, str_of(tr(v[i].heading)), true);
}

static int64_t
add_words(struct xlsx_table *t, int64_t row, const char *name, const struct model_column *v, int n)
{
	for (int i = 0; i < n; i++, row++) {
		xlsx_table_cell(t, row, 0, str_of(name), false);
		xlsx_table_cell(t, row, 1, str_of(tr(v[i].heading)), false);
		xlsx_table_cell(t, row, 2, str_of(tr(v[i].how)), false);
	}
	return row;
}

const struct err *
import_model(struct req *r)
{
	enum { PEOPLE = sizeof people / sizeof *people, ATTENDANCE = sizeof attendance / sizeof *attendance };
	const char *const sheets[] = { tr("People"), tr("Attendance") };
	struct xlsx_table *t;
	int64_t row = 1;
	const struct err *e = xlsx_table_open(r->arena, r->setting->data, &t);

	if (e != NULL)
		return e;
	add_sheet(t, sheets[0], people, PEOPLE);
	add_sheet(t, sheets[1], attendance, ATTENDANCE);
	xlsx_table_sheet(t, tr("How to fill it in"), 3);
	xlsx_table_cell(t, 0, 0, str_of(tr("Sheet of the workbook")), true);
	xlsx_table_cell(t, 0, 1, str_of(tr("Heading")), true);
	xlsx_table_cell(t, 0, 2, str_of(tr("What is understood, for example")), true);
	row = add_words(t, row, sheets[0], people, PEOPLE);
	(void)add_words(t, row, sheets[1], attendance, ATTENDANCE);
	e = xlsx_table_close(t, &r->out->body);
	return e != NULL ? e
			 : reply_file(r, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
			       tr("import-template.xlsx"));
}
