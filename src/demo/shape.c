/* shape.c - what each action of a contract is about, told from what the contract says of it: its audience, the indicators
 * of its sheet, and words of its title. No contract is known by name. */
#include <string.h>

#include "demo/calendar.h"
#include "demo/making.h"

const char *const theme_words[THEMES] = {
	"language",
	"civic",
	"digital",
	"employment",
	"health",
	"mobility",
	"childcare",
	"housing",
	"education",
	"culture",
	"sport",
	"other",
};

/* --- words --- */

/* Lower case without accents, so that clues are written plainly; anything else than letters and digits is a blank. */
static str
folded(struct arena *a, str s)
{
	static const char latin[] = "aaaaaaaceeeeiiii.nooooo.ouuuuy..aaaaaaaceeeeiiii.nooooo.ouuuuy.y"; /* U+00C0 to U+00FF */
	struct buf b = { 0 };

	buf_char(&b, ' ');
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.s[i];

		if (c == 0xc3 && i + 1 < s.len)
			buf_char(&b, latin[(unsigned char)s.s[++i] & 0x3f]);
		else if (c >= 'A' && c <= 'Z')
			buf_char(&b, (char)(c + ('a' - 'A')));
		else
			buf_char(&b, (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? (char)c : ' ');
	}
	return buf_kept(&b, a);
}

/* Does a word (or words) of the text begin like one of these? text is folded, clues are separated by '|'. */
static bool
speaks_of(str text, const char *clues)
{
	str rest = str_of(clues);

	while (rest.s != NULL) {
		str clue = str_cut(rest, '|', &rest);

		for (size_t i = 0; i + clue.len < text.len; i++) {
			if (text.s[i] == ' ' && memcmp(text.s + i + 1, clue.s, clue.len) == 0)
				return true;
		}
	}
	return false;
}

static const char pair_clues[] = "binome|parrain|marrain|mentor|tandem|service civique";

/* In this order: a course of reading for drivers is a course of reading. */
static const struct {
	const char *clues;
	enum theme theme;
} clues[] = {
	{ "alphab|francais|linguist|langue|fle |lecture|illettr", THEME_LANGUAGE },
	{ "civi|laic|citoyen|republi|valeurs|parents|parental", THEME_CIVIC },
	{ "numeri|informati|ordinat|internet", THEME_DIGITAL },
	{ "mobilite|permis|conduite|transport|velo", THEME_MOBILITY },
	{ "universit|etudiant|master|scolar|ecole", THEME_EDUCATION },
	{ "garde|creche|enfan|petit", THEME_CHILDCARE },
	{ "logement|loge|heberg|habitat", THEME_HOUSING },
	{ "sante|soin|psych|medic|trauma", THEME_HEALTH },
	{ "emploi|metier|profession|insertion|travail|formation", THEME_EMPLOYMENT },
	{ "sport|foot|gym", THEME_SPORT },
	{ "cultur|video|film|musique|theatre|festival|musee", THEME_CULTURE },
};

static const struct {
	const char *indicator; /* how it begins */
	enum need need;
	enum theme theme;
} needs[] = {
	{ "3.1.", NEED_LANGUAGE, THEME_LANGUAGE },
	{ "3.2.", NEED_EMPLOYMENT, THEME_EMPLOYMENT },
	{ "3.3.", NEED_CIVIC, THEME_CIVIC },
	{ "3.4.", NEED_HOUSING, THEME_HOUSING },
	{ "3.5.", NEED_HEALTH, THEME_HEALTH },
	{ "3.6.", NEED_DIGITAL, THEME_DIGITAL },
	{ "3.7.", NEED_PAIRS, THEME_OTHER },
	{ "3.8.sport", NEED_SPORT, THEME_SPORT },
	{ "3.8.culture", NEED_CULTURE, THEME_CULTURE },
};
enum { NEEDS = sizeof needs / sizeof *needs };

/* Is it on the list of the sheet? A prefix stands for all indicators of the theme. */
static bool
sheet_asks(const struct plan *p, const struct sheet *s, const char *prefix)
{
	for (size_t i = 0; i < p->sheet_indicators.n; i++) {
		const struct sheet_indicator *x = &p->sheet_indicators.v[i];

		if (x->sheet == s->record.id && str_starts(x->indicator, str_of(prefix)))
			return true;
	}
	return false;
}

static enum theme
theme_of(const struct making *m, const struct doing *d)
{
	const str texts[] = { d->action->title, d->action->detail, d->sheet->title };

	for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) {
		str text = folded(m->arena, texts[t]);

		for (size_t i = 0; i < sizeof clues / sizeof *clues; i++) {
			if (speaks_of(text, clues[i].clues))
				return clues[i].theme;
		}
	}
	for (int i = 0; i < NEEDS; i++) {
		if (sheet_asks(m->plan, d->sheet, needs[i].indicator))
			return needs[i].theme;
	}
	return THEME_OTHER;
}

/* --- how a theme is carried out --- */

static const struct {
	int wanted, per_week, weeks, minutes, size;
	const char *kind;
} usual[THEMES] = {
	[THEME_LANGUAGE] = { 150, 2, 30, 120, 14, "training" },
	[THEME_CIVIC] = { 180, 1, 28, 120, 15, "training" },
	[THEME_DIGITAL] = { 100, 1, 12, 120, 10, "training" },
	[THEME_EMPLOYMENT] = { 100, 1, 10, 120, 10, "training" },
	[THEME_HEALTH] = { 40, 1, 12, 90, 10, "group" },
	[THEME_MOBILITY] = { 150, 2, 12, 120, 12, "workshop" },
	[THEME_CHILDCARE] = { 40, 2, 26, 180, 10, "group" },
	[THEME_HOUSING] = { 220, 1, 6, 90, 10, "workshop" },
	[THEME_EDUCATION] = { 10, 2, 30, 120, 10, "training" },
	[THEME_CULTURE] = { 60, 1, 12, 120, 20, "workshop" },
	[THEME_SPORT] = { 60, 1, 20, 90, 15, "workshop" },
	[THEME_OTHER] = { 60, 1, 6, 120, 12, "workshop" },
};

enum { USUAL_CASES = 50 }; /* of an operator that does not say how many people it expects */

static int
newcomer_actions(const struct plan *p, const struct sheet *s)
{
	int n = 0;

	for (size_t i = 0; i < p->actions.n; i++)
		n += p->actions.v[i].sheet == s->record.id && plan_for_newcomers(p->actions.v[i].audience);
	return n;
}

/* The objective is nearly reached, reached or passed; where there is none, what is usual. */
static int
wanted(const struct making *m, const struct doing *d)
{
	struct chance c = chance_for(m, CHANCE_ACTION, d->index, 0);
	int64_t objective = d->action->objective != NUMBER_NONE ? d->action->objective : d->sheet->objective;
	int reached = chance_between(&c, 78, 108);

	if (objective == NUMBER_NONE || objective <= 0)
		return d->way == WAY_CASES ? USUAL_CASES : usual[d->theme].wanted;
	if (objective > 10000)
		objective = 10000;
	if (objective <= 10)
		return (int)objective;
	if (d->action->objective == NUMBER_NONE && newcomer_actions(m->plan, d->sheet) > 1)
		reached /= 2; /* the sheet counts people once, and has other actions */
	if (d->way == WAY_CASES)
		reached = reached * 3 / 4; /* the operator knows more of them than the network does */
	return (int)(objective * reached / 100);
}

/* "3 à 4 mois": the number before the word; 0 when there is none. */
static int
months_said(str text)
{
	int digits = 0, last = 0;

	for (size_t i = 0; i < text.len; i++) {
		if (text.s[i] >= '0' && text.s[i] <= '9') {
			digits = digits * 10 + (text.s[i] - '0');
			last = digits > 36 ? 0 : digits;
			continue;
		}
		if (digits > 0 && i + 5 <= text.len && memcmp(text.s + i, " mois", 5) == 0)
			return last;
		digits = 0;
	}
	return 0;
}

static void
set_rhythm(const struct making *m, struct doing *d)
{
	int months = months_said(folded(m->arena, d->action->detail));

	d->per_week = usual[d->theme].per_week;
	d->weeks = usual[d->theme].weeks;
	d->minutes = usual[d->theme].minutes;
	d->size = usual[d->theme].size;
	d->kind = usual[d->theme].kind;
	if (d->young && d->way == WAY_GROUPS && d->theme == THEME_HOUSING) {
		d->weeks = 34; /* continuous support of young people */
		d->minutes = 120;
		d->kind = "group";
	}
	if (d->way == WAY_PAIRS) {
		d->per_week = 1;
		d->weeks = 30;
		d->minutes = 120;
		d->kind = (d->needs & NEED_LANGUAGE) != 0 ? "training" : "group";
		if ((d->needs & NEED_LANGUAGE) != 0)
			d->theme = THEME_LANGUAGE;
	} else if ((d->needs & (NEED_LANGUAGE | NEED_CIVIC | NEED_DIGITAL)) != 0) {
		d->kind = "training"; /* hours and assiduity are counted in training */
	}
	if (months > 0 && d->way != WAY_PAIRS)
		d->weeks = months * 4;
	d->months = months > 0 ? months : 8;
	d->wanted = wanted(m, d);
}

/* An action meets a need when its own theme does; when no action of the sheet is of that theme, all of them do. */
static void
share_needs(struct making *m)
{
	for (int i = 0; i < NEEDS; i++) {
		for (int k = 0; k < m->doing_count; k++) {
			struct doing *d = &m->doings[k];
			bool own = false;

			if (!plan_for_newcomers(d->action->audience) || !sheet_asks(m->plan, d->sheet, needs[i].indicator))
				continue;
			for (int j = 0; j < m->doing_count; j++)
				own |= m->doings[j].sheet == d->sheet && m->doings[j].theme == needs[i].theme &&
				       plan_for_newcomers(m->doings[j].action->audience);
			if (!own || d->theme == needs[i].theme || needs[i].need == NEED_EMPLOYMENT)
				d->needs |= needs[i].need;
		}
	}
}

static enum way
way_of(const struct making *m, const struct doing *d)
{
	str text = folded(m->arena, str_format(m->arena, "%.*s %.*s", STR_ARG(d->action->title), STR_ARG(d->action->detail)));

	if (str_is(d->action->audience, "actors"))
		return WAY_ACTORS;
	if (str_is(d->action->audience, "public"))
		return WAY_EVENTS;
	if (str_is(d->sheet->kind, "evaluation"))
		return WAY_INTERVIEWS;
	if (str_is(d->sheet->recording, "aggregate"))
		return WAY_CASES;
	if (speaks_of(text, pair_clues) || (d->needs & NEED_PAIRS) != 0)
		return WAY_PAIRS;
	return WAY_GROUPS;
}

static void
set_people(const struct making *m, struct doing *d)
{
	str text = folded(m->arena, str_format(m->arena, "%.*s %.*s %.*s", STR_ARG(d->action->title), STR_ARG(d->action->detail),
					STR_ARG(d->sheet->title)));

	d->women = speaks_of(text, "femme");
	d->young = speaks_of(text, "jeune|moins de 25|18 a 25|16 a 25");
	d->bpi = speaks_of(text, "bpi|refugie");
	d->schooled = speaks_of(text, "master|universit");
}

/* The kinds that the contract's own indicators count on this sheet: acts, and one kind of session. */
static void
set_local_kinds(const struct making *m, struct doing *d)
{
	for (size_t i = 0; i < m->plan->local_indicators.n; i++) {
		const struct local_indicator *x = &m->plan->local_indicators.v[i];

		if (x->match.len == 0 || !plan_carries(m->plan, d->sheet, x->indicator))
			continue;
		if (str_starts(x->measure, S("session")))
			d->session_kind = x->match;
		else if (d->act_count < KINDS_MAX)
			d->acts[d->act_count++] = x->match;
	}
}

/* Pairs wait for the signature, which they depend on. */
static void
set_weeks(const struct making *m, struct doing *d)
{
	day from = d->run.from;

	if (d->way == WAY_PAIRS && from < m->year.from && m->year.from + 60 < d->run.to)
		from = m->year.from + 7;
	for (day monday = monday_of(from + 6); monday + 4 <= d->run.to && d->monday_count < DATES_MAX; monday += 7) {
		if (school_week(monday))
			d->mondays[d->monday_count++] = monday;
	}
}

/* --- the years --- */

static day
least(day a, day b)
{
	return a == DAY_NONE || (b != DAY_NONE && b < a) ? b : a;
}

/* The contract's first year begins with the signature; before it is signed, with its first sheet or subsidy. */
static day
first_day(const struct plan *p)
{
	day from = p->contract.signed_on;

	for (size_t i = 0; from == DAY_NONE && i < p->sheets.n; i++)
		from = least(from, p->sheets.v[i].starts_on);
	for (size_t i = 0; from == DAY_NONE && i < p->grants.n; i++)
		from = least(from, day_of((int)p->grants.v[i].year, 1, 1));
	return from;
}

/* One year of the sheet: the one in which the contract begins. */
static period
run_of(const struct making *m, const struct sheet *s)
{
	period run = { s->starts_on != DAY_NONE ? s->starts_on : m->year.from, s->ends_on };

	if (run.from + 365 < m->year.from)
		run.from = m->year.from - 60; /* begun long before: what is shown starts shortly before the contract */
	if (run.to == DAY_NONE || run.to > day_add_months(run.from, 12) - 1)
		run.to = day_add_months(run.from, 12) - 1;
	if (run.to < run.from)
		run.to = run.from;
	return run;
}

bool
shape(struct making *m)
{
	const struct plan *p = m->plan;
	day from = first_day(p);

	if (from == DAY_NONE || p->actions.n == 0)
		return false;
	m->year = (period){ from, day_add_months(from, 12) - 1 };
	m->life = m->year;
	m->doings = ARENA_ARRAY(m->arena, p->actions.n, struct doing);
	for (size_t i = 0; i < p->actions.n; i++) {
		struct doing *d = &m->doings[m->doing_count++];

		d->action = &p->actions.v[i];
		d->sheet = plan_sheet(p, d->action->sheet);
		d->index = (int)i;
		d->last_held = DAY_NONE;
		d->run = run_of(m, d->sheet);
		d->theme = theme_of(m, d);
		m->life.from = d->run.from < m->life.from ? d->run.from : m->life.from;
		m->life.to = d->run.to > m->life.to ? d->run.to : m->life.to;
	}
	share_needs(m);
	for (int i = 0; i < m->doing_count; i++) {
		struct doing *d = &m->doings[i];

		d->way = way_of(m, d);
		set_people(m, d);
		set_local_kinds(m, d);
		set_rhythm(m, d);
		set_weeks(m, d);
	}
	return true;
}
