/* assiduity_page.h - who comes and who is dropping, of one action or of all within reach (views/assiduity.tmpl) */
#pragma once
#include "daily/assiduity.h"
#include "web/contract_page.h"
#include "web/person_page.h"

struct assiduity_row { /* an action */
	const struct action *action;
	const struct organisation *operator;
	struct assiduity_action a;
};
struct assiduity_page {
	struct contract_page c;
	struct assiduity_row *v;
	size_t n;
	const struct assiduity_row *one;   /* its people are shown; NULL: all actions */
	const struct person_line **people; /* as the lines of one; NULL: not seen */
	str figure, figure_url;            /* what the questionnaire counts; absent: the sheet does not carry it */
};
