/* chart.h - pictures of figures as SVG: data in, markup out, nothing else is read. The title says what there is to see; every
 * value stands in words beside its mark; parts differ by pattern as well as by colour. The page puts the same data as a table
 * under the picture. Widths are in per cent and heights in pixels, so that words keep their size on any screen; colours come
 * from the style sheet. */
#pragma once
#include "web/html.h"

struct chart {
	const char *id; /* an HTML id that nothing else on the page has */
	str title;      /* a sentence: the finding */
	bool rtl;       /* the page is read from the right */
};

/* What was achieved, in the frame of what was planned. Values below 0: none. */
struct chart_bar {
	str label;
	int64_t achieved, objective;
	str words; /* both, as people read them */
};
void chart_bars(struct html *h, const struct chart *c, str achieved, str objective, const struct chart_bar *v, size_t n);

/* A whole and its parts, one after the other; more than CHART_PARTS are a bug. */
enum { CHART_PARTS = 5 };
struct chart_stack {
	str label;
	int64_t parts[CHART_PARTS];
	str words; /* the parts, as people read them */
};
void chart_stacks(struct html *h, const struct chart *c, const str *names, size_t parts, const struct chart_stack *v, size_t n);

/* One value over time, evenly spaced; the objective is a dashed line, below 0: none. */
struct chart_point {
	str label;     /* of the moment, short: "mars" */
	int64_t value; /* below 0: nothing is known, and the line is interrupted */
	str words;
};
void chart_line(struct html *h, const struct chart *c, const struct chart_point *v, size_t n, int64_t objective, str words);

/* What lasted and what happened, each kind on a lane of its own, over one span of days. */
struct chart_span {
	int64_t from, to; /* both included */
};
struct chart_lane {
	str label, words; /* words: under it; absent: none */
	const struct chart_span *spans;
	size_t n_spans;
	const int64_t *points; /* days */
	size_t n_points;
};
struct chart_tick {
	int64_t at;
	str label;
};
void chart_course(struct html *h, const struct chart *c, struct chart_span all, const struct chart_lane *v, size_t n,
    const struct chart_tick *ticks, size_t n_ticks);
