#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cli/protect.h"

struct reading {
	struct arena *arena;
	struct problem_sink *sink;
	str file;
	int64_t line;
};

static void
fault(struct reading *r, const char *column, str value, const char *expected)
{
	problem_add(r->sink,
	    &(struct problem){
		.file = r->file, .line = r->line, .column = str_of(column), .value = value, .expected = str_of(expected) });
}

static const char *
column_name(int column)
{
	return column == 0 ? "scope" : eight_names[column - 1];
}

static int
column_named(str name)
{
	for (int i = 0; i < PROTECT_COLUMNS; i++) {
		if (str_is(str_trim(name), column_name(i)))
			return i;
	}
	return -1;
}

/* A column that is not known would leave unprotected: it is refused, and so is one that stands twice. */
static bool
read_header(struct reading *r, const struct csv_record *header, int *columns)
{
	bool seen[PROTECT_COLUMNS] = { false }, right = true;

	for (size_t i = 0; i < header->n; i++) {
		int column = column_named(header->cells[i]);

		if (column >= 0 && !seen[column]) {
			columns[i] = column;
			seen[column] = true;
			continue;
		}
		r->line = header->line;
		fault(r, "", header->cells[i],
		    column < 0 ? tr("the columns scope, total, men, women, under25, bpi, bpi_men, bpi_women, bpi_under25 alone: "
				    "another one would be published as it is, so take it out")
			       : tr("each column once: take one of the two out"));
		right = false;
	}
	for (int i = 0; i < PROTECT_COLUMNS; i++) {
		if (seen[i])
			continue;
		r->line = header->line;
		fault(r, column_name(i), S(""),
		    tr("this column in the first line: without all eight cells nobody can tell what follows from them"));
		right = false;
	}
	return right;
}

static bool
read_count(struct reading *r, int column, str cell, int64_t *to)
{
	number n = str_number(str_trim(cell));

	*to = n.value;
	if (n.ok && n.value >= 0 && n.value <= EIGHT_MOST)
		return true;
	fault(r, column_name(column), cell,
	    n.ok && n.value < 0 ? tr("a count of people: 0 or more")
				: tr("a whole number from 0 to 1000000000, written in digits alone"));
	return false;
}

/* What must hold between the cells: a part and its whole, or two parts that make a whole. */
static const struct cell_rule {
	enum eight_cell part, other, whole; /* other == part: the part alone must not exceed the whole */
} cell_rules[] = {
	{ EIGHT_MEN, EIGHT_WOMEN, EIGHT_TOTAL },
	{ EIGHT_BPI_MEN, EIGHT_BPI_WOMEN, EIGHT_BPI },
	{ EIGHT_UNDER25, EIGHT_UNDER25, EIGHT_TOTAL },
	{ EIGHT_BPI, EIGHT_BPI, EIGHT_TOTAL },
	{ EIGHT_BPI_MEN, EIGHT_BPI_MEN, EIGHT_MEN },
	{ EIGHT_BPI_WOMEN, EIGHT_BPI_WOMEN, EIGHT_WOMEN },
	{ EIGHT_BPI_UNDER25, EIGHT_BPI_UNDER25, EIGHT_BPI },
	{ EIGHT_BPI_UNDER25, EIGHT_BPI_UNDER25, EIGHT_UNDER25 },
};

/* One rule; the sentence says the numbers that do not go together, so that the right one can be found. */
static void
check_rule(struct reading *r, const struct cell_rule *rule, const int64_t *of)
{
	const char *part = eight_names[rule->part], *other = eight_names[rule->other], *whole = eight_names[rule->whole];
	int64_t a = of[rule->part], b = of[rule->other], w = of[rule->whole];

	if (rule->part != rule->other && a + b != w)
		fault(r, whole, str_format(r->arena, "%" PRId64, w),
		    str_format(r->arena,
			tr("%s + %s = %" PRId64 " + %" PRId64 " = %" PRId64
			   ": correct one of the three; somebody whose sex is not known cannot stand in such a table"),
			part, other, a, b, a + b)
			.s);
	else if (rule->part == rule->other && a > w)
		fault(r, part, str_format(r->arena, "%" PRId64, a),
		    str_format(r->arena, tr("at most %s, which is %" PRId64 ": a part cannot be more than its whole"), whole, w)
			.s);
}

static bool
check_cells(struct reading *r, const struct eight *table)
{
	const int64_t *of = table->of;
	size_t before = r->sink->faults;
	int64_t others = of[EIGHT_TOTAL] - of[EIGHT_BPI], young = of[EIGHT_UNDER25] - of[EIGHT_BPI_UNDER25];

	for (size_t i = 0; i < sizeof cell_rules / sizeof *cell_rules; i++)
		check_rule(r, &cell_rules[i], of);
	if (before == r->sink->faults && young > others)
		fault(r, eight_names[EIGHT_UNDER25], str_format(r->arena, "%" PRId64, of[EIGHT_UNDER25]),
		    str_format(r->arena,
			tr("at most %" PRId64 ": %" PRId64 " under 25 with protection, and only %" PRId64 " people without"),
			of[EIGHT_BPI_UNDER25] + others, of[EIGHT_BPI_UNDER25], others)
			.s);
	return before == r->sink->faults;
}

static bool
read_row(struct reading *r, const struct csv_record *record, const int *columns, struct protect_row *row)
{
	bool right = true;

	r->line = row->line = record->line;
	for (size_t i = 0; i < record->n; i++) {
		if (columns[i] > 0) {
			right &= read_count(r, columns[i], record->cells[i], &row->table.of[columns[i] - 1]);
			continue;
		}
		row->scope = str_dup(r->arena, record->cells[i]);
		if (str_trim(row->scope).len == 0) {
			fault(r, column_name(0), S(""), tr("what the row is about: a name, a sheet, a date"));
			right = false;
		}
	}
	return right && check_cells(r, &row->table);
}

static void
keep(struct arena *a, struct protect_input *to, const struct protect_row *row)
{
	if (to->n == to->cap) {
		struct protect_row *more = ARENA_ARRAY(a, to->cap = to->cap * 2 + 16, struct protect_row);

		if (to->n > 0)
			memcpy(more, to->v, to->n * sizeof *more);
		to->v = more;
	}
	to->v[to->n++] = *row;
}

const struct err *
protect_read(struct arena *a, struct csv_source *from, str file, struct problem_sink *sink, struct protect_input *to)
{
	struct reading r = { .arena = a, .sink = sink, .file = file };
	struct csv_reader *csv = csv_open(a, from, file, sink);
	int columns[CSV_CELLS] = { 0 };
	const struct err *e;
	struct csv_record record;
	bool known;

	*to = (struct protect_input){ 0 };
	if (!csv_next(csv, &record, &e)) {
		if (e == NULL && sink->faults == 0)
			fault(&r, "", S(""), tr("a first line with the names of the columns"));
		csv_close(csv);
		return e;
	}
	known = read_header(&r, &record, columns);
	memcpy(to->columns, columns, sizeof to->columns);
	while (csv_next(csv, &record, &e)) {
		struct protect_row row = { 0 };

		if (known && !record.wrong && read_row(&r, &record, columns, &row))
			keep(a, to, &row);
	}
	csv_close(csv);
	if (e == NULL && sink->faults == 0 && to->n == 0)
		fault(&r, "", S(""), tr("at least one row under the names of the columns"));
	return e;
}
