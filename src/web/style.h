/* style.h - /style: every component in all its states, for those who build pages and for the tests; no record is read */
#pragma once
#include "web/html.h"

/* The charts of the page, over sample figures. */
void style_charts(struct html *h, bool rtl);
