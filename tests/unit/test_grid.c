/* Workbooks as people and programs write them, part by part. */
#include "grid_case.h"

/* ---- XLSX ---- */

static void
every_way_of_writing_a_cell_of_xlsx_is_read(void **state)
{
	struct grid_case *t = *state;

	xlsx_of(t,
	    "<row r='1'><c r='A1' t='inlineStr'><is><t>Nom</t></is></c><c r='C1' t='str'><f>A1&amp;1</f><v> Nom1 </v></c></row>"
	    "<row r='3'><c r='A3'><v>12.5</v></c><c r='B3' t='b'><v>1</v></c><c r='C3' t='b'><v>0</v></c><c r='D3' t='e'><v>#REF!</v></c>"
	    "<c r='E3' t='d'><v>2025-08-31</v></c><c r='F3'/><c r='G3'><f>1+1</f><v>2</v></c></row>",
	    "");
	must_read(t, 0, "1: A=Nom C=Nom1\n3: A#12.5 B?true C?false D!#REF! E@2025-08-31 G#2\n");
}

static void
numbers_are_written_plainly(void **state)
{
	struct grid_case *t = *state;

	xlsx_of(t,
	    "<row><c><v>1.1000000000000001</v></c><c><v>6.12345678E8</v></c><c><v>0.30000000000000004</v></c><c><v>-3</v></c>"
	    "<c><v>1E-3</v></c><c><v>12345678901</v></c><c><v>abc</v></c><c><v>1e999</v></c></row>",
	    "");
	must_read(t, 0, "1: A#1.1 B#612345678 C#0.3 D#-3 E#0.001 F#12345678901 G#abc H#1e999\n");
}

static void
rows_and_cells_may_leave_their_places_out(void **state)
{
	struct grid_case *t = *state;

	xlsx_of(t, "<row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c r='C3'><v>3</v></c><c><v>4</v></c></row>", "");
	must_read(t, 0, "1: A#1 B#2\n3: C#3 D#4\n");
}

static void
texts_are_shared_with_pieces_and_without_their_pronunciation(void **state)
{
	struct grid_case *t = *state;
	const char *const parts[] = { "[Content_Types].xml", case_types, "_rels/.rels", case_rels, "xl/workbook.xml", case_book,
		"xl/_rels/workbook.xml.rels",
		"<Relationships><Relationship Id='rId1' Type='x/worksheet' Target='/xl/worksheets/sheet1.xml'/>"
		"<Relationship Id='rId2' Type='x/sharedStrings' Target='sharedStrings.xml'/></Relationships>",
		"xl/sharedStrings.xml",
		"<sst><si><t>Nom</t></si><si><r><t>Pré</t></r><r><t>nom</t></r><rPh><t>x</t></rPh></si><si><t/></si></sst>",
		"xl/worksheets/sheet1.xml",
		"<worksheet><sheetData><row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c><c r='C1' t='s'><v>2</v></c>"
		"<c r='D1' t='s'><v>99</v></c><c r='E1' t='s'><v>-1</v></c></row></sheetData></worksheet>",
		NULL };

	file_of_parts(t, parts);
	must_read(t, 0, "1: A=Nom B=Prénom\n");
}

static void
read_dates(struct grid_case *t, const char *book, const char *wanted)
{
	const char *const parts[] = { "[Content_Types].xml", case_types, "_rels/.rels", case_rels, "xl/workbook.xml", book,
		"xl/_rels/workbook.xml.rels",
		"<Relationships><Relationship Id='rId1' Type='x/worksheet' Target='worksheets/sheet1.xml'/>"
		"<Relationship Id='rId2' Type='x/styles' Target='styles.xml'/></Relationships>",
		"xl/styles.xml",
		"<styleSheet><numFmts><numFmt numFmtId='164' formatCode='dd/mm/yyyy'/><numFmt numFmtId='165' formatCode='[h]:mm'/>"
		"<numFmt numFmtId='166' formatCode='0.00\" jours\"'/><numFmt numFmtId='167' formatCode='[Red]General'/>"
		"<numFmt numFmtId='168' formatCode='mmmm'/></numFmts><cellStyleXfs><xf numFmtId='14'/></cellStyleXfs>"
		"<cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='164'/><xf numFmtId='165'/><xf numFmtId='166'/>"
		"<xf numFmtId='20'/><xf numFmtId='168'/></cellXfs></styleSheet>",
		"xl/worksheets/sheet1.xml",
		"<worksheet><sheetData><row r='1'><c s='0'><v>45900</v></c><c s='1'><v>45900</v></c><c s='2'><v>45900.5</v></c>"
		"<c s='3'><v>1.145833333</v></c><c s='4'><v>12</v></c><c s='5'><v>0.375</v></c><c s='6'><v>45900</v></c>"
		"<c s='1'><v>1</v></c><c s='1'><v>59</v></c><c s='1'><v>61</v></c><c s='1'><v>-5</v></c><c s='1'><v>1e15</v></c>"
		"<c s='99'><v>7</v></c></row></sheetData></worksheet>",
		NULL };

	file_of_parts(t, parts);
	must_read(t, 0, wanted);
}

static void
dates_are_told_by_their_format(void **state)
{
	read_dates(*state, case_book,
	    "1: A#45900 B@2025-08-31 C@2025-08-31 12:00 D%27:30 E#12 F%9:00 G@2025-08-31 H@1900-01-01 I@1900-02-28 J@1900-03-01 K#-5 "
	    "L#1e15 M#7\n");
}

static void
workbooks_of_old_macintoshes_count_from_1904(void **state)
{
	read_dates(*state,
	    "<workbook xmlns:r='r'><workbookPr date1904='1'/><sheets><sheet name='Liste' sheetId='1' r:id='rId1'/></sheets></workbook>",
	    "1: A#45900 B@2029-09-01 C@2029-09-01 12:00 D%27:30 E#12 F%9:00 G@2029-09-01 H@1904-01-02 I@1904-02-29 J@1904-03-02 K#-5 "
	    "L#1e15 M#7\n");
}

static void
merged_cells_count_for_the_rows_below(void **state)
{
	struct grid_case *t = *state;

	xlsx_of(t,
	    "<row r='1'><c r='A1' t='str'><v>Titre</v></c></row><row r='2'><c r='A2' t='str'><v>Groupe A</v></c><c r='B2'><v>1</v></c></row>"
	    "<row r='3'><c r='B3'><v>2</v></c></row><row r='4'/><row r='5'><c r='B5'><v>3</v></c></row>",
	    "<mergeCells><mergeCell ref='A1:D1'/><mergeCell ref='A2:A4'/><mergeCell ref='Z9'/><mergeCell ref='ZZZZZZZZ1:A2'/></mergeCells>");
	must_read(t, 0, "1: A=Titre\n2: A=Groupe A B#1\n3: A^=Groupe A B#2\n5: B#3\n");
}

static void
sheets_are_listed_with_those_that_are_hidden(void **state)
{
	struct grid_case *t = *state;
	const char *const parts[] = { "[Content_Types].xml", case_types, "_rels/.rels", case_rels, "xl/workbook.xml",
		"<workbook xmlns:r='r'><sheets><sheet name='Élèves &amp; co' sheetId='1' r:id='a'/><sheet name='Cachée' state='hidden' "
		"sheetId='2' r:id='b'/><sheet name='Graphique' sheetId='3' r:id='c'/><sheet name='Rien' sheetId='4' r:id='zz'/></sheets></workbook>",
		"xl/_rels/workbook.xml.rels",
		"<Relationships><Relationship Id='a' Type='x/worksheet' Target='worksheets/un.xml'/><Relationship Id='b' Type='x/worksheet' "
		"Target='worksheets/deux.xml'/><Relationship Id='c' Type='x/chartsheet' Target='c.xml'/></Relationships>",
		"xl/worksheets/un.xml", "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>",
		"xl/worksheets/deux.xml",
		"<worksheet><sheetData><row r='7'><c r='AB7'><v>2</v></c></row></sheetData></worksheet>", NULL };
	const struct grid_sheet *sheets;
	struct grid_size size;

	file_of_parts(t, parts);
	must_open(t);
	assert_int_equal(grid_sheets(t->grid, &sheets), 2);
	assert_true(str_is(sheets[0].name, "Élèves & co") && !sheets[0].hidden);
	assert_true(str_is(sheets[1].name, "Cachée") && sheets[1].hidden);
	assert_null(grid_measure(t->grid, 1, &size));
	assert_int_equal(size.rows, 7);
	assert_int_equal(size.filled, 1);
	assert_int_equal(size.columns, 28);
	must_read(t, 1, "7: AB#2\n");
	must_read(t, 0, "1: A#1\n");
	must_read(t, 1, "7: AB#2\n");
}

/* ---- ODS ---- */

static void
every_way_of_writing_a_cell_of_ods_is_read(void **state)
{
	struct grid_case *t = *state;

	ods_of(t,
	    "<table:table table:name='Liste'><table:table-row>"
	    "<table:table-cell office:value-type='string'><text:p>Nom</text:p></table:table-cell>"
	    "<table:table-cell office:value-type='date' office:date-value='2025-08-31'><text:p>31/08/25</text:p></table:table-cell>"
	    "<table:table-cell office:value-type='time' office:time-value='PT27H30M00S'><text:p>27:30</text:p></table:table-cell>"
	    "<table:table-cell office:value-type='float' office:value='12.50'><text:p>12,50</text:p></table:table-cell>"
	    "<table:table-cell office:value-type='boolean' office:boolean-value='true'><text:p>VRAI</text:p></table:table-cell>"
	    "<table:table-cell office:value-type='currency' office:value='1000'><text:p>1 000 €</text:p></table:table-cell>"
	    "<table:table-cell office:value-type='string'><office:annotation><text:p>remarque</text:p></office:annotation>"
	    "<text:p>deux<text:s text:c='2'/>mots</text:p><text:p>deux <text:span>lignes</text:span></text:p></table:table-cell>"
	    "</table:table-row></table:table>");
	must_read(t, 0, "1: A=Nom B@2025-08-31 C%27:30 D#12.5 E?true F#1000 G=deux  mots\ndeux lignes\n");
}

static void
repeated_cells_and_rows_of_ods_stand_for_as_many(void **state)
{
	struct grid_case *t = *state;

	ods_of(t,
	    "<table:table table:name='Liste'><table:table-row table:number-rows-repeated='3'/>"
	    "<table:table-row table:number-rows-repeated='2'><table:table-cell table:number-columns-repeated='2'/>"
	    "<table:table-cell table:number-columns-repeated='2' office:value-type='string'><text:p>x</text:p></table:table-cell>"
	    "<table:table-cell table:number-columns-repeated='16380'/></table:table-row>"
	    "<table:table-row><table:table-cell office:value-type='float' office:value='1'/></table:table-row>"
	    "<table:table-row table:number-rows-repeated='1048570'><table:table-cell table:number-columns-repeated='16384'/></table:table-row>"
	    "</table:table>");
	must_read(t, 0, "4: C=x D=x\n5: C=x D=x\n6: A#1\n");
}

static void
merged_cells_of_ods_count_for_the_rows_below(void **state)
{
	struct grid_case *t = *state;

	ods_of(t, "<table:table table:name='Liste'><table:table-row><table:table-cell table:number-rows-spanned='2' "
		  "table:number-columns-spanned='1' office:value-type='string'><text:p>Groupe</text:p></table:table-cell>"
		  "<table:table-cell office:value-type='float' office:value='1'/></table:table-row><table:table-row>"
		  "<table:covered-table-cell office:value-type='string'><text:p>caché</text:p></table:covered-table-cell>"
		  "<table:table-cell office:value-type='float' office:value='2'/></table:table-row></table:table>");
	must_read(t, 0, "1: A=Groupe B#1\n2: A^=Groupe B#2\n");
}

static void
sheets_of_ods_are_listed_with_those_that_are_hidden(void **state)
{
	struct grid_case *t = *state;
	const struct grid_sheet *sheets;

	ods_of(t,
	    "<style:style style:name='ta1'><style:table-properties table:display='true'/></style:style>"
	    "<style:style style:name='ta2'><style:table-properties table:display='false'/></style:style>"
	    "<table:table table:name='Une' table:style-name='ta1'><table:table-row><table:table-cell office:value-type='float' "
	    "office:value='1'/></table:table-row></table:table><table:table table:name='Deux' table:style-name='ta2'><table:table-row>"
	    "<table:table-cell office:value-type='float' office:value='2'/></table:table-row></table:table>");
	must_open(t);
	assert_int_equal(grid_sheets(t->grid, &sheets), 2);
	assert_true(str_is(sheets[0].name, "Une") && !sheets[0].hidden);
	assert_true(str_is(sheets[1].name, "Deux") && sheets[1].hidden);
	must_read(t, 1, "1: A#2\n");
	must_read(t, 0, "1: A#1\n");
}

/* ---- CSV ---- */

static void
csv_is_read_in_utf8_with_or_without_its_mark(void **state)
{
	struct grid_case *t = *state;

	file_of(t, S("\xef\xbb\xbfPrénom;Ville\nZoé;\"Aix;\"\n"));
	must_read(t, 0, "1: A=Prénom B=Ville\n2: A=Zoé B=Aix;\n");
	file_of(t, S("Prénom,Ville\r\nZoé,Aix\r\n\r\nÉloi,\"Or\"\"\"\r\n"));
	must_read(t, 0, "1: A=Prénom B=Ville\n2: A=Zoé B=Aix\n4: A=Éloi B=Or\"\n");
	file_of(t, S("Prénom\tVille\nZoé\t\n"));
	must_read(t, 0, "1: A=Prénom B=Ville\n2: A=Zoé\n");
}

static void
csv_in_the_alphabet_of_windows_is_told_by_its_bytes(void **state)
{
	struct grid_case *t = *state;

	file_of(t, S("Pr\xe9nom;Co\xfbt\nZo\xe9;3 \x80\n\x8cuvre;\x93"
		     "a\x94 \x81\n"));
	must_read(t, 0, "1: A=Prénom B=Coût\n2: A=Zoé B=3 €\n3: A=Œuvre B=“a” \xef\xbf\xbd\n");
}

static void
the_separator_is_the_one_that_makes_lines_alike(void **state)
{
	struct grid_case *t = *state;

	file_of(t, S("Nom;Heures\nUn;1,5\nDeux;2,5\nTrois;3,75\n"));
	must_read(t, 0, "1: A=Nom B=Heures\n2: A=Un B=1,5\n3: A=Deux B=2,5\n4: A=Trois B=3,75\n");
	file_of(t, S("Liste, du mardi\nNom;Heures\nUn;1\nDeux;2\n"));
	must_read(t, 0, "1: A=Liste, du mardi\n2: A=Nom B=Heures\n3: A=Un B=1\n4: A=Deux B=2\n");
	file_of(t, S("sep=,\nNom,Ville\nUn,Aix\n"));
	must_read(t, 0, "2: A=Nom B=Ville\n3: A=Un B=Aix\n");
	file_of(t, S("Nom\nUn\nDeux\n"));
	must_read(t, 0, "1: A=Nom\n2: A=Un\n3: A=Deux\n");
}

static void
rows_of_csv_that_cannot_be_trusted_say_so(void **state)
{
	struct grid_case *t = *state;

	file_of(t, S("Nom;Ville\nUn;\"A\"ix\nDeux;Or\n"));
	must_read(t, 0, "1: A=Nom B=Ville\n2: A=Un fault\n3: A=Deux B=Or\n");
	file_of(t, S("Prénom;Été\nZoé;Éa\nÉ;\xff\n"));
	must_read(t, 0, "1: A=Prénom B=Été\n2: A=Zoé B=Éa\n3: A=É fault\n");
}

static void
columns_have_their_letters(void **state)
{
	char to[GRID_LETTERS];

	(void)state;
	assert_true(str_is(grid_letters(0, to), "A") && str_is(grid_letters(25, to), "Z") && str_is(grid_letters(26, to), "AA"));
	assert_true(str_is(grid_letters(51, to), "AZ") && str_is(grid_letters(511, to), "SR"));
}

int
main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, grid_case_start, grid_case_end)
	const struct CMUnitTest tests[] = {
		CASE(every_way_of_writing_a_cell_of_xlsx_is_read),
		CASE(numbers_are_written_plainly),
		CASE(rows_and_cells_may_leave_their_places_out),
		CASE(texts_are_shared_with_pieces_and_without_their_pronunciation),
		CASE(dates_are_told_by_their_format),
		CASE(workbooks_of_old_macintoshes_count_from_1904),
		CASE(merged_cells_count_for_the_rows_below),
		CASE(sheets_are_listed_with_those_that_are_hidden),
		CASE(every_way_of_writing_a_cell_of_ods_is_read),
		CASE(repeated_cells_and_rows_of_ods_stand_for_as_many),
		CASE(merged_cells_of_ods_count_for_the_rows_below),
		CASE(sheets_of_ods_are_listed_with_those_that_are_hidden),
		CASE(csv_is_read_in_utf8_with_or_without_its_mark),
		CASE(csv_in_the_alphabet_of_windows_is_told_by_its_bytes),
		CASE(the_separator_is_the_one_that_makes_lines_alike),
		CASE(rows_of_csv_that_cannot_be_trusted_say_so),
		CASE(columns_have_their_letters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
