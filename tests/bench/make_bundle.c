/*
 * make_bundle.c - a big, valid interchange bundle for the benchmark, always the same for the same arguments
 *
 *     make_bundle --contracts N --people P --attendances A --seed S OUT     P and A are for each contract
 *     make_bundle --people-only --people P --seed S OUT                     people.csv alone, 14 columns
 *
 * Refs are zero-padded, so that every file comes out sorted by its key.  Contract number k is the same in
 * every bundle of the same P, A and S, however many contracts there are.
 */
#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define COUNT(a) ((int)(sizeof(a) / sizeof((a)[0])))
#define PICK(list) ((list)[below(COUNT(list))]) /* as below: once in an expression, for their order is not C's to say */

/* ---------------------------------------------------------------- chance and dates */

static uint64_t chance;

static uint32_t
below(int n) /* splitmix64 */
{
	uint64_t z = (chance += 0x9e3779b97f4a7c15u);

	assert(n > 0);
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return (uint32_t)((z ^ (z >> 31)) >> 32) % (uint32_t)n;
}

static int
between(int low, int high)
{
	return low + (int)below(high - low + 1);
}

static bool
percent(int p)
{
	return below(100) < (uint32_t)p;
}

static int
day_of(int y, int m, int d) /* days since 1970-01-01 */
{
	y -= m <= 2;
	int era = y / 400, yoe = y % 400, doy = (153 * (m > 2 ? m - 3 : m + 9) + 2) / 5 + d - 1;

	return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

static const char *
date(int day) /* text in one of a few buffers in turn; the empty text for 0, which is 'not known' */
{
	static char buffers[8][12];
	static int turn;
	char *s = buffers[turn++ % 8];
	int z = day + 719468, era = z / 146097, doe = z % 146097;
	int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
	int d = doy - (153 * mp + 2) / 5 + 1, m = mp < 10 ? mp + 3 : mp - 9, y = yoe + era * 400 + (m <= 2);

	s[0] = '\0';
	if (day != 0)
		sprintf(s, "%04u-%02u-%02u", (unsigned)y % 10000, (unsigned)m % 100, (unsigned)d % 100);
	return s;
}

/* ---------------------------------------------------------------- files */

#define FILES(F)                                                                                                         \
	F(territories, "ref,name,kind,insee_code,department_code,department,region")                                     \
	F(deliberations, "ref,territory_ref,number,held_on,convened_on,subject,members,present,represented,excused,"     \
			 "not_participating,votes_for,votes_against,abstentions")                                        \
	F(contracts, "ref,territory_ref,kind,title,deliberation_ref,signed_on,duration_months,state_party,local_party,"  \
		     "programme,programme_action,authorising_officer,public_accountant,payee_name,payee_iban,payee_bic," \
		     "predecessor,eligible_statuses")                                                                    \
	F(grants, "ref,contract_ref,year,requested_cents,granted_cents,condition")                                       \
	F(priorities, "ref,contract_ref,number,title")                                                                   \
	F(axes, "ref,priority_ref,number,title")                                                                         \
	F(sheets, "ref,contract_ref,axis_ref,kind,number,title,audience,objective,objective_actors,starts_on,ends_on,"   \
		  "funded,recording,summary")                                                                            \
	F(actions, "ref,sheet_ref,title,operator_ref,audience,objective,objective_actors,detail")                        \
	F(forecasts, "sheet_ref,action_ref,year,cost_cents,p104_cents")                                                  \
	F(organisations, "ref,name,category,legal_form,parent_ref,siret")                                                \
	F(partnerships, "sheet_ref,organisation_ref,role")                                                               \
	F(sheet_indicators, "sheet_ref,indicator")                                                                       \
	F(local_indicators, "contract_ref,indicator,label,measure,match")                                                \
	F(bodies, "ref,contract_ref,name,kind,frequency,conveners,members")                                              \
	F(people, "ref,family_name,given_name,sex,birth_date,nationality,languages,arrived_on,cir_signed_on,"            \
		  "household_ref,commune,phone,email,agdref")                                                            \
	F(statuses, "person_ref,status,since,until")                                                                     \
	F(enrolments, "ref,action_ref,person_ref,state,entered_on,left_on,planned_minutes,exit,contract_months,"         \
		      "referrer_ref")                                                                                    \
	F(sessions, "ref,action_ref,held_on,minutes,kind,theme,audience,state,group,civic_themes,public_count,"          \
		    "civic_other")                                                                                       \
	F(attendances, "session_ref,person_ref,minutes,excused")                                                         \
	F(trainees, "ref,family_name,given_name,organisation_ref,volunteer")                                             \
	F(trainee_attendances, "session_ref,trainee_ref,minutes")                                                        \
	F(assessments, "enrolment_ref,on,moment,level")                                                                  \
	F(followups, "enrolment_ref,months,on,situation")                                                                \
	F(acts, "ref,action_ref,person_ref,on,kind,quantity")                                                            \
	F(pairs, "ref,action_ref,person_ref,partner_name,started_on,ended_on")                                           \
	F(tools, "action_ref,on,audience,label")                                                                         \
	F(expenses, "ref,action_ref,on,label,cents,p104_cents,account")                                                  \
	F(payments, "ref,contract_ref,year,on,cents")                                                                    \
	F(aggregates, "sheet_ref,from,to,indicator,cell,value")                                                          \
	F(cohort_members, "person_ref,contract_ref,consented_on,joined_on,left_on")                                      \
	F(meetings, "ref,body_ref,on,state,subject")

enum file {
#define F(name, heading) F_##name,
	FILES(F)
#undef F
	    FILE_COUNT
};

static FILE *files[FILE_COUNT];
static const char *out;

static void
die(const char *what)
{
	fprintf(stderr, "make_bundle: %s: %s\n", what, strerror(errno));
	exit(1);
}

static void
open_file(enum file f, const char *name, const char *heading)
{
	char path[4096];

	snprintf(path, sizeof(path), "%s/%s.csv", out, name);
	if ((files[f] = fopen(path, "w")) == NULL)
		die(path);
	setvbuf(files[f], NULL, _IOFBF, 1 << 16);
	fprintf(files[f], "%s\n", heading);
}

static void
close_files(void)
{
	for (int f = 0; f < FILE_COUNT; f++)
		if (files[f] != NULL && (ferror(files[f]) || fclose(files[f]) != 0))
			die("writing");
}

__attribute__((format(printf, 2, 3))) static void
row(enum file f, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vfprintf(files[f], format, ap);
	va_end(ap);
	putc('\n', files[f]);
}

/* ---------------------------------------------------------------- the contract's shape */

#define SHEETS 13
#define ACTIONS 20

static const struct sheet {
	const char *title, *audience, *kind;
	int axis; /* 1 to 11; 0: none */
	bool aggregate;
	const char *indicators; /* in code-point order */
} sheets[SHEETS] = {
	{ "Mobilité", "mixed", "action", 1, false, "1.1.beneficiaries;3.1.hours" },
	{ "Formation professionnelle et emploi", "newcomers", "action", 2, false,
	    "1.1.beneficiaries;2.cost;2.p104;3.1.assiduous;3.1.hours;3.1.progress;3.2.months;3.2.positive" },
	{ "Garde d'enfants", "newcomers", "action", 3, false,
	    "1.1.beneficiaries;local.placements;local.stable_childcare;local.training_access" },
	{ "Accès aux soins", "newcomers", "action", 4, true, "1.1.beneficiaries;3.5.consultations" },
	{ "Psycho-traumatismes", "newcomers", "action", 5, true, "1.1.beneficiaries;3.5.consultations" },
	{ "Souffrance psychologique", "mixed", "action", 6, true, "1.1.beneficiaries;3.5.consultations" },
	{ "Accompagnement vers et dans le logement", "newcomers", "action", 7, false, "1.1.beneficiaries;3.4.households" },
	{ "Mobilisation de l'offre de logement", "newcomers", "action", 8, false, "1.1.beneficiaries;3.4.households" },
	{ "Participation des jeunes réfugiés", "newcomers", "action", 9, false,
	    "1.1.beneficiaries;3.1.progress;3.7.pairs;3.8.culture;3.8.sport" },
	{ "Voies légales et sûres pour les jeunes", "newcomers", "action", 10, false, "1.1.beneficiaries;3.1.assiduous" },
	{ "Lien avec la société d'accueil", "mixed", "action", 11, false,
	    "1.1.beneficiaries;3.3.hours;3.3.themes;3.3.tools;local.event_participants;local.events;"
	    "local.volunteers_trained" },
	{ "Évaluation de la démarche", "newcomers", "evaluation", 0, false, "local.followed;local.qualitative" },
	{ "Gouvernance", "actors", "governance", 0, false, "local.meetings" },
};

static const struct action {
	int sheet; /* from 0 */
	const char *title, *audience;
	int enrolments, sessions; /* weights */
	const char *kind, *theme;
	const char *act; /* the usual kind of act there */
} actions[ACTIONS] = {
	{ 0, "Mobilité pour l'intégration", "newcomers", 12, 8, "workshop", "mobility", "diagnostic" },
	{ 1, "Alphabétisation basée sur les métiers", "newcomers", 14, 16, "training", "language", "accompaniment" },
	{ 1, "Alphabétisation et mobilité", "newcomers", 10, 12, "training", "language", "placement" },
	{ 1, "Accompagnement individualisé", "newcomers", 12, 5, "training", "digital", "device_loan" },
	{ 2, "Accueil ponctuel", "newcomers", 4, 3, "group", "childcare", "stable_childcare" },
	{ 3, "Accès aux soins", "newcomers", 3, 2, "workshop", "health", "medical_consultation" },
	{ 4, "Groupe parentalité", "newcomers", 2, 2, "group", "health", "medical_consultation" },
	{ 4, "Groupes de parole transculturels", "newcomers", 2, 2, "group", "health", "medical_consultation" },
	{ 5, "Prise en charge psychologique", "newcomers", 3, 2, "group", "health", "medical_consultation" },
	{ 6, "Accompagnement des moins de 25 ans", "newcomers", 6, 4, "group", "housing", "housing_access" },
	{ 7, "Mobilisation de l'offre de logement", "newcomers", 3, 1, "group", "housing", "housing_access" },
	{ 8, "Service civique en binôme", "newcomers", 6, 12, "training", "language", "accompaniment" },
	{ 8, "Sorties de découverte", "newcomers", 6, 6, "culture_event", "culture", "medical_consultation" },
	{ 9, "Corridor universitaire", "newcomers", 4, 8, "training", "education", "accompaniment" },
	{ 10, "Formation auprès des bénévoles", "actors", 0, 4, "training", "other", NULL },
	{ 10, "Partage de cultures", "public", 0, 2, "public_event", "culture", NULL },
	{ 10, "École ouverte aux parents", "newcomers", 9, 9, "training", "civic", "training_access" },
	{ 10, "Événementiel", "public", 2, 2, "public_event", "culture", "accompaniment" },
	{ 11, "Suivi de la cohorte restreinte", "newcomers", 2, 0, "other", "", "followup_interview" },
	{ 12, "Gouvernance du contrat", "actors", 0, 1, "training", "other", NULL },
};

static const struct local {
	const char *name, *label, *measure, *match;
} locals[] = {
	{ "local.event_participants", "Participants aux événements", "session_participants", "public_event" },
	{ "local.events", "Événements réalisés", "sessions", "public_event" },
	{ "local.followed", "Personnes ayant un suivi régulier", "persons_with_act", "followup_interview" },
	{ "local.meetings", "Réunions partenariales organisées", "meetings", "" },
	{ "local.placements", "Stages de découverte réalisés", "acts", "placement" },
	{ "local.qualitative", "Indicateurs qualitatifs renseignés", "declared", "" },
	{ "local.stable_childcare", "Modes de garde stabilisés", "persons_with_act", "stable_childcare" },
	{ "local.training_access", "Entrées en formation", "persons_with_act", "training_access" },
	{ "local.volunteers_trained", "Bénévoles formés", "volunteers_trained", "" },
};

static const char *const themes[] = { "citizenship", "equality", "host_society", "laicite", "parenthood" };
static const char *const levels[] = { "alpha", "A0", "A1.1", "A1", "A2", "B1", "B2", "C1", "C2" };
static const char *const family_names[] = { "Haidari", "Ahmadzaï", "Tesfaye", "Al-Khatib", "Diallo", "Rahimi", "Traoré",
	"Kowalczyk", "Shevchenko", "Ben Ali", "Nguyễn", "Ibrahim", "Osman", "Haji", "Mbaye", "Camara", "Karimi", "Petrosyan",
	"Noori", "Bah" };
static const char *const given_names[] = { "Fatima", "Mohammad", "Selam", "Amina", "Yusuf", "Olena", "Ibrahima", "Zahra", "Ahmad",
	"Mariam", "Abdoulaye", "Hana", "Omar", "Nadia", "Samuel", "Leïla", "Aram", "Thảo", "Farid", "Aïssatou" };
static const char *const origins[][2] = { { "AF", "ps;fa" }, { "SY", "ar;ku" }, { "ER", "ti" }, { "SD", "ar" }, { "GN", "ff;fr" },
	{ "UA", "uk;ru" }, { "CD", "ln;fr" }, { "AM", "hy;ru" }, { "BD", "bn" }, { "IR", "fa" } };

/* ---------------------------------------------------------------- people */

static int
make_person(const char *c, int i, int people)
{
	const char *const *origin = PICK(origins);
	const char *family = PICK(family_names), *given = PICK(given_names);
	const char *const sexes[] = { percent(50) ? "X" : "", "M" };
	const char *other = sexes[percent(98)], *sex = percent(46) ? "F" : other;
	int born = between(day_of(1958, 1, 1), day_of(2006, 12, 31)), length = 10;
	int arrived = between(day_of(2018, 1, 1), day_of(2023, 6, 30)), signed_on = arrived + between(5, 90);
	int household = i, phone = (int)below(100000000), agdref = (int)below(1000000000);
	char birth[12];

	if (percent(35))
		household = between(0, people - 1);
	if (percent(2))
		length = percent(50) ? 4 : percent(50) ? 7 : 0; /* a year, a month, nothing */
	snprintf(birth, sizeof(birth), "%.*s", length, date(born));
	row(F_people, "%s-p%07d,%s,%s,%s,%s,%s,%s,%s,%s,%s-h%07d,63113,06%08d,p%d@%s.example.org,%010d", c, i, family, given, sex,
	    birth, origin[0], origin[1], date(arrived), date(signed_on), c, household, phone, i, c, agdref);
	return arrived;
}

/* an asylum seeker may become a refugee; one in two hundred has no record */
static void
make_statuses(const char *c, int i, int arrived)
{
	static const char *const other[] = { "family_of_french", "family_reunification", "worker", "other_newcomer", "student",
		"temporary_protection" };
	int since = arrived + between(0, 60), granted = since + between(90, 600);

	if (below(200) == 0)
		return;
	if (percent(60)) {
		row(F_statuses, "%s-p%07d,asylum_seeker,%s,%s", c, i, date(since), date(granted - 1));
		if (percent(94))
			row(F_statuses, "%s-p%07d,%s,%s,", c, i, percent(55) ? "refugee" : "subsidiary_protection",
			    date(granted));
	} else {
		int until = percent(20) ? since + between(200, 1400) : 0;

		row(F_statuses, "%s-p%07d,%s,%s,%s", c, i, PICK(other), date(since), date(until));
		if (until != 0 && percent(20))
			row(F_statuses, "%s-p%07d,french,%s,", c, i, date(until + 1));
	}
}

/* ---------------------------------------------------------------- enrolments */

struct enrolment {
	int person, entered, left;
};

struct pool { /* who is enrolled in an action, in the order of people */
	struct enrolment *v;
	int n;
};

static int
pick_weighted(int (*weight)(const struct action *), int total)
{
	int at = (int)below(total), a = 0;

	while ((at -= weight(&actions[a])) >= 0)
		a++;
	return a;
}

static int
enrolment_weight(const struct action *a)
{
	return a->enrolments;
}

static int
session_weight(const struct action *a)
{
	return a->sessions;
}

static int
sum_of(int (*weight)(const struct action *))
{
	int sum = 0;

	for (int a = 0; a < ACTIONS; a++)
		sum += weight(&actions[a]);
	return sum;
}

static void
make_followup(const char *c, int number, int left)
{
	static const char *const situations[] = { "employment", "training", "none", "unreachable" };
	const char *situation = PICK(situations);
	int on = left + between(170, 200);

	if (percent(60))
		row(F_followups, "%s-e%07d,6,%s,%s", c, number, date(on), situation);
}

static void
make_assessments(const char *c, int number, int entered, int left)
{
	int level = (int)below(6);

	row(F_assessments, "%s-e%07d,%s,entry,%s", c, number, date(entered), levels[level]);
	level += (int)below(3);
	if (percent(50))
		row(F_assessments, "%s-e%07d,%s,interim,%s", c, number, date(entered + between(30, 60)), levels[level]);
	if (left > entered + 60)
		row(F_assessments, "%s-e%07d,%s,exit,%s", c, number, date(left), levels[level + (int)below(2)]);
}

static void
make_enrolments(const char *c, int people, struct pool *pools)
{
	static const char *const exits[] = { "employment", "employment", "training", "other", "dropped_out", "moved", "unknown" };
	static const char *const months[] = { "3", "6", "6.5", "12", "permanent" };
	static const char *const others[] = { "requested", "refused", "cancelled" };
	int total = sum_of(enrolment_weight), number = 0;

	for (int i = 0; i < people; i++) {
		int taken = 0, before = -1, before_left = 0; /* taken: a bit for each action */

		for (int k = (i + 1) % 3; k >= 0; k--) {
			int a = pick_weighted(enrolment_weight, total), left;
			int entered = between(day_of(2022, 3, 1), day_of(2023, 10, 31));
			bool again = before_left != 0 && percent(10);
			const char *state = percent(92) ? "active" : PICK(others), *exit = "", *planned, *job = "";

			if (again) { /* the same action a second time */
				a = before;
				entered = before_left + between(1, 60);
			} else {
				while (taken & 1 << a)
					a = pick_weighted(enrolment_weight, total);
			}
			taken |= 1 << a;
			left = percent(45) ? entered + between(30, 420) : 0;
			if (strcmp(state, "active") != 0)
				left = 0;
			if (left != 0)
				exit = PICK(exits);
			planned = percent(50) ? "2400" : percent(50) ? "1200" : "4200";
			if (strcmp(actions[a].kind, "training") != 0)
				planned = "";
			if (strcmp(exit, "employment") == 0)
				job = PICK(months);
			row(F_enrolments, "%s-e%07d,%s-a%02d,%s-p%07d,%s,%s,%s,%s,%s,%s,%s-o%02d", c, number, c, a + 1, c, i,
			    state, date(entered), date(left), planned, exit, job, c, between(1, 12));
			if (strcmp(actions[a].theme, "language") == 0 && percent(80))
				make_assessments(c, number, entered, left);
			if (strcmp(exit, "employment") == 0 || strcmp(exit, "training") == 0)
				make_followup(c, number, left);
			if (strcmp(state, "active") == 0) {
				struct pool *p = &pools[a];

				if (again && p->n > 0 && p->v[p->n - 1].person == i)
					p->v[p->n - 1].left = left; /* one place in the pool */
				else
					p->v[p->n++] = (struct enrolment){ i, entered, left };
				before = a;
				before_left = left;
			}
			number++;
		}
	}
}

/* ---------------------------------------------------------------- sessions */

/* the register of a session: wanted people of the pool, in order; returns how many came out */
static int
make_register(const char *c, int number, int day, int minutes, const struct pool *pool, int wanted, int *room)
{
	int n = 0, made = 0;

	for (int i = 0; i < pool->n; i++) {
		const struct enrolment *e = &pool->v[i];

		if ((e->entered <= day && (e->left == 0 || day <= e->left)) || below(30) == 0)
			room[n++] = e->person;
	}
	for (int i = 0; i < n && made < wanted; i++) {
		int m = minutes;

		if ((int)below(n - i) >= wanted - made)
			continue;
		if (percent(6))
			m = 0;
		else if (percent(10))
			m = minutes / 2;
		row(F_attendances, "%s-s%07d,%s-p%07d,%d,%s", c, number, c, room[i], m, m > 0 ? "" : percent(40) ? "yes" : "no");
		made++;
	}
	return made;
}

static void
make_sessions(const char *c, int count, int attendances, int trainees, const struct pool *pools, int *room)
{
	static const int lengths[] = { 60, 90, 105, 120, 120, 180 };
	static const char *const kinds[] = { "training", "workshop", "sport_event", "culture_event", "group" };
	int total = sum_of(session_weight), first = day_of(2022, 9, 1), days = day_of(2023, 10, 31) - first + 1;

	for (int i = 0; i < count; i++) {
		int a = pick_weighted(session_weight, total), day = first + (int)((int64_t)i * days / count);
		int minutes = PICK(lengths), public_count = 0;
		const char *kind = percent(85) ? actions[a].kind : PICK(kinds), *theme = actions[a].theme;
		const char *audience = actions[a].audience, *state = percent(96) ? "held" : percent(50) ? "planned" : "cancelled";
		bool held = strcmp(state, "held") == 0, actors = strcmp(audience, "actors") == 0;
		char civic[64] = "";

		if (strcmp(audience, "public") == 0)
			public_count = between(0, 80);
		else if (strstr(kind, "_event") != NULL && percent(30))
			audience = "public";
		if (strcmp(theme, "civic") == 0)
			for (int t = 0; t < COUNT(themes); t++)
				if (percent(15)) {
					strcat(civic, civic[0] == '\0' ? "" : ";");
					strcat(civic, themes[t]);
				}
		row(F_sessions, "%s-s%07d,%s-a%02d,%s,%d,%s,%s,%s,%s,%s,%s,%.*d,", c, i, c, a + 1, date(day), minutes, kind,
		    theme, audience, state, percent(50) ? "A" : "B", civic, public_count > 0, public_count);
		if (held && actors) {
			for (int t = (int)below(8); t < trainees; t += between(1, 2 * trainees / 10))
				row(F_trainee_attendances, "%s-s%07d,%s-t%04d,%d", c, i, c, t, percent(95) ? minutes : 0);
		} else if (held) {
			/* many have no register, so the others take more than the even share; the last ones catch up */
			int even = attendances / (count - i > 30 ? count - i - 30 : 1), wanted = even + between(-even / 3, even);

			attendances -=
			    make_register(c, i, day, minutes, &pools[a], wanted < attendances ? wanted : attendances, room);
		}
	}
	if (attendances > 0)
		fprintf(stderr, "make_bundle: %s: %d attendances too few\n", c, attendances);
}

/* ---------------------------------------------------------------- the rest of the records */

static int
day_around(void) /* mostly in the contract's first year */
{
	return between(day_of(2022, 9, 1), day_of(2023, 11, 30));
}

static void
make_acts(const char *c, int people, const struct pool *pools)
{
	int total = sum_of(enrolment_weight), pairs = people / 50;

	for (int i = 0; i < people * 6 / 5; i++) {
		int a = pick_weighted(enrolment_weight, total);
		int person = pools[a].n > 0 && percent(90) ? pools[a].v[below(pools[a].n)].person : between(0, people - 1);

		const char *kind = percent(85) ? actions[a].act : "accompaniment";
		bool several = percent(25);
		int on = day_around(), quantity = between(1, 4);

		row(F_acts, "%s-k%07d,%s-a%02d,%s-p%07d,%s,%s,%.*d", c, i, c, a + 1, c, person, date(on), kind, several,
		    several ? quantity : 0);
	}
	for (int i = 0; i < pairs; i++) {
		const char *given = PICK(given_names), *family = PICK(family_names);
		int a = between(12, 13), person = between(0, people - 1);
		int started = between(day_of(2022, 6, 1), day_of(2023, 10, 31)), ended = started + between(20, 300);

		row(F_pairs, "%s-b%05d,%s-a%02d,%s-p%07d,%s %s,%s,%s", c, i, c, a, c, person, given, family, date(started),
		    date(percent(50) ? ended : 0));
	}
	for (int i = 0; i < people; i++)
		if (percent(3)) {
			int consented = between(day_of(2022, 10, 1), day_of(2023, 9, 30));
			int joined = consented + (int)below(30), left = joined + between(1, 200);

			row(F_cohort_members, "%s-p%07d,%s,%s,%s,%s", c, i, c, date(consented), date(joined),
			    date(percent(15) ? left : 0));
		}
}

static void
make_actors(const char *c, int trainees)
{
	for (int i = 0; i < trainees; i++) {
		const char *family = PICK(family_names), *given = PICK(given_names), *volunteer = percent(60) ? "yes" : "no";

		row(F_trainees, "%s-t%04d,%s,%s,%s-o%02d,%s", c, i, family, given, c, between(1, 12), volunteer);
	}
	for (int a = 0; a < ACTIONS; a++) {
		static const char *const labels[] = { "Livret d'accueil", "Guide des droits", "Carte des services",
			"Lexique illustré", "\"Film, 12 minutes\"" };

		if (actions[a].sheet != 10 && a % 5 != 0)
			continue;
		for (int i = 0; i < COUNT(labels); i++) /* no two on one day in a contract */
			row(F_tools, "%s-a%02d,%s,%s,%s", c, a + 1, date(day_of(2022, 10, 1) + i * 85 + a),
			    strcmp(actions[a].audience, "actors") == 0 || percent(40) ? "actors" : "newcomers", labels[i]);
	}
	for (int a = 0; a < ACTIONS; a++)
		for (int i = 0; i < 6; i++) {
			const char *label = percent(50) ? "Prestation" : "\"Salaires, charges\"";
			int on = day_around(), cents = between(5000, 900000), tenths = between(0, 10), account = between(60, 69);

			row(F_expenses, "%s-x%02d%02d,%s-a%02d,%s,%s,%d,%d,%d", c, a + 1, i, c, a + 1, date(on), label, cents,
			    cents / 10 * tenths, account);
		}
	row(F_payments, "%s-y1,%s,2022,2022-12-01,%d", c, c, 30000000);
	row(F_payments, "%s-y2,%s,2023,2023-07-01,%d", c, c, 10000000);
}

/* a quarter of a year's counts of an aggregate sheet, which hold together */
static void
make_counts(const char *c, int sheet, const char *from, const char *to)
{
	int bpi = between(5, 60), total = bpi + between(0, 60), under25 = between(0, total);
	int both = (int)below((bpi < under25 ? bpi : under25) + 1), visits = between(20, 200), hours = between(1, 90);
	const struct {
		const char *indicator, *cell;
		int value;
	} counts[] = {
		{ "1.1.beneficiaries", "bpi", bpi },
		{ "1.1.beneficiaries", "bpi_men", bpi / 2 },
		{ "1.1.beneficiaries", "bpi_under25", both },
		{ "1.1.beneficiaries", "bpi_women", bpi / 2 },
		{ "1.1.beneficiaries", "men", total / 2 },
		{ "1.1.beneficiaries", "total", total },
		{ "1.1.beneficiaries", "under25", under25 },
		{ "1.1.beneficiaries", "women", total / 2 },
		{ "3.1.hours", "total", hours },
		{ "3.5.consultations", "total", visits },
		{ "local.followed", "total", between(0, 9) },
	};

	for (int i = 0; i < COUNT(counts); i++) {
		bool decimals = strcmp(counts[i].indicator, "3.1.hours") == 0;

		row(F_aggregates, "%s-f%02d,%s,%s,%s,%s,%d%s", c, sheet, from, to, counts[i].indicator, counts[i].cell,
		    counts[i].value, decimals ? ".25" : "");
	}
}

static void
make_aggregates(const char *c)
{
	static const char *const quarters[][2] = { { "2022-07-01", "2022-10-16" }, { "2022-10-17", "2022-12-31" },
		{ "2023-01-01", "2023-03-31" }, { "2023-04-01", "2023-06-30" }, { "2023-07-01", "2023-10-16" },
		{ "2023-10-17", "2023-12-31" } };

	for (int s = 0; s < SHEETS; s++) {
		if (sheets[s].aggregate)
			for (int q = 0; q < COUNT(quarters); q++)
				make_counts(c, s + 1, quarters[q][0], quarters[q][1]);
		if (s == 11)
			row(F_aggregates, "%s-f%02d,2022-10-17,2023-10-16,local.qualitative,total,%d", c, s + 1, between(1, 30));
	}
}

/* ---------------------------------------------------------------- the contract's own files */

static void
make_frame(const char *c, int k, int people)
{
	static const char *const categories[] = { "city", "state", "institution", "accommodation", "charity", "health", "social",
		"housing", "education", "employment", "other" };
	static const char *const body_kinds[] = { "steering", "technical", "project_team", "working_group" };
	int department = 1 + k % 95;

	row(F_territories, "%s,Ville %04d,commune,%02d%03d,%02d,Département %d,Région %d", c, k, department, 1 + k / 95,
	    department, department, department % 13 + 1);
	row(F_deliberations, "%s-d,%s,%d,2022-09-27,2022-09-21,Mise en place du contrat,55,49,4,2,0,53,0,0", c, c, k);
	row(F_contracts,
	    "%s,%s,ctai,CTAI %04d 2022-2025,%s-d,2022-10-17,36,Préfet,Ville %04d,104,12-02,Préfet,"
	    "Directeur régional des finances publiques,VILLE %04d,,,,%s",
	    c, c, k, c, k, k, k % 4 == 0 ? "refugee;subsidiary_protection;family_reunification;student" : "");
	for (int year = 2022; year < 2026; year++)
		row(F_grants, "%s-g%d,%s,%d,%d,,sous réserve de la loi de finances", c, year, c, year,
		    between(1000000, 50000000));
	for (int i = 1; i <= 4; i++)
		row(F_priorities, "%s-p%d,%s,%d,Priorité %d", c, i, c, i, i);
	for (int i = 1; i <= 11; i++)
		row(F_axes, "%s-x%02d,%s-p%d,%d,Axe %d", c, i, c, (i + 2) / 3, (i - 1) % 3 + 1, i);
	for (int i = 1; i <= 12; i++)
		row(F_organisations, "%s-o%02d,Association %d,%s,%s,,", c, i, i, categories[i % COUNT(categories)],
		    i % 2 ? "public" : "private");
	for (int s = 0; s < SHEETS; s++) {
		char axis[32] = "";
		const char *at = sheets[s].indicators;

		if (sheets[s].axis > 0)
			snprintf(axis, sizeof(axis), "%s-x%02d", c, sheets[s].axis);
		row(F_sheets, "%s-f%02d,%s,%s,%s,%d.%d,%s,%s,%d,%s,2022-10-17,2023-10-16,yes,%s,", c, s + 1, c, axis,
		    sheets[s].kind, s / 3 + 1, s % 3 + 1, sheets[s].title, sheets[s].audience, people / 10 + s,
		    strcmp(sheets[s].audience, "newcomers") != 0 ? "40" : "", sheets[s].aggregate ? "aggregate" : "nominal");
		for (; *at != '\0'; at += strcspn(at, ";"), at += *at == ';')
			row(F_sheet_indicators, "%s-f%02d,%.*s", c, s + 1, (int)strcspn(at, ";"), at);
		row(F_partnerships, "%s-f%02d,%s-o%02d,operator", c, s + 1, c, s % 6 + 1);
		row(F_partnerships, "%s-f%02d,%s-o%02d,partner", c, s + 1, c, s % 6 + 7);
		for (int a = 0; a < ACTIONS; a++)
			if (actions[a].sheet == s)
				row(F_forecasts, "%s-f%02d,%s-a%02d,2022,%d,%d", c, s + 1, c, a + 1, between(1000000, 9000000),
				    500000);
	}
	for (int a = 0; a < ACTIONS; a++)
		row(F_actions, "%s-a%02d,%s-f%02d,%s,%s-o%02d,%s,%d,,", c, a + 1, c, actions[a].sheet + 1, actions[a].title, c,
		    a % 12 + 1, actions[a].audience, people / 20 + a);
	for (int i = 0; i < COUNT(locals); i++)
		row(F_local_indicators, "%s,%s,%s,%s,%s", c, locals[i].name, locals[i].label, locals[i].measure, locals[i].match);
	for (int b = 0; b < COUNT(body_kinds); b++) {
		row(F_bodies, "%s-b%d,%s,Instance %d,%s,%s,Maire et préfet,%s-o01;%s-o%02d", c, b + 1, c, b + 1, body_kinds[b],
		    b == 0 ? "yearly" : "as_needed", c, c, b + 2);
		for (int m = 0; m < 5; m++)
			row(F_meetings, "%s-m%d%d,%s-b%d,%s,%s,Point d'étape", c, b + 1, m, c, b + 1,
			    date(day_of(2022, 9, 15) + 95 * m + b),
			    percent(80)   ? "held"
			    : percent(50) ? "planned"
					  : "cancelled");
	}
}

static void
make_contract(int k, int people, int attendances, uint64_t seed)
{
	struct pool pools[ACTIONS] = { 0 };
	int *room = malloc((size_t)people * sizeof(*room));
	int trainees = people / 10 > 20 ? people / 10 : 20;
	char c[16];

	chance = seed * 0x2545f4914f6cdd1du + (uint64_t)k * 0x100000001b3u;
	snprintf(c, sizeof(c), "c%05d", k);
	for (int a = 0; a < ACTIONS; a++)
		if ((pools[a].v = malloc((size_t)people * sizeof(*pools[a].v))) == NULL || room == NULL)
			die("memory");
	make_frame(c, k, people);
	for (int i = 0; i < people; i++)
		make_statuses(c, i, make_person(c, i, people));
	make_enrolments(c, people, pools);
	make_sessions(c, (int)((int64_t)attendances * 4322 / 50000), attendances, trainees, pools, room);
	make_acts(c, people, pools);
	make_actors(c, trainees);
	make_aggregates(c);
	for (int a = 0; a < ACTIONS; a++)
		free(pools[a].v);
	free(room);
}

static int
number(const char *s)
{
	char *end;
	long v = strtol(s, &end, 10);

	if (*end != '\0' || v < 0 || v > 100000000) {
		fprintf(stderr, "make_bundle: not a number: %s\n", s);
		exit(2);
	}
	return (int)v;
}

int
main(int argc, char **argv)
{
	int contracts = 1, people = 1000, attendances = 50000, seed = 1;
	bool people_only = false;

	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--people-only") == 0)
			people_only = true;
		else if (argv[i][0] != '-' && out == NULL)
			out = argv[i];
		else if (i + 1 == argc)
			out = NULL;
		else if (strcmp(argv[i], "--contracts") == 0)
			contracts = number(argv[++i]);
		else if (strcmp(argv[i], "--people") == 0)
			people = number(argv[++i]);
		else if (strcmp(argv[i], "--attendances") == 0)
			attendances = number(argv[++i]);
		else if (strcmp(argv[i], "--seed") == 0)
			seed = number(argv[++i]);
	}
	if (out == NULL || people < 1) {
		fprintf(
		    stderr, "usage: make_bundle [--contracts N] [--people P] [--attendances A] [--seed S] [--people-only] OUT\n");
		return 2;
	}
	if (mkdir(out, 0777) != 0 && errno != EEXIST)
		die(out);
#define F(name, heading)                          \
	if (!people_only || F_##name == F_people) \
		open_file(F_##name, #name, heading);
	FILES(F)
#undef F
	chance = (uint64_t)seed;
	for (int i = 0; people_only && i < people; i++)
		make_person("c00001", i, people);
	for (int k = 1; !people_only && k <= contracts; k++)
		make_contract(k, people, attendances, (uint64_t)seed);
	close_files();
	return 0;
}
