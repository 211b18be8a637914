/* Assiduity, live: the same hours as the questionnaire, and who is dropping out. */
#include "bundle_case.h"

#include "daily/assiduity.h"
#include "demo/demo.h"
#include "figures/questionnaire.h"
#include "model/plan.h"

static struct book *
book_in(struct db_case *t, int64_t contract)
{
	struct book_contract c;
	struct book *b;

	ok(book_contract_read(t->db, &t->arena, 1, contract, &c));
	ok(book_read(t->db, &t->arena, &c, true, &b));
	return b;
}

static const char *const base[] = { "territories.csv", "ref,name,kind\nville,Ville,commune\n", "contracts.csv",
	"ref,territory_ref,kind,title,signed_on,duration_months\nc,ville,ctai,Contrat,2022-10-17,36\n", "priorities.csv",
	"ref,contract_ref,number,title\np,c,1,P\n", "axes.csv", "ref,priority_ref,number,title\nx,p,1,A\n", "sheets.csv",
	"ref,contract_ref,axis_ref,kind,number,title,audience,recording\nf,c,x,action,1.1,Fiche,newcomers,nominal\n",
	"actions.csv", "ref,sheet_ref,title,audience\na1,f,Atelier,newcomers\n", "people.csv",
	"ref,family_name,given_name,sex\np1,Ar,Ana,F\np2,Ba,Bob,M\np3,Co,Cyr,M\np4,Du,Dia,F\n", "statuses.csv",
	"person_ref,status,since\np1,refugee,2020-01-01\np2,refugee,2020-01-01\np3,student,2020-01-01\n", "enrolments.csv",
	"ref,action_ref,person_ref,state,entered_on,left_on,planned_minutes\n"
	"e1,a1,p1,active,2023-01-02,,500\ne2,a1,p2,active,2023-01-02,,500\ne3,a1,p3,active,2023-01-02,2023-02-20,500\ne4,a1,p4,active,2023-02-01,,\n",
	"sessions.csv",
	"ref,action_ref,held_on,minutes,kind,theme,audience,state\n"
	"s1,a1,2023-01-10,100,training,language,newcomers,held\ns2,a1,2023-01-17,100,training,language,newcomers,held\n"
	"s3,a1,2023-02-07,100,training,language,newcomers,held\ns4,a1,2023-02-14,100,training,language,newcomers,held\n"
	"s5,a1,2023-02-21,100,training,language,newcomers,held\ns6,a1,2023-02-28,100,training,language,newcomers,planned\n",
	"attendances.csv",
	"session_ref,person_ref,minutes\n"
	"s1,p1,100\ns2,p1,100\ns3,p1,100\ns4,p1,100\ns5,p1,50\n"
	"s1,p2,100\ns2,p2,100\ns3,p2,0\ns4,p2,0\ns5,p2,0\n"
	"s1,p3,100\ns2,p3,100\ns3,p3,100\ns4,p3,100\n"
	"s4,p4,0\ns5,p4,100\n",
	NULL };

static void
who_is_dropping_out_comes_first(void **state)
{
	struct db_case *t = case_of(state);
	struct assiduity_action a;
	struct book *b;
	struct view *v;
	int64_t contract;

	case_open(t, DB_CREATE);
	case_imported(t, case_bundle(t, "base", base));
	ok(entity_key_of_ref(t->db, 1, &entities[ENTITY_contracts], S("c"), &contract));
	b = book_in(t, contract);
	v = view_new(&t->arena, b, (period){ day_parse(S("2022-10-17")), day_parse(S("2023-10-16")) });
	assiduity_of(&t->arena, v, 0, day_parse(S("2023-02-25")), &a);
	assert_int_equal(a.n, 4);
	assert_int_equal(a.assiduous, 2); /* p1: 450, p3: 400 of 500 */
	assert_int_equal(a.below, 1);     /* p2: 200 of 500 */
	assert_int_equal(a.unplanned, 1); /* p4 */
	assert_int_equal(a.dropping, 2);  /* p2: three absences; p4: half of the last four weeks */
	assert_int_equal(a.v[0].percent, 40);
	assert_int_equal(a.v[0].absences, 3);
	assert_true(a.v[1].dropping && a.v[1].percent == -1);
	assert_int_equal(a.v[1].recent_attended * 100 / a.v[1].recent_minutes, 50);
	assert_int_equal(a.v[2].percent, 80); /* has left: no longer followed */
	assert_false(a.v[2].running || a.v[2].dropping || a.v[2].eligible);
	assert_int_equal(a.v[3].percent, 90);
	assert_true(a.v[3].eligible && a.v[3].assiduous && !a.v[3].dropping);
}

/* Over a whole demonstration: the eligible people at 80 % of each action are those that the figure counts. */
static void
what_is_assiduous_here_is_what_the_figure_counts(void **state)
{
	struct db_case *t = case_of(state);
	const char *folder = case_folder(t, "demo");
	const struct demo_options o = { .seed = 7, .people = 300 };
	struct demo_report report;
	struct plan plan;
	struct book *b;
	struct view *v;
	int64_t contract, compared = 0, counted = 0;

	case_open(t, DB_CREATE);
	case_imported(t, source_path(t, "data/contract/clermont-ferrand-2022"));
	ok(entity_key_of_ref(t->db, 1, &entities[ENTITY_contracts], S("cf-ctai-2022"), &contract));
	ok(plan_read(t->db, &t->arena, 1, contract, &plan));
	ok(demo_write(&t->arena, &plan, folder, &o, &report));
	case_imported(t, folder);
	b = book_in(t, contract);
	v = view_new(&t->arena, b, (period){ day_parse(S("2022-10-17")), day_parse(S("2023-10-16")) });
	for (int i = 0; i < b->actions.n; i++) {
		const struct figure *f = NULL;
		struct figure one;
		struct assiduity_action a;
		bool *seen = ARENA_ARRAY(&t->arena, b->people.n, bool);
		int n = 0;

		for (int k = 0; k < b->indicators.n; k++) {
			if (!str_is(b->indicators.v[k].name, "3.1.assiduous"))
				continue;
			scope_open(v, &v->actions[i]);
			figure_make(v, &b->indicators.v[k], NULL, &one);
			scope_close(v);
			f = &one;
		}
		assert_non_null(f);
		assiduity_of(&t->arena, v, i, day_parse(S("2023-07-07")), &a);
		for (int k = 0; k < a.n; k++) {
			n += a.v[k].assiduous && a.v[k].eligible && !seen[a.v[k].person];
			seen[a.v[k].person] |= a.v[k].assiduous && a.v[k].eligible;
		}
		assert_int_equal(n, f->value[CELL_TOTAL]);
		counted += n;
		compared++;
	}
	assert_true(compared > 10 && counted > 20);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(who_is_dropping_out_comes_first),
		ON_SQLITE(what_is_assiduous_here_is_what_the_figure_counts),
	};

	return cmocka_run_group_tests_name("assiduity", tests, NULL, NULL);
}
