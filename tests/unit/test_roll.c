/* Registers: how a roll is packed, saved as a whole or line by line, imported in any order, and watched over. */
#include "bundle_case.h"

#include "db/journal.h"
#include "exchange/importing.h"
#include "model/roll.h"
#include "model/verify.h"
#include "sql.h"

static const struct entity *const attendances = &entities[ENTITY_attendances];
static const struct entity *const of_trainees = &entities[ENTITY_trainee_attendances];

/* ---- packed ---- */

static struct attendance
line(int64_t session, int64_t person, int64_t minutes, int64_t excused)
{
	return (struct attendance){ .session = session, .person = person, .minutes = minutes, .excused = excused };
}

static void
what_is_packed_comes_back(void **state)
{
	struct attendance lines[] = { line(7, 1, 0, 1), line(7, 2, 90, NUMBER_NONE), line(7, 130, COUNT_MAX, 0),
		line(7, INT64_MAX, 1, NUMBER_NONE) };
	struct roll r = { .owner = 7, .version = 3, .n = 4, .v = lines }, back = { .owner = 7, .version = 3 };
	struct arena a = { 0 };
	struct buf packed = { 0 };

	(void)state;
	roll_pack(attendances, &r, &packed);
	assert_true(roll_unpack(attendances, buf_str(&packed), &a, &back));
	assert_int_equal(back.n, 4);
	for (size_t i = 0; i < 4; i++) {
		const struct attendance *x = roll_line(attendances, &back, i);

		assert_int_equal(x->record.id, 7);
		assert_int_equal(x->record.version, 3);
		for (size_t k = 0; k < attendances->n; k++)
			assert_true(field_equal(&attendances->fields[k], x, &lines[i]));
	}
	buf_release(&packed);
	arena_release(&a);
}

static void
the_bytes_are_those_described(void **state)
{
	struct attendance lines[] = { line(7, 300, 90, NUMBER_NONE), line(7, 301, 0, 1) };
	struct roll r = { .owner = 7, .n = 2, .v = lines };
	struct buf packed = { 0 };

	(void)state;
	roll_pack(attendances, &r, &packed);
	assert_int_equal(packed.len, 8);
	assert_memory_equal(packed.s, "\2\xac\2\x5b\0\1\1\2", 8);
	buf_release(&packed);
}

/* One that was written when lines had one value less: what came later is not known. */
static void
an_older_roll_has_fewer_values(void **state)
{
	struct roll r = { .owner = 7 };
	struct arena a = { 0 };
	const struct attendance *x;

	(void)state;
	assert_true(roll_unpack(attendances, S("\1\5\x3d"), &a, &r));
	assert_int_equal(r.n, 1);
	x = r.v;
	assert_int_equal(x->person, 5);
	assert_int_equal(x->minutes, 60);
	assert_int_equal(x->excused, NUMBER_NONE);
	arena_release(&a);
}

static void
what_the_program_did_not_write_is_refused(void **state)
{
	static const struct {
		const char *what;
		str bytes;
	} wrong[] = {
		{ "nothing at all", { "", 0 } },
		{ "no value", { "\0\1", 2 } },
		{ "more values than there are fields", { "\3\1\2\2\2", 5 } },
		{ "half a line", { "\2\1\2", 3 } },
		{ "half a number", { "\2\1\x80", 3 } },
		{ "a number longer than needed", { "\2\x81\0\2\0", 5 } },
		{ "a number of more than 63 bits", { "\2\xff\xff\xff\xff\xff\xff\xff\xff\xff\1\2\0", 13 } },
		{ "nobody", { "\2\0\2\0", 4 } },
		{ "the same person twice", { "\2\1\2\0\0\2\0", 7 } },
		{ "keys beyond 63 bits", { "\2\xff\xff\xff\xff\xff\xff\xff\xff\x7f\2\0\1\2\0", 15 } },
		{ "neither yes nor no", { "\2\1\2\3", 4 } },
		{ "more minutes than anybody has", { "\2\1\x82\xa8\xd6\xb9\x07\0", 8 } },
	};
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct roll r = { .owner = 7 };

		if (roll_unpack(attendances, wrong[i].bytes, &a, &r))
			fail_msg("%s was taken", wrong[i].what);
	}
	arena_release(&a);
}

/* ---- stored ---- */

#define CONTRACT                                                                                                              \
	"territories.csv", "ref,name,kind\nv,V,commune\n", "contracts.csv", "ref,territory_ref,kind,title\nc,v,ctai,C\n",     \
	    "sheets.csv", "ref,contract_ref,kind,number,title,audience,recording\nf,c,action,1,F,mixed,nominal\n",            \
	    "actions.csv", "ref,sheet_ref,title,audience\na,f,A,mixed\n", "people.csv", "ref\np1\np2\np3\n", "statuses.csv",  \
	    "person_ref,status,since\np1,refugee,2020-01-01\np2,refugee,2020-01-01\np3,refugee,2020-01-01\n", "sessions.csv", \
	    "ref,action_ref,held_on,minutes,kind,audience,state\n"                                                            \
	    "s1,a,2023-01-09,60,training,newcomers,held\ns2,a,2023-01-10,60,training,newcomers,held\n"                        \
	    "s3,a,2023-01-11,60,training,newcomers,held\n"
#define HEADER "session_ref,person_ref,minutes,excused\n"

static const char *const sorted[] = { CONTRACT, "attendances.csv",
	HEADER "s1,p1,60,\ns1,p2,0,yes\ns2,p2,45,\ns3,p1,60,no\ns3,p3,30,\n", NULL };

static struct import_count
lines_imported(struct db_case *t, const char *lines)
{
	const char *const files[] = { "attendances.csv", lines, NULL };

	return case_imported(t, case_bundle(t, "lines", files)).of[ENTITY_attendances];
}

static void
assert_counts(struct import_count c, int64_t inserted, int64_t updated, int64_t unchanged)
{
	assert_int_equal(c.inserted, inserted);
	assert_int_equal(c.updated, updated);
	assert_int_equal(c.unchanged, unchanged);
	assert_int_equal(c.rows, inserted + updated + unchanged);
}

static int64_t
journaled(struct db *db)
{
	static const struct sql count = { "count_rolls", "select count(*) from journal where entity = 'attendances'", NULL };

	return case_int(db, &count);
}

static int64_t
key_of(struct db_case *t, enum entity_number of, const char *ref)
{
	int64_t key;

	ok(entity_key_of_ref(t->db, 1, &entities[of], str_of(ref), &key));
	assert_true(key > 0);
	return key;
}

static struct roll
roll_of(struct db_case *t, const char *session)
{
	struct roll r;

	ok(roll_read(t->db, 1, attendances, key_of(t, ENTITY_sessions, session), &t->arena, &r));
	return r;
}

static void
begin(struct db_case *t, struct save *s)
{
	ok(db_begin_write(t->db));
	ok(save_open(s, t->db,
	    &(struct change){ .territory = 1, .at = S("2025-06-15T12:00:00.000Z"), .actor = S("tester"), .cause = S("test") },
	    case_epoch_ms));
}

static void
end(struct db_case *t, struct save *s)
{
	save_close(s);
	ok(db_end(t->db, NULL));
}

static void
note_break(void *to, const char *entity, int64_t record, int64_t part, const char *what)
{
	buf_format(to, "%s %s%s%s\n", entity, record != 0 ? "r " : "", part != 0 ? "p " : "", what);
}

static void
assert_breaks(struct db_case *t, const char *wanted)
{
	struct verify_report report;
	struct buf found = { 0 };

	ok(db_begin_read(t->db));
	ok(verify_records(t->db, note_break, &found, &report));
	ok(db_end(t->db, NULL));
	buf_char(&found, '\0');
	assert_string_equal(found.s, wanted);
	buf_release(&found);
}

static void
a_register_is_one_row_of_the_journal(void **state)
{
	struct db_case *t = case_of(state);
	struct roll r;

	case_open(t, DB_CREATE);
	assert_counts(case_imported(t, case_bundle(t, "bundle", sorted)).of[ENTITY_attendances], 5, 0, 0);
	assert_int_equal(journaled(t->db), 3);
	r = roll_of(t, "s1");
	assert_int_equal(r.n, 2);
	assert_int_equal(r.version, 1);
	assert_int_equal(((struct attendance *)r.v)[1].excused, 1);
	assert_breaks(t, "");
}

/* What an export holds of the registers above, whatever the order of their lines on the way in. */
static void
assert_registers(struct db_case *t)
{
	str wanted = S(HEADER "s1,p1,60,\ns1,p2,0,yes\ns2,p2,45,\ns3,p1,60,no\ns3,p3,30,\n"), got;

	got = get_file(&t->arena, str_format(&t->arena, "%s/attendances.csv", case_exported(t, "out")).s);
	if (!str_eq(got, wanted))
		fail_msg("%.*s", STR_ARG(got));
	assert_breaks(t, "");
}

static void
import_in_order(struct db_case *t, const char *lines, size_t held)
{
	const char *files[sizeof sorted / sizeof *sorted];
	const size_t before = import_gathered;

	memcpy(files, sorted, sizeof files);
	files[15] = str_format(&t->arena, HEADER "%s", lines).s;
	case_open(t, DB_CREATE);
	import_gathered = held;
	assert_counts(case_imported(t, case_bundle(t, "bundle", files)).of[ENTITY_attendances], 5, 0, 0);
	import_gathered = before;
	assert_registers(t);
}

static void
lines_scattered_over_a_file_become_one_register(void **state)
{
	struct db_case *t = case_of(state);

	import_in_order(t, "s3,p3,30,\ns1,p1,60,\ns2,p2,45,\ns3,p1,60,no\ns1,p2,0,yes\n", 100);
	assert_int_equal(journaled(t->db), 3);
}

static void
sessions_in_any_order_are_written_once_however_few_lines_are_held(void **state)
{
	struct db_case *t = case_of(state);

	import_in_order(t, "s3,p3,30,\ns3,p1,60,no\ns1,p2,0,yes\ns1,p1,60,\ns2,p2,45,\n", 3);
	assert_int_equal(journaled(t->db), 3);
}

static void
lines_scattered_too_far_are_added_to_what_was_written(void **state)
{
	struct db_case *t = case_of(state);

	import_in_order(t, "s3,p3,30,\ns1,p1,60,\ns2,p2,45,\ns3,p1,60,no\ns1,p2,0,yes\n", 2);
	assert_int_equal(journaled(t->db), 5);
}

static void
one_line_held_is_enough(void **state)
{
	import_in_order(case_of(state), "s1,p1,60,\ns1,p2,0,yes\ns2,p2,45,\ns3,p1,60,no\ns3,p3,30,\n", 1);
}

static void
an_import_counts_lines_and_leaves_the_others(void **state)
{
	struct db_case *t = case_of(state);
	struct attendance *x;
	struct roll r;

	case_open(t, DB_CREATE);
	case_imported(t, case_bundle(t, "bundle", sorted));
	assert_counts(lines_imported(t, HEADER "s3,p3,30,\ns1,p2,0,yes\n"), 0, 0, 2);
	assert_int_equal(journaled(t->db), 3);
	assert_counts(lines_imported(t, HEADER "s1,p2,15,\ns1,p3,60,\ns2,p2,45,\n"), 1, 1, 1);
	assert_int_equal(journaled(t->db), 4);
	r = roll_of(t, "s1");
	x = r.v;
	assert_int_equal(r.n, 3);
	assert_int_equal(r.version, 2);
	assert_int_equal(x[0].minutes, 60);
	assert_int_equal(x[1].minutes, 15);
	assert_int_equal(x[1].excused, NUMBER_NONE);
	/* A column that is absent leaves the stored value. */
	assert_counts(lines_imported(t, "session_ref,person_ref,minutes\ns3,p1,50\n"), 0, 1, 0);
	x = roll_of(t, "s3").v;
	assert_int_equal(x[0].minutes, 50);
	assert_int_equal(x[0].excused, 0);
	assert_breaks(t, "");
}

static void
a_whole_register_is_saved_and_its_version_kept(void **state)
{
	static const struct sql fields = { "roll_fields",
		"select fields from journal where entity = 'attendances' order by seq desc limit 1", NULL };
	struct db_case *t = case_of(state);
	struct version_content_row content;
	struct attendance *x;
	struct db_rows rows;
	struct roll old, r;
	struct save s;

	case_open(t, DB_CREATE);
	case_imported(t, case_bundle(t, "bundle", sorted));
	old = roll_of(t, "s3");
	r = (struct roll){
		.owner = old.owner, .version = old.version, .n = 2, .v = ARENA_ARRAY(&t->arena, 2, struct attendance)
	};
	x = r.v;
	x[0] = line(old.owner, key_of(t, ENTITY_people, "p2"), 20, NUMBER_NONE);
	x[1] = line(old.owner, key_of(t, ENTITY_people, "p1"), 60, 1);
	begin(t, &s);
	ok(roll_save(&s, attendances, &r, &old));
	assert_int_equal(s.inserted, 1); /* p2 */
	assert_int_equal(s.updated, 2);  /* p1 is excused, p3 is taken out */
	assert_int_equal(s.unchanged, 0);
	assert_int_equal(r.version, 2);
	assert_int_equal(x[0].record.version, 2);
	end(t, &s);
	r = roll_of(t, "s3");
	assert_int_equal(r.n, 2);
	assert_int_equal(((struct attendance *)r.v)[0].excused, 1);
	assert_int_equal(((struct attendance *)r.v)[1].minutes, 20);
	ok(db_read(t->db, &fields, NULL, 0, &rows));
	assert_true(db_next(&rows));
	assert_true(str_is(db_text(&rows, 0), "person,excused"));
	ok(db_done(&rows));
	ok(version_content(t->db, &rows, 1, S("attendances"), old.owner, 0, 1));
	assert_true(version_content_next(&rows, &content));
	assert_true(str_eq(content.content,
	    str_format(&t->arena, "session\t%lld\nperson\t%lld\nminutes\t60\nexcused\tno\nperson\t%lld\nminutes\t30\n",
		(long long)old.owner, (long long)key_of(t, ENTITY_people, "p1"), (long long)key_of(t, ENTITY_people, "p3"))));
	assert_false(version_content_next(&rows, &content));
	ok(db_done(&rows));
	assert_breaks(t, "");
}

static void
everybody_can_be_taken_out(void **state)
{
	struct db_case *t = case_of(state);
	struct roll old, r;
	struct save s;

	case_open(t, DB_CREATE);
	case_imported(t, case_bundle(t, "bundle", sorted));
	old = roll_of(t, "s2");
	r = (struct roll){ .owner = old.owner, .version = 1 };
	begin(t, &s);
	ok(roll_save(&s, attendances, &r, &old));
	end(t, &s);
	old = roll_of(t, "s2");
	assert_int_equal(old.n, 0);
	assert_int_equal(old.version, 2);
	assert_breaks(t, "");
	assert_counts(lines_imported(t, HEADER "s2,p3,10,\n"), 1, 0, 0);
	assert_int_equal(roll_of(t, "s2").version, 3);
	assert_breaks(t, "");
}

static void
an_equal_register_writes_nothing(void **state)
{
	struct db_case *t = case_of(state);
	struct roll old, r;
	struct save s;

	case_open(t, DB_CREATE);
	case_imported(t, case_bundle(t, "bundle", sorted));
	old = r = roll_of(t, "s1");
	begin(t, &s);
	ok(roll_save(&s, attendances, &r, &old));
	assert_int_equal(s.unchanged, 2);
	assert_int_equal(r.version, 1);
	end(t, &s);
	assert_int_equal(journaled(t->db), 3);
}

/* Two people with the same session open on their screens: the second to save is told. */
static void
a_register_changed_meanwhile_is_a_conflict(void **state)
{
	struct db_case *t = case_of(state);
	struct roll shown, now, mine;
	const struct err *e;
	struct save s;

	case_open(t, DB_CREATE);
	case_imported(t, case_bundle(t, "bundle", sorted));
	shown = roll_of(t, "s1");
	lines_imported(t, HEADER "s1,p3,60,\n");
	now = roll_of(t, "s1");
	mine = shown;
	((struct attendance *)mine.v)[0].minutes = 10;
	begin(t, &s);
	e = roll_save(&s, attendances, &mine, &now);
	assert_non_null(e);
	assert_int_equal(e->kind, ERR_CONFLICT);
	save_close(&s);
	assert_ptr_equal(db_end(t->db, e), e);
	assert_int_equal(roll_of(t, "s1").n, 3);
	assert_breaks(t, "");
}

static void
one_line_goes_through_the_one_door(void **state)
{
	struct db_case *t = case_of(state);
	struct attendance x, old;
	const struct err *e;
	struct save s;
	bool found;

	case_open(t, DB_CREATE);
	case_imported(t, case_bundle(t, "bundle", sorted));
	entity_clear(attendances, &old);
	old.session = key_of(t, ENTITY_sessions, "s1");
	old.person = key_of(t, ENTITY_people, "p2");
	ok(entity_by_key(t->db, 1, attendances, &t->arena, &old, &found));
	assert_true(found);
	assert_int_equal(old.excused, 1);
	begin(t, &s);
	x = old;
	x.minutes = 45;
	ok(entity_save(&s, attendances, &x, &old));
	assert_int_equal(x.record.version, 2);
	x = line(old.session, key_of(t, ENTITY_people, "p3"), 60, NUMBER_NONE);
	ok(entity_save(&s, attendances, &x, NULL));
	assert_int_equal(x.record.version, 3);
	assert_int_equal(s.inserted, 1);
	assert_int_equal(s.updated, 1);
	end(t, &s);
	assert_int_equal(roll_of(t, "s1").n, 3);
	assert_breaks(t, "");
	begin(t, &s);
	x.record = (struct record){ 0 };
	e = entity_save(&s, attendances, &x, NULL); /* is there already */
	assert_non_null(e);
	assert_int_equal(e->kind, ERR_CONFLICT);
	save_close(&s);
	assert_ptr_equal(db_end(t->db, e), e);
	x.person = key_of(t, ENTITY_sessions, "s1");
	ok(entity_by_key(t->db, 1, attendances, &t->arena, &x, &found));
	assert_false(found);
}

/* ---- watched over ---- */

static const struct sql *
forged(struct db_case *t, const char *format, const char *bytes)
{
	struct sql *sql = ARENA_NEW(&t->arena, struct sql);
	const bool postgres = t->engine == CASE_POSTGRES;

	*sql = (struct sql){ "forged", str_format(&t->arena, format, postgres ? "'\\x" : "x'", bytes).s, NULL };
	return sql;
}

static void
every_tampering_shows(void **state)
{
	static const struct {
		const char *done, *sql, *bytes, *found;
	} cases[] = {
		{ "minutes changed, somebody who does not exist put in",
		    "update attendances set lines = %s%s' where session_id = (select id from sessions where ref = 's2')",
		    "02012e00",
		    "attendances r the content is not what was written\n"
		    "attendances r p refers to a record of people that does not exist\n" },
		{ "a register that cannot be made out",
		    "update attendances set lines = %s%s' where session_id = (select id from sessions where ref = 's2')", "0201",
		    "attendances r the content is not what was written\n" },
		{ "a register emptied",
		    "update attendances set lines = %s%s' where session_id = (select id from sessions where ref = 's2')", "02",
		    "attendances r the content is not what was written\n" },
		{ "a register taken out",
		    "delete from attendances where lines <> %s%s' and session_id = (select id from sessions where ref = 's2')",
		    "02", "attendances r the record is gone\n" },
		{ "a register put in",
		    "insert into attendances (territory_id, session_id, lines, version) select 1, id + 1000000000, %s%s', 1 from sessions where "
		    "ref = 's2'",
		    "02", "attendances the table holds records that the journal does not know\n" },
	};
	static const struct sql keep = { "keep", "savepoint before", NULL }, back = { "back", "rollback to before", NULL };
	struct db_case *t = case_of(state);
	struct verify_report report;

	case_open(t, DB_CREATE);
	case_imported(t, case_bundle(t, "bundle", sorted));
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf found = { 0 };

		ok(db_begin_write(t->db));
		ok(db_write(t->db, &keep, NULL, 0));
		ok(db_write(t->db, forged(t, cases[i].sql, cases[i].bytes), NULL, 0));
		ok(verify_records(t->db, note_break, &found, &report));
		buf_char(&found, '\0');
		if (strcmp(found.s, cases[i].found) != 0)
			fail_msg("%s:\n%s", cases[i].done, found.s);
		buf_release(&found);
		ok(db_write(t->db, &back, NULL, 0));
		assert_null(db_rollback(t->db));
	}
}

static void
a_damaged_register_stops_what_needs_it(void **state)
{
	struct db_case *t = case_of(state);
	const struct err *e;
	struct roll r;
	int64_t rows;

	case_open(t, DB_CREATE);
	case_imported(t, case_bundle(t, "bundle", sorted));
	case_write(t->db, forged(t, "update attendances set lines = %s%s'", "0201"), NULL, 0);
	e = roll_read(t->db, 1, attendances, key_of(t, ENTITY_sessions, "s1"), &t->arena, &r);
	assert_non_null(e);
	assert_int_equal(e->kind, ERR_DAMAGED);
	e = bundle_export(t->db, &t->arena, case_path(t, "out"), &(struct export_options){ 0 }, &rows);
	assert_non_null(e);
	assert_int_equal(e->kind, ERR_DAMAGED);
}

/* More registers than are read at a time, each with people whose refs are not in the order of their keys. */
static void
many_registers_come_out_in_order(void **state)
{
	struct db_case *t = case_of(state);
	struct buf sessions = { 0 }, lines = { 0 };
	const char *files[sizeof sorted / sizeof *sorted];

	memcpy(files, sorted, sizeof files);
	buf_add(&sessions, S("ref,action_ref,held_on,minutes,kind,audience,state\n"));
	buf_add(&lines, S(HEADER));
	for (int i = 0; i < 1300; i++) {
		buf_format(&sessions, "s%04d,a,2023-01-09,60,training,newcomers,held\n", i);
		if (i % 3 != 1)
			buf_format(&lines, "s%04d,p1,60,\ns%04d,p3,%d,\n", i, i, i % 50);
	}
	buf_char(&sessions, '\0');
	buf_char(&lines, '\0');
	files[9] = "ref\np3\np2\np1\n";
	files[13] = sessions.s;
	files[15] = lines.s;
	case_open(t, DB_CREATE);
	case_imported(t, case_bundle(t, "bundle", files));
	assert_true(str_is(get_file(&t->arena, str_format(&t->arena, "%s/attendances.csv", case_exported(t, "out")).s), lines.s));
	assert_breaks(t, "");
	buf_release(&sessions);
	buf_release(&lines);
}

static void
trainees_have_registers_too(void **state)
{
	const char *files[] = { CONTRACT, "trainees.csv", "ref,volunteer\nx,yes\ny,no\n", "trainee_attendances.csv",
		"session_ref,trainee_ref,minutes\ns1,x,60\ns1,y,30\ns2,y,0\n", NULL };
	struct db_case *t = case_of(state);
	struct roll r;

	case_open(t, DB_CREATE);
	assert_counts(case_imported(t, case_bundle(t, "bundle", files)).of[ENTITY_trainee_attendances], 3, 0, 0);
	ok(roll_read(t->db, 1, of_trainees, key_of(t, ENTITY_sessions, "s1"), &t->arena, &r));
	assert_int_equal(r.n, 2);
	assert_int_equal(((struct trainee_attendance *)r.v)[1].minutes, 30);
	assert_true(str_is(
	    get_file(&t->arena, str_format(&t->arena, "%s/trainee_attendances.csv", case_exported(t, "out")).s), files[17]));
	assert_breaks(t, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_packed_comes_back),
		cmocka_unit_test(the_bytes_are_those_described),
		cmocka_unit_test(an_older_roll_has_fewer_values),
		cmocka_unit_test(what_the_program_did_not_write_is_refused),
		ON_BOTH(a_register_is_one_row_of_the_journal),
		ON_BOTH(lines_scattered_over_a_file_become_one_register),
		ON_BOTH(sessions_in_any_order_are_written_once_however_few_lines_are_held),
		ON_BOTH(lines_scattered_too_far_are_added_to_what_was_written),
		ON_BOTH(one_line_held_is_enough),
		ON_BOTH(an_import_counts_lines_and_leaves_the_others),
		ON_BOTH(a_whole_register_is_saved_and_its_version_kept),
		ON_BOTH(everybody_can_be_taken_out),
		ON_BOTH(an_equal_register_writes_nothing),
		ON_BOTH(a_register_changed_meanwhile_is_a_conflict),
		ON_BOTH(one_line_goes_through_the_one_door),
		ON_BOTH(every_tampering_shows),
		ON_BOTH(a_damaged_register_stops_what_needs_it),
		ON_BOTH(many_registers_come_out_in_order),
		ON_BOTH(trainees_have_registers_too),
	};

	return cmocka_run_group_tests_name("roll", tests, NULL, NULL);
}
