/* Files that are no workbook, that are damaged, or that were made to fill a memory: each is refused in words, with what to do. */
#include "grid_case.h"

#include "base/err.h"

/* So many times the same piece, between a beginning and an end. */
static const char *
repeated(struct grid_case *t, const char *begin, const char *piece, size_t times, const char *end)
{
	struct buf b = { 0 };
	const char *out;

	buf_add(&b, str_of(begin));
	for (size_t i = 0; i < times; i++)
		buf_add(&b, str_of(piece));
	buf_add(&b, str_of(end));
	out = str_z(&t->arena, buf_str(&b));
	buf_release(&b);
	return out;
}

static void
what_is_no_workbook_is_told_for_what_it_is(void **state)
{
	struct grid_case *t = *state;
	const char *const document[] = { "[Content_Types].xml", case_types, "_rels/.rels",
		"<Relationships><Relationship Id='a' Type='x/officeDocument' Target='word/document.xml'/></Relationships>",
		"word/document.xml", "<w/>", NULL };
	const char *const binary[] = { "[Content_Types].xml", case_types, "_rels/.rels",
		"<Relationships><Relationship Id='a' Type='x/officeDocument' Target='xl/workbook.bin'/></Relationships>",
		"xl/workbook.bin", "x", NULL };
	const char *const other[] = { "readme.txt", "x", NULL };

	file_of(t, S(""));
	must_refuse(t, "is empty");
	file_of(t, S("%PDF-1.7\n"));
	must_refuse(t, "is a page or a document");
	file_of(t, S("\n <html><table><tr><td>Nom</td></tr></table></html>"));
	must_refuse(t, "is a page or a document");
	file_of(t, S("\xff\xfeN\0o\0m\0"));
	must_refuse(t, "UTF-16");
	file_of(t, S("GIF89a\0\0\0\0"));
	must_refuse(t, "is no spreadsheet");
	file_of_parts(t, document);
	must_refuse(t, "is no spreadsheet");
	file_of_parts(t, binary);
	must_refuse(t, ".xlsb");
	file_of_parts(t, other);
	must_refuse(t, "is no spreadsheet");
}

static void
old_and_protected_files_are_told_apart(void **state)
{
	struct grid_case *t = *state;

	file_of(t, S("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
		     "W\0o\0r\0k\0b\0o\0o\0k\0"));
	must_refuse(t, "before 2007 (.xls)");
	file_of(t, S("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
		     "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"));
	must_refuse(t, "protected by a password");
}

static void
a_protected_ods_is_told(void **state)
{
	struct grid_case *t = *state;
	const char *const parts[] = { "mimetype", "x", "content.xml", "\x01\x02", "META-INF/manifest.xml",
		"<manifest:manifest><manifest:encryption-data/></manifest:manifest>", NULL };

	file_of_parts(t, parts);
	must_refuse(t, "protected by a password");
}

static void
a_file_that_is_cut_is_damaged(void **state)
{
	struct grid_case *t = *state;
	static char bytes[1 << 16];
	ssize_t n;

	xlsx_of(t, repeated(t, "", "<row><c><v>1</v></c></row>", 300, ""), "");
	n = pread(t->file, bytes, sizeof bytes, 0);
	for (ssize_t cut = 4; cut < n; cut += 97) {
		file_of(t, (str){ bytes, (size_t)cut });
		must_refuse(t, "is damaged");
	}
	xlsx_of(t, "<row><c><v>1</v></c></row><row><c>", "");
	must_refuse(t, "is damaged");
	ods_of(t, "<table:table table:name='a'><table:table-row>");
	must_refuse(t, "is damaged");
}

static void
parts_that_are_missing_are_told(void **state)
{
	struct grid_case *t = *state;
	const char *const parts[] = { "[Content_Types].xml", case_types, "_rels/.rels", case_rels, "xl/workbook.xml", case_book,
		"xl/_rels/workbook.xml.rels", case_book_rels, NULL };
	const char *const none[] = { "[Content_Types].xml", case_types, "_rels/.rels", case_rels, "xl/workbook.xml",
		"<workbook><sheets/></workbook>", NULL };

	file_of_parts(t, parts);
	must_refuse(t, "is damaged");
	file_of_parts(t, none);
	must_refuse(t, "holds no sheet");
}

static void
a_document_type_is_refused_with_all_its_laughs(void **state)
{
	struct grid_case *t = *state;
	const char *laughs =
	    "<!DOCTYPE w [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]>"
	    "<worksheet><sheetData><row><c t='str'><v>&c;</v></c></row></sheetData></worksheet>";
	const char *outside =
	    "<!DOCTYPE w [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><worksheet><sheetData><row><c t='str'><v>&a;</v></c></row>"
	    "</sheetData></worksheet>";
	const char *const parts[] = { "[Content_Types].xml", case_types, "_rels/.rels", case_rels, "xl/workbook.xml", case_book,
		"xl/_rels/workbook.xml.rels", case_book_rels, "xl/worksheets/sheet1.xml", laughs, NULL };
	const char *const reaching[] = { "[Content_Types].xml", case_types, "_rels/.rels", case_rels, "xl/workbook.xml",
		case_book, "xl/_rels/workbook.xml.rels", case_book_rels, "xl/worksheets/sheet1.xml", outside, NULL };

	file_of_parts(t, parts);
	must_refuse(t, "is damaged");
	file_of_parts(t, reaching);
	must_refuse(t, "is damaged");
}

static void
a_part_that_expands_beyond_measure_is_refused_before_it_does(void **state)
{
	struct grid_case *t = *state;

	xlsx_of(t, repeated(t, "", "<row><c><v>1</v></c></row>", 800000, ""), "");
	must_refuse(t, "expands beyond measure");
	ods_of(t, repeated(t, "<table:table table:name='a'>", "<table:table-row></table:table-row>", 800000, "</table:table>"));
	must_refuse(t, "expands beyond measure");
}

static void
too_many_columns_and_rows_are_refused(void **state)
{
	struct grid_case *t = *state;

	xlsx_of(t, "<row><c r='SR1'><v>1</v></c></row>", "");
	must_read(t, 0, "1: SR#1\n");
	xlsx_of(t, "<row><c r='SS1'><v>1</v></c></row>", "");
	must_refuse(t, "beyond column 512");
	xlsx_of(t, "<row><c r='SS1'/><c r='XFD1' t='str'><v> </v></c><c r='A1'><v>1</v></c></row>", "");
	must_read(t, 0, "1: A#1\n");
	xlsx_of(t, "<row r='50001'><c r='A50001'><v>1</v></c></row>", "");
	must_refuse(t, "beyond row 50000");
	xlsx_of(t, repeated(t, "<row>", "<c><v>1</v></c>", 100000, "</row>"), "");
	must_refuse(t, "beyond column 512");
	ods_of(t, "<table:table table:name='a'><table:table-row><table:table-cell table:number-columns-repeated='1000000' "
		  "office:value-type='float' office:value='1'/></table:table-row></table:table>");
	must_refuse(t, "beyond column 512");
	ods_of(t, "<table:table table:name='a'><table:table-row table:number-rows-repeated='999999999999'><table:table-cell "
		  "office:value-type='float' office:value='1'/></table:table-row></table:table>");
	must_refuse(t, "beyond row 50000");
	file_of(t, str_of(repeated(t, "Nom", ";a", 1000000, "\n")));
	must_refuse(t, "beyond column 512");
	file_of(t, str_of(repeated(t, "", "a;b\n", 50001, "")));
	must_refuse(t, "beyond row 50000");
}

static void
elements_without_end_and_words_without_end_are_refused(void **state)
{
	struct grid_case *t = *state;

	xlsx_of(t, repeated(t, "", "<a>", 100000, ""), "");
	must_refuse(t, "is damaged");
	xlsx_of(t, repeated(t, "<row><c r='", "A", 3000000, "1'/></row>"), "");
	must_refuse(t, "is damaged");
	xlsx_of(t, repeated(t, "<row><c t='str'><v>", "long", 300000, "</v></c></row>"), "");
	must_open(t);
	{
		struct grid_row row;
		const struct err *err = grid_start(t->grid, 0);

		assert_null(err);
		assert_true(grid_next(t->grid, &row, &err));
		assert_int_equal(row.cells[0].text.len, GRID_CELL);
	}
}

/* What the directory of a zip promises costs memory before anything is read. */
static void
a_directory_of_very_many_parts_is_refused(void **state)
{
	struct grid_case *t = *state;
	const char **parts = calloc(10100, sizeof *parts);

	assert_non_null(parts);
	for (size_t i = 0; i < 5000; i++) {
		parts[i * 2] = str_format(&t->arena, "xl/%zu", i).s;
		parts[i * 2 + 1] = "";
	}
	file_of_parts(t, parts);
	must_refuse(t, "more parts than a spreadsheet");
	free(parts);
}

static void
bytes_that_are_no_text_are_refused(void **state)
{
	struct grid_case *t = *state;

	xlsx_of(t, "<row><c t='str'><v>\xff\xfe</v></c></row>", "");
	must_refuse(t, "is damaged");
	xlsx_of(t, "<row><c t='str'><v>&#0;</v></c></row>", "");
	must_refuse(t, "is damaged");
	file_of(t, S("Nom;Ville\nUn;A\0ix\n"));
	must_refuse(t, "is no spreadsheet");
}

static void
places_that_lie_are_put_in_order(void **state)
{
	struct grid_case *t = *state;

	xlsx_of(t,
	    "<row r='5'><c r='B9'><v>2</v></c><c r='A5'><v>1</v></c></row><row r='3'><c r='A3'><v>3</v></c></row>"
	    "<row r='99999999999999999999'><c r='A1'><v>4</v></c></row><row r='-1'><c r='a1'><v>5</v></c><c r='1A'><v>6</v></c></row>",
	    "");
	must_read(t, 0, "5: A#1 B#2\n6: A#3\n7: A#4\n8: A#5 B#6\n");
}

int
main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, grid_case_start, grid_case_end)
	const struct CMUnitTest tests[] = {
		CASE(what_is_no_workbook_is_told_for_what_it_is),
		CASE(old_and_protected_files_are_told_apart),
		CASE(a_protected_ods_is_told),
		CASE(a_file_that_is_cut_is_damaged),
		CASE(parts_that_are_missing_are_told),
		CASE(a_document_type_is_refused_with_all_its_laughs),
		CASE(a_part_that_expands_beyond_measure_is_refused_before_it_does),
		CASE(too_many_columns_and_rows_are_refused),
		CASE(elements_without_end_and_words_without_end_are_refused),
		CASE(a_directory_of_very_many_parts_is_refused),
		CASE(bytes_that_are_no_text_are_refused),
		CASE(places_that_lie_are_put_in_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
