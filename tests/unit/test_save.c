/* The one door for changes: versions, journal, conflicts, keys. */
#include "bundle_case.h"

#include "db/journal.h"
#include "model/verify.h"
#include "sql.h"

static const struct entity *const people = &entities[ENTITY_people];

/* One change with one or more saves in it; inside a write transaction. */
static void
begin(struct db_case *t, struct save *s, int64_t now_ms)
{
	ok(db_begin_write(t->db));
	ok(save_open(s, t->db,
	    &(struct change){ .territory = 1, .at = S("2025-06-15T12:00:00.000Z"), .actor = S("tester"), .cause = S("test") },
	    now_ms));
}

static void
end(struct db_case *t, struct save *s)
{
	save_close(s);
	ok(db_end(t->db, NULL));
}

static struct person
person(const char *ref, const char *name)
{
	struct person p;

	entity_clear(people, &p);
	p.ref = str_of(ref);
	p.family_name = str_of(name);
	return p;
}

static struct person
saved(struct db_case *t, struct save *s, struct person p, const struct person *old)
{
	(void)t;
	ok(entity_save(s, people, &p, old));
	return p;
}

static struct person
stored(struct db_case *t, const char *ref)
{
	struct person p;
	bool found;

	ok(entity_by_ref(t->db, 1, people, str_of(ref), &t->arena, &p, &found));
	assert_true(found);
	return p;
}

static struct db *
with_keeper(struct db_case *t)
{
	struct db *db = case_open(t, DB_CREATE);

	ok(db_begin_write(db));
	ok(db_end(db, keeper_add(db, 1, S("2025-06-15T12:00:00.000Z"))));
	return db;
}

static void
count_breaks(void *to, const char *entity, int64_t record, int64_t part, const char *what)
{
	print_error("%s %lld %lld: %s\n", entity, (long long)record, (long long)part, what);
	++*(int *)to;
}

static void
journal_break(void *to, int64_t territory, int64_t seq, const char *what)
{
	print_error("journal %lld %lld: %s\n", (long long)territory, (long long)seq, what);
	++*(int *)to;
}

/* Every record and version agrees with the journal, whose chain holds. */
static void
assert_whole(struct db_case *t)
{
	struct verify_report records;
	struct journal_report journal;
	int broken = 0;

	ok(db_begin_read(t->db));
	ok(verify_records(t->db, count_breaks, &broken, &records));
	ok(journal_verify(t->db, journal_break, &broken, &journal));
	ok(db_end(t->db, NULL));
	assert_int_equal(broken, 0);
}

static void
a_new_record_is_version_1_and_one_journal_row(void **state)
{
	struct db_case *t = case_of(state);
	struct person p;
	struct save s;

	with_keeper(t);
	begin(t, &s, case_epoch_ms);
	p = saved(t, &s, person("p1", "Noori"), NULL);
	assert_int_equal(s.inserted, 1);
	end(t, &s);
	assert_true(p.record.id > 0);
	assert_int_equal(p.record.version, 1);
	assert_int_equal(case_journal_rows(t->db), 1);
	p = stored(t, "p1");
	assert_int_equal(p.record.version, 1);
	assert_true(str_is(p.family_name, "Noori"));
	assert_null(p.given_name.s);
	assert_int_equal(p.arrived_on, DAY_NONE);
	assert_whole(t);
}

static void
a_change_keeps_the_version_it_replaces(void **state)
{
	struct db_case *t = case_of(state);
	struct version_content_row content;
	struct person old, p;
	struct db_rows rows;
	struct save s;

	with_keeper(t);
	begin(t, &s, case_epoch_ms);
	saved(t, &s, person("p1", "Noori"), NULL);
	end(t, &s);
	old = stored(t, "p1");
	begin(t, &s, case_epoch_ms + 1);
	p = person("p1", "Nouri");
	p.arrived_on = day_of(2021, 5, 4);
	p = saved(t, &s, p, &old);
	assert_int_equal(s.updated, 1);
	end(t, &s);
	assert_int_equal(p.record.id, old.record.id);
	assert_int_equal(p.record.version, 2);
	assert_int_equal(case_journal_rows(t->db), 2);
	ok(version_content(t->db, &rows, 1, S("people"), p.record.id, 0, 1));
	assert_true(version_content_next(&rows, &content));
	assert_true(str_is(content.content, "ref\tp1\nfamily_name\tNoori\n"));
	assert_false(version_content_next(&rows, &content));
	ok(db_done(&rows));
	assert_whole(t);
}

static void
the_journal_names_the_fields_and_never_a_value(void **state)
{
	static const struct sql last = { "last_fields", "select fields from journal where seq = 2", NULL };
	struct db_case *t = case_of(state);
	struct person old, p;
	struct db_rows rows;
	struct save s;

	with_keeper(t);
	begin(t, &s, case_epoch_ms);
	saved(t, &s, person("p1", "Noori"), NULL);
	end(t, &s);
	old = stored(t, "p1");
	begin(t, &s, case_epoch_ms + 1);
	p = person("p1", "");
	p.phone = S("0473426363");
	saved(t, &s, p, &old);
	end(t, &s);
	ok(db_read(t->db, &last, NULL, 0, &rows));
	assert_true(db_next(&rows));
	assert_true(str_is(db_text(&rows, 0), "family_name,phone"));
	ok(db_done(&rows));
}

static void
an_equal_record_writes_nothing(void **state)
{
	static const struct sql changes = { "count_changes", "select count(*) from changes", NULL };
	struct db_case *t = case_of(state);
	struct person old, p;
	struct save s;

	with_keeper(t);
	begin(t, &s, case_epoch_ms);
	saved(t, &s, person("p1", "Noori"), NULL);
	end(t, &s);
	old = stored(t, "p1");
	begin(t, &s, case_epoch_ms + 1);
	p = saved(t, &s, person("p1", "Noori"), &old);
	assert_int_equal(s.unchanged, 1);
	assert_int_equal(s.updated, 0);
	end(t, &s);
	assert_int_equal(p.record.id, old.record.id);
	assert_int_equal(p.record.version, 1);
	assert_int_equal(case_journal_rows(t->db), 1);
	assert_int_equal(case_int(t->db, &changes), 1);
}

static void
somebody_elses_change_is_a_conflict(void **state)
{
	struct db_case *t = case_of(state);
	struct person first, now, mine;
	const struct err *e;
	struct save s;

	with_keeper(t);
	begin(t, &s, case_epoch_ms);
	saved(t, &s, person("p1", "Noori"), NULL);
	end(t, &s);
	first = stored(t, "p1");
	begin(t, &s, case_epoch_ms + 1);
	saved(t, &s, person("p1", "Nouri"), &first);
	end(t, &s);
	now = stored(t, "p1");
	assert_int_equal(now.record.version, 2);
	begin(t, &s, case_epoch_ms + 2);
	mine = first; /* read before the other's change */
	mine.given_name = S("Hamid");
	e = entity_save(&s, people, &mine, &now);
	assert_non_null(e);
	assert_int_equal(e->kind, ERR_CONFLICT);
	save_close(&s);
	assert_ptr_equal(db_end(t->db, e), e);
	assert_true(str_is(stored(t, "p1").family_name, "Nouri"));
	assert_null(stored(t, "p1").given_name.s);
	assert_int_equal(case_journal_rows(t->db), 2);
	assert_whole(t);
}

static void
what_is_rolled_back_leaves_nothing(void **state)
{
	struct db_case *t = case_of(state);
	struct person p;
	struct save s;
	bool found;

	with_keeper(t);
	begin(t, &s, case_epoch_ms);
	saved(t, &s, person("p1", "Noori"), NULL);
	save_close(&s);
	assert_null(db_rollback(t->db));
	ok(entity_by_ref(t->db, 1, people, S("p1"), &t->arena, &p, &found));
	assert_false(found);
	assert_int_equal(case_journal_rows(t->db), 0);
	assert_whole(t);
}

static void
a_record_of_two_links_is_kept_by_them(void **state)
{
	struct db_case *t = case_of(state);
	const struct entity *e = &entities[ENTITY_trainee_attendances];
	struct trainee_attendance a, old;
	const char *const files[] = { "territories.csv", "ref,name,kind\nv,V,commune\n", "contracts.csv",
		"ref,territory_ref,kind,title\nc,v,ctai,C\n", "sheets.csv",
		"ref,contract_ref,kind,number,title,audience,recording\nf,c,action,1,F,mixed,nominal\n", "actions.csv",
		"ref,sheet_ref,title,audience\na,f,A,mixed\n", "sessions.csv",
		"ref,action_ref,held_on,minutes,kind,audience,state\ns,a,2023-01-09,60,training,actors,held\n", "trainees.csv",
		"ref,volunteer\nx,yes\n", "trainee_attendances.csv", "session_ref,trainee_ref,minutes\ns,x,30\n", NULL };
	struct save s;
	bool found;

	case_open(t, DB_CREATE);
	case_imported(t, case_bundle(t, "bundle", files));
	entity_clear(e, &old);
	ok(entity_key_of_ref(t->db, 1, &entities[ENTITY_sessions], S("s"), &old.session));
	ok(entity_key_of_ref(t->db, 1, &entities[ENTITY_trainees], S("x"), &old.trainee));
	ok(entity_by_key(t->db, 1, e, &t->arena, &old, &found));
	assert_true(found);
	a = old;
	a.minutes = 45;
	begin(t, &s, case_epoch_ms + 5);
	ok(entity_save(&s, e, &a, &old));
	end(t, &s);
	ok(entity_by_key(t->db, 1, e, &t->arena, &old, &found));
	assert_int_equal(old.minutes, 45);
	assert_int_equal(old.record.version, 2);
	assert_whole(t);
}

/* ---- keys ---- */

static void
keys_grow_and_never_repeat(void **state)
{
	struct keymaker k = { .now_ms = case_epoch_ms, .node = 5 };
	int64_t last = 0;

	(void)state;
	for (int i = 0; i < 100000; i++) {
		int64_t key = key_next(&k);

		assert_true(key > last);
		assert_int_equal(key >> 12 & 1023, 5);
		last = key;
		if (i == 50000)
			k.now_ms -= 3600000; /* the clock is set back */
	}
}

static void
keys_stay_above_one_that_is_stored_whoever_made_it(void **state)
{
	struct keymaker other = { .now_ms = case_epoch_ms + 5000, .node = 700 }, k = { .now_ms = case_epoch_ms, .node = 5 };
	int64_t stored = 0, key;

	(void)state;
	for (int i = 0; i < 10; i++)
		stored = key_next(&other);
	key_above(&k, stored);
	key = key_next(&k);
	assert_true(key > stored);
	assert_int_equal(key >> 12 & 1023, 5);
	key_above(&k, 0);
	key_above(&k, INT64_MIN);
	assert_true(key_next(&k) > key);
}

/* Two processes that start in the same millisecond, one of which waits for the other. */
static void
a_second_change_in_the_same_millisecond_gets_other_keys(void **state)
{
	struct db_case *t = case_of(state);
	struct person p;
	struct save s;
	int64_t highest = 0;

	with_keeper(t);
	for (int round = 0; round < 3; round++) {
		begin(t, &s, case_epoch_ms - round * 1000);
		for (int i = 0; i < 5000; i++) {
			p = saved(t, &s, person(str_format(&t->arena, "p%d-%d", round, i).s, "Noori"), NULL);
			assert_true(p.record.id > highest);
			highest = p.record.id;
		}
		end(t, &s);
	}
	assert_int_equal(case_journal_rows(t->db), 15000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(a_new_record_is_version_1_and_one_journal_row),
		ON_BOTH(a_change_keeps_the_version_it_replaces),
		ON_BOTH(the_journal_names_the_fields_and_never_a_value),
		ON_BOTH(an_equal_record_writes_nothing),
		ON_BOTH(somebody_elses_change_is_a_conflict),
		ON_BOTH(what_is_rolled_back_leaves_nothing),
		ON_BOTH(a_record_of_two_links_is_kept_by_them),
		cmocka_unit_test(keys_grow_and_never_repeat),
		cmocka_unit_test(keys_stay_above_one_that_is_stored_whoever_made_it),
		ON_BOTH(a_second_change_in_the_same_millisecond_gets_other_keys),
	};

	return cmocka_run_group_tests_name("save", tests, NULL, NULL);
}
