/* actors.c - professionals and volunteers: who they are, the training they are given, the tools made for them and for newcomers */
#include <stdlib.h>
#include <string.h>

#include "demo/calendar.h"
#include "demo/making.h"

/* Each sheet for actors has its own trainees, from first to last. */
struct class
{
	const struct doing *d;
	int64_t first, count;
	int sessions, minutes;
	enum theme theme;
	bool volunteers;
};

/* The action of a sheet that is for this audience, else its first. */
static const struct doing *
action_for(const struct making *m, const struct sheet *s, bool (*audience)(str))
{
	const struct doing *any = NULL;

	for (int i = 0; i < m->doing_count; i++) {
		const struct doing *d = &m->doings[i];

		if (d->sheet != s)
			continue;
		if (audience(d->action->audience))
			return d;
		if (any == NULL)
			any = d;
	}
	return any;
}

static bool
about_volunteers(const struct doing *d)
{
	/* the word as it is written in titles; accents stand as UTF-8 */
	static const char *const words[] = { "énévole", "olontaire" };

	for (size_t w = 0; w < 2; w++) {
		str clue = str_of(words[w]);

		for (size_t i = 0; i + clue.len <= d->action->title.len; i++) {
			if (memcmp(d->action->title.s + i, clue.s, clue.len) == 0)
				return true;
		}
	}
	return false;
}

/* What professionals learn more of; the rest is about welcoming people as such. */
static enum theme
theme_for_actors(const struct doing *d)
{
	switch (d->theme) {
	case THEME_HEALTH:
	case THEME_MOBILITY:
	case THEME_CHILDCARE:
	case THEME_HOUSING:
	case THEME_DIGITAL:
		return d->theme;
	default:
		return THEME_OTHER;
	}
}

static bool
make_class(const struct making *m, const struct sheet *s, int64_t first, struct class *class)
{
	struct chance c = chance_for(m, CHANCE_ACTOR, (int64_t)(s - m->plan->sheets.v), 0);
	const struct doing *d = action_for(m, s, plan_for_actors);
	int64_t objective = s->objective_actors;

	if (!plan_for_actors(s->audience) || d == NULL || str_is(s->recording, "aggregate"))
		return false;
	if (objective == NUMBER_NONE)
		objective = d->action->objective_actors;
	if (objective == NUMBER_NONE || objective > 2000)
		objective = 15;
	*class = (struct class){ .d = d,
		.first = first,
		.count = objective * chance_between(&c, 80, 105) / 100,
		.sessions = d->way == WAY_ACTORS && str_is(s->kind, "action") ? 8 : 2,
		.minutes = 180,
		.theme = theme_for_actors(d),
		.volunteers = about_volunteers(d) };
	return class->count > 0;
}

static void
write_trainees(struct making *m, const struct class *class)
{
	for (int64_t i = class->first; i < class->first + class->count; i++) {
		struct chance c = chance_for(m, CHANCE_ACTOR, i, 1);
		char ref[REF_SIZE], family[NAME_TEXT];
		struct trainee r;
		str from = { NULL, 0 };

		entity_clear(&entities[ENTITY_trainees], &r);
		r.ref = made_ref(m, 't', i, ref);
		r.family_name = name_host_family(&c, family);
		r.given_name = name_host_given(&c);
		r.volunteer = chance_percent(&c, class->volunteers ? 85 : 12);
		if (r.volunteer == 0 || chance_percent(&c, 40))
			from = partner_pick(m, class->d->sheet, NULL, &c);
		sheaf_add(&m->sheaf, ENTITY_trainees, &r, &from);
	}
}

static void
train(struct making *m, const struct class *class)
{
	const struct doing *d = class->d;

	for (int k = 0; k < class->sessions && d->monday_count > 0; k++) {
		int week = (int)((int64_t)(d->monday_count - 1) * (k + 1) / (class->sessions + 1));
		char ref[REF_SIZE], trainee[REF_SIZE];
		struct session s;
		int64_t made;

		entity_clear(&entities[ENTITY_sessions], &s);
		s.held_on = working_day(d->mondays[week] + 3);
		s.minutes = class->minutes;
		s.kind = S("training");
		s.theme = str_of(theme_words[class->theme]);
		s.audience = S("actors");
		s.state = S("held");
		made = session_add(m, d, &s);
		for (int64_t i = class->first; i < class->first + class->count; i++) {
			struct chance c = chance_for(m, CHANCE_PRESENCE, made, -i);
			const str refs[] = { made_ref(m, 's', made, ref), made_ref(m, 't', i, trainee) };
			struct trainee_attendance r = { .minutes = class->minutes };
			int fate = chance_below(&c, 100);

			if (fate >= 96)
				continue; /* not expected that day */
			r.minutes = fate < 82 ? class->minutes : fate < 87 ? class->minutes / 2 : 0;
			sheaf_add(&m->sheaf, ENTITY_trainee_attendances, &r, refs);
		}
	}
}

void
make_actors(struct making *m)
{
	struct class *classes = ARENA_ARRAY(m->arena, m->plan->sheets.n, struct class);
	int64_t next = 1;
	int n = 0;

	for (size_t i = 0; i < m->plan->sheets.n; i++) {
		if (make_class(m, &m->plan->sheets.v[i], next, &classes[n]))
			next += classes[n++].count;
	}
	for (int i = 0; i < n; i++)
		write_trainees(m, &classes[i]);
	for (int i = 0; i < n; i++)
		train(m, &classes[i]);
}

/* --- tools --- */

struct made_tool {
	str action;
	day on;
	const char *audience, *label;
};

static const char *const newcomer_tools[THEMES][2] = {
	[THEME_LANGUAGE] = { "Lexique illustré des métiers", "Cahier de lecture et d'écriture" },
	[THEME_CIVIC] = { "Livret des services publics en six langues", "Jeu de cartes sur les droits et devoirs" },
	[THEME_DIGITAL] = { "Premiers pas en ligne, pas à pas", "Fiches réflexes sur les démarches" },
	[THEME_EMPLOYMENT] = { "Guide des codes de l'entreprise", "Modèle de CV commenté" },
	[THEME_HEALTH] = { "Carte des lieux de soins", "Carnet de rendez-vous de santé" },
	[THEME_MOBILITY] = { "Plan du réseau de transport simplifié", "Code de la route en images" },
	[THEME_CHILDCARE] = { "Guide des modes de garde", "Imagier pour la crèche" },
	[THEME_HOUSING] = { "Livret du locataire", "Bons gestes dans le logement" },
	[THEME_EDUCATION] = { "Guide de l'étudiant réfugié", "Calendrier des inscriptions" },
	[THEME_CULTURE] = { "Carte des lieux de culture", "Carnet de sorties" },
	[THEME_SPORT] = { "Annuaire des clubs", "Calendrier des rencontres" },
	[THEME_OTHER] = { "Livret d'accueil", "Répertoire des associations" },
};
static const char *const actor_tools[] = {
	"Mémento du droit au séjour",
	"Guide du recours à l'interprète",
	"Module sur l'accueil interculturel",
	"Fiche d'orientation partagée",
};

static int
by_key(const void *a, const void *b)
{
	const struct made_tool *x = a, *y = b;
	int c = str_cmp(x->action, y->action);

	if (c == 0)
		c = (x->on > y->on) - (x->on < y->on);
	if (c == 0)
		c = strcmp(x->audience, y->audience);
	return c != 0 ? c : strcmp(x->label, y->label);
}

static void
add_tools(const struct making *m, size_t sheet, bool actors, struct made_tool *v, int *n)
{
	const struct sheet *s = &m->plan->sheets.v[sheet];
	struct chance c = chance_for(m, CHANCE_ACTOR, (int64_t)sheet, 2 + actors);
	const struct doing *d = action_for(m, s, actors ? plan_for_actors : plan_for_newcomers);
	int length = d == NULL ? 0 : d->run.to - d->run.from;

	for (int k = 0; d != NULL && k < 2; k++) {
		day on = working_day(d->run.from + chance_between(&c, length * k / 2 + 10, length * (k + 1) / 2 - 10));

		if (actors)
			v[(*n)++] = (struct made_tool){ d->action->ref, on, "actors", actor_tools[(sheet + (size_t)k) % 4] };
		else if (chance_percent(&c, 80))
			v[(*n)++] = (struct made_tool){ d->action->ref, on, "newcomers", newcomer_tools[d->theme][k] };
	}
}

void
make_tools(struct making *m)
{
	struct made_tool *v = ARENA_ARRAY(m->arena, m->plan->sheets.n * 4, struct made_tool);
	int n = 0;

	for (size_t i = 0; i < m->plan->sheets.n; i++) {
		const struct sheet *s = &m->plan->sheets.v[i];

		if (plan_for_newcomers(s->audience) && str_is(s->kind, "action"))
			add_tools(m, i, false, v, &n);
		if (plan_for_actors(s->audience))
			add_tools(m, i, true, v, &n);
	}
	if (n > 0)
		qsort(v, (size_t)n, sizeof *v, by_key);
	for (int i = 0; i < n; i++) {
		struct tool r;

		entity_clear(&entities[ENTITY_tools], &r);
		r.on = v[i].on;
		r.audience = str_of(v[i].audience);
		r.label = str_of(v[i].label);
		sheaf_add(&m->sheaf, ENTITY_tools, &r, &v[i].action);
	}
}
