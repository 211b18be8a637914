#include "demo/names.h"

#include <stdio.h>

#define COUNT(a) ((int)(sizeof(a) / sizeof *(a)))
#define MARKER "-Fictif"

static const struct origin origins[] = {
	{ "AF", "fa;ps", 0, { 30, 2, 1, 0, 0 }, 0 },
	{ "IR", "fa", 0, { 3, 2, 4, 0, 0 }, 1 },
	{ "SY", "ar", 1, { 11, 3, 1, 0, 0 }, 1 },
	{ "SD", "ar", 1, { 12, 1, 0, 0, 0 }, 0 },
	{ "MA", "ar;fr", 1, { 0, 24, 20, 0, 0 }, 2 },
	{ "DZ", "ar;fr", 1, { 0, 24, 14, 0, 0 }, 2 },
	{ "TN", "ar;fr", 1, { 0, 10, 12, 0, 0 }, 2 },
	{ "ER", "ti", 2, { 9, 0, 0, 0, 0 }, 0 },
	{ "SO", "so", 2, { 7, 1, 0, 0, 0 }, 0 },
	{ "GN", "ff;fr", 3, { 12, 4, 6, 0, 0 }, 1 },
	{ "SN", "wo;fr", 3, { 1, 8, 12, 0, 0 }, 2 },
	{ "CI", "fr", 3, { 5, 7, 8, 0, 0 }, 2 },
	{ "CD", "ln;fr", 4, { 10, 5, 4, 0, 0 }, 2 },
	{ "CM", "fr", 4, { 1, 6, 7, 0, 0 }, 2 },
	{ "UA", "uk;ru", 5, { 2, 2, 2, 100, 0 }, 1 },
	{ "RU", "ce;ru", 5, { 6, 3, 1, 0, 0 }, 1 },
	{ "GE", "ka", 6, { 4, 1, 0, 0, 0 }, 1 },
	{ "AM", "hy;ru", 6, { 4, 1, 0, 0, 0 }, 1 },
	{ "TR", "tr;ku", 7, { 6, 8, 4, 0, 0 }, 1 },
	{ "BD", "bn", 8, { 5, 1, 0, 0, 0 }, 0 },
	{ "LK", "ta", 8, { 4, 1, 0, 0, 0 }, 1 },
	{ "AL", "sq", 9, { 5, 2, 1, 0, 0 }, 1 },
	{ "BR", "pt", 10, { 0, 5, 5, 0, 0 }, 1 },
	{ "PT", "pt", 10, { 0, 0, 0, 0, 60 }, 1 },
	{ "VN", "vi", 11, { 0, 4, 3, 0, 0 }, 1 },
	{ "RO", "ro", 10, { 0, 0, 0, 0, 40 }, 1 },
};

/* Family names: one of the heads, one of the tails, the marker. */
static const struct naming {
	const char *heads[10], *tails[6], *women[12], *men[12];
} namings[] = {
	{ { "Rahim", "Karim", "Ahmad", "Sultan", "Haidar", "Noor", "Wali", "Aziz", "Sader", "Hakim" },
	    { "zai", "i", "yar", "pour", "khel", "zada" },
	    { "Zahra", "Fatima", "Maryam", "Shabnam", "Laila", "Parwana", "Nazanin", "Farida", "Soraya", "Hosna", "Mina",
		"Roya" },
	    { "Ahmad", "Farid", "Hamid", "Zabih", "Navid", "Omid", "Rahmat", "Ehsan", "Jawad", "Mirwais", "Reza", "Khalid" } },
	{ { "Ben", "Al-Kh", "Man", "Sal", "Bou", "Has", "Tah", "Nas", "Zer", "Idr" },
	    { "atib", "sour", "ouni", "aoui", "ri", "adi" },
	    { "Amina", "Khadija", "Salma", "Nadia", "Hiba", "Rania", "Samira", "Yasmine", "Imane", "Leïla", "Hanane", "Souad" },
	    { "Omar", "Youssef", "Karim", "Bilal", "Anas", "Mustafa", "Hicham", "Adam", "Walid", "Tarek", "Samir", "Idris" } },
	{ { "Tesf", "Gebr", "Haile", "Abd", "Ker", "Mehar", "Yoh", "Was", "Ber", "Amar" },
	    { "aye", "emedhin", "mariam", "ullahi", "ane", "e" },
	    { "Selam", "Hana", "Rahel", "Feven", "Saba", "Hodan", "Ifrah", "Lula", "Semhar", "Winta", "Asha", "Bilan" },
	    { "Samuel", "Yonas", "Filmon", "Abdi", "Dawit", "Kibrom", "Mahad", "Robel", "Natnael", "Liban", "Amanuel",
		"Farah" } },
	{ { "Dia", "Ba", "Ca", "Tra", "Kei", "Dou", "Sou", "Kon", "Bar", "Sid" }, { "llo", "mara", "oré", "ta", "mbouya", "ibé" },
	    { "Aïssatou", "Mariama", "Fatoumata", "Kadiatou", "Awa", "Binta", "Hawa", "Ramata", "Adama", "Oumou", "Nafi",
		"Djénéba" },
	    { "Mamadou", "Ibrahima", "Ousmane", "Alpha", "Sékou", "Abdoulaye", "Moussa", "Amadou", "Boubacar", "Lamine",
		"Souleymane", "Issa" } },
	{ { "Mbu", "Ka", "Nko", "Lu", "Ngo", "Tshi", "Mu", "Bo", "Eko", "Ndo" },
	    { "yi", "bongo", "mba", "kunku", "ngue", "lamba" },
	    { "Grâce", "Divine", "Merveille", "Esther", "Ruth", "Naomie", "Sandrine", "Clarisse", "Bénédicte", "Falonne",
		"Judith", "Prisca" },
	    { "Patrick", "Trésor", "Christian", "Héritier", "Junior", "Dieudonné", "Serge", "Fabrice", "Cédric", "Arsène", "Guy",
		"Landry" } },
	{ { "Kova", "Shev", "Bond", "Melny", "Tka", "Ivan", "Petr", "Maga", "Savch", "Mor" },
	    { "lenko", "chuk", "arov", "enko", "ov", "ych" },
	    { "Olena", "Iryna", "Oksana", "Natalia", "Daryna", "Yulia", "Madina", "Zarema", "Kateryna", "Svitlana", "Elina",
		"Vira" },
	    { "Andriy", "Oleh", "Dmytro", "Taras", "Ruslan", "Islam", "Maksym", "Bohdan", "Ihor", "Timur", "Pavlo", "Adlan" } },
	{ { "Gela", "Petro", "Sar", "Kobal", "Melik", "Tor", "Dav", "Nazar", "Beri", "Hako" },
	    { "shvili", "sian", "dze", "yan", "tian", "adze" },
	    { "Nino", "Ani", "Mariam", "Lusine", "Tamar", "Gayane", "Ketevan", "Nare", "Salome", "Hasmik", "Eka", "Lilit" },
	    { "Giorgi", "Aram", "Levan", "Tigran", "Davit", "Hayk", "Irakli", "Gevorg", "Nika", "Karen", "Zaza", "Vahe" } },
	{ { "Yil", "Kara", "Dem", "Ozt", "Ak", "Kay", "Ayd", "Pol", "Sah", "Gun" },
	    { "maz", "bulut", "iroglu", "urk", "soy", "can" },
	    { "Elif", "Zeynep", "Berfin", "Rojda", "Dilan", "Ayşe", "Hatice", "Songül", "Esma", "Nurcan", "Derya", "Gülistan" },
	    { "Mehmet", "Baran", "Azad", "Murat", "Serhat", "Emre", "Welat", "Hasan", "Ferhat", "Kemal", "Rojhat", "Deniz" } },
	{ { "Chow", "Rah", "Sel", "Kan", "Siv", "Bal", "Hoss", "Muk", "Raj", "Tha" },
	    { "dhury", "man", "vam", "akumar", "ain", "ndran" },
	    { "Nasrin", "Shirin", "Priya", "Kavitha", "Rumana", "Tania", "Selvi", "Anjali", "Meena", "Farzana", "Lakshmi",
		"Sumi" },
	    { "Rafiq", "Kamal", "Suresh", "Ruban", "Jahid", "Mohan", "Nazmul", "Prakash", "Tarik", "Arul", "Shahin", "Vijay" } },
	{ { "Ho", "Ber", "Gjo", "Shkë", "Kola", "Prend", "Mark", "Dre", "Lle", "Hax" },
	    { "xha", "isha", "kaj", "shi", "aj", "ani" },
	    { "Arta", "Blerta", "Drita", "Elira", "Mirela", "Valbona", "Ermira", "Teuta", "Klea", "Ina", "Suela", "Lindita" },
	    { "Arben", "Besnik", "Dritan", "Ilir", "Gent", "Erion", "Fatmir", "Luan", "Agron", "Altin", "Petrit", "Sokol" } },
	{ { "Sil", "Mor", "Alme", "Cos", "Per", "Bar", "Rod", "Fer", "Car", "Ion" },
	    { "veira", "ida", "eiro", "escu", "adas", "reira" },
	    { "Ana", "Beatriz", "Camila", "Larissa", "Paula", "Elena", "Rita", "Sofia", "Ioana", "Teresa", "Bruna", "Marta" },
	    { "João", "Rafael", "Mateus", "Tiago", "Andrei", "Mihai", "Bruno", "Diego", "Pedro", "Lucas", "Radu", "Nuno" } },
	{ { "Ngu", "Tr", "Ph", "Vo", "Hoa", "Du", "Lam", "Bui", "Dan", "Qua" }, { "yen", "anh", "ong", "ng", "inh", "am" },
	    { "Linh", "Mai", "Hoa", "Thao", "Lan", "Huong", "Ngoc", "Phuong", "Trang", "Yen", "Anh", "Diep" },
	    { "Minh", "Tuan", "Duc", "Hai", "Long", "Nam", "Quang", "Thanh", "Bao", "Khoa", "Vinh", "Son" } },
};

static const char *const host_families[] = {
	"Chambriat",
	"Vernhol",
	"Daubrac",
	"Morvillon",
	"Lachassou",
	"Besserol",
	"Courtival",
	"Fontagnel",
	"Roussignac",
	"Bellaygue",
	"Pradellier",
	"Malvezin",
	"Tardivel",
	"Sauvagnol",
	"Mirandeau",
	"Charvillat",
	"Estradier",
	"Villombre",
	"Garimont",
	"Noyerol",
};
static const char *const host_given[] = {
	"Camille",
	"Dominique",
	"Claude",
	"Alix",
	"Morgan",
	"Sacha",
	"Lou",
	"Charlie",
	"Maxence",
	"Élise",
	"Mathilde",
	"Julien",
	"Hélène",
	"Antoine",
	"Clémence",
	"Baptiste",
	"Noémie",
	"Gilles",
	"Odile",
	"Rémi",
};

const struct origin *
origin_pick(struct chance *c, enum reason reason)
{
	int weights[COUNT(origins)];

	for (int i = 0; i < COUNT(origins); i++)
		weights[i] = origins[i].weights[reason];
	return &origins[chance_weighted(c, weights, COUNT(origins))];
}

static str
put(char to[NAME_TEXT], const char *head, const char *tail)
{
	int n = snprintf(to, NAME_TEXT, "%s%s" MARKER, head, tail);

	return (str){ to, (size_t)n };
}

str
name_family(struct chance *c, int naming, char to[NAME_TEXT])
{
	const struct naming *n = &namings[naming];
	const char *head = n->heads[chance_below(c, COUNT(n->heads))];

	return put(to, head, n->tails[chance_below(c, COUNT(n->tails))]);
}

str
name_given(struct chance *c, int naming, bool woman)
{
	const struct naming *n = &namings[naming];

	return str_of((woman ? n->women : n->men)[chance_below(c, COUNT(n->women))]);
}

str
name_host_family(struct chance *c, char to[NAME_TEXT])
{
	return put(to, host_families[chance_below(c, COUNT(host_families))], "");
}

str
name_host_given(struct chance *c)
{
	return str_of(host_given[chance_below(c, COUNT(host_given))]);
}
