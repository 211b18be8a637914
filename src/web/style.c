#include "web/style.h"

#include "web/chart.h"

static void
bars(struct html *h, bool rtl)
{
	const struct chart_bar v[] = {
		{ S("1.1 Mobilité"), 212, 300, S("212 sur 300") },
		{ S("1.2 Formation professionnelle et emploi"), 33, 30, S("33 sur 30") },
		{ S("3.2 Ouverture du corridor universitaire et accueil des étudiants en exil"), 4, 15, S("4 sur 15") },
		{ S("2.1 Accès aux soins"), -1, 400, S("rien encore sur 400") },
	};
	const struct chart c = { .id = rtl ? "r-bars" : "s-bars",
		.title = S("Deux fiches sur quatre ont atteint 70 % de leur objectif"),
		.rtl = rtl };

	chart_bars(h, &c, S("Réalisé à ce jour"), S("Prévu"), v, sizeof v / sizeof *v);
}

static void
stacks(struct html *h, bool rtl)
{
	const str names[] = { S("Femmes"), S("Hommes"), S("Sexe inconnu") };
	const struct chart_stack v[] = {
		{ S("1.1 Mobilité"), { 113, 98, 1 }, S("113 femmes, 98 hommes, 1 inconnu") },
		{ S("1.2 Formation professionnelle"), { 12, 15, 6 }, S("12 femmes, 15 hommes, 6 inconnus") },
	};
	const struct chart c = {
		.id = rtl ? "r-parts" : "s-parts", .title = S("Une personne sur deux est une femme"), .rtl = rtl
	};

	chart_stacks(h, &c, names, sizeof names / sizeof *names, v, sizeof v / sizeof *v);
}

static void
over_time(struct html *h, bool rtl)
{
	const struct chart_point v[] = { { S("janv."), 106, S("106") }, { S("févr."), 118, S("118") }, { S("mars"), -1, S("") },
		{ S("avr."), 171, S("171") }, { S("mai"), 190, S("190") }, { S("juin"), 212, S("212") } };
	const struct chart c = {
		.id = rtl ? "r-line" : "s-line", .title = S("Le nombre de personnes suivies a doublé depuis janvier"), .rtl = rtl
	};

	chart_line(h, &c, v, sizeof v / sizeof *v, 300, S("Objectif : 300"));
}

void
style_charts(struct html *h, bool rtl)
{
	bars(h, rtl);
	stacks(h, rtl);
	over_time(h, rtl);
}
