#include "web/chart.h"

#include "base/err.h"

/* Places along the line of reading, in hundredths of a per cent. */
enum { WHOLE = 10000, BAR_LEAST = 2500, STACK_MOST = 9900 };
/* Heights in pixels; columns are those of a narrow phone. */
enum { TEXT_HEIGHT = 20, BAR_HEIGHT = 24, BAR_INSET = 6, GAP = 16, COLUMNS = 36, COLUMN = 9, NARROWEST = 296 };

struct span {
	int from, size;
};

static int
share(int64_t value, int64_t most, int size)
{
	return value <= 0 || most <= 0 ? 0 : (int)((double)value / (double)most * size + 0.5);
}

static int64_t
larger(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* The left edge of what begins at `from` where people read from the right, or from the left. */
static int
left_of(const struct chart *c, struct span x)
{
	return c->rtl ? WHOLE - x.from - x.size : x.from;
}

static void
per_cent(struct html *h, const char *name, int v)
{
	buf_format(h->out, " %s=\"%d.%02d%%\"", name, v / 100, v % 100);
}

/* --- marks --- */
static void
rectangle(struct html *h, const struct chart *c, const char *class, struct span x, int y, int height)
{
	buf_format(h->out, "<rect class=\"%s\"", class);
	per_cent(h, "x", left_of(c, x));
	per_cent(h, "width", x.size);
	buf_format(h->out, " y=\"%d\" height=\"%d\"/>", y, height);
}

/* A part: its colour, and its pattern over it. The first is plain. */
static void
part(struct html *h, const struct chart *c, size_t which, struct span x, int y, int height)
{
	char class[8];

	snprintf(class, sizeof class, "c%zu", which + 1);
	rectangle(h, c, class, x, y, height);
	if (which == 0)
		return;
	buf_format(h->out, "<rect fill=\"url(#%s-%zu)\"", c->id, which);
	per_cent(h, "x", left_of(c, x));
	per_cent(h, "width", x.size);
	buf_format(h->out, " y=\"%d\" height=\"%d\"/>", y, height);
}

/* dx: pixels further along the line of reading. The anchor follows the direction of the text by itself. */
static void
words(struct html *h, const struct chart *c, const char *class, const char *anchor, int x, int y, int dx, str text)
{
	buf_format(h->out, "<text class=\"%s\" text-anchor=\"%s\" y=\"%d\" dx=\"%d\"", class, anchor, y, c->rtl ? -dx : dx);
	per_cent(h, "x", left_of(c, (struct span){ x, 0 }));
	buf_add(h->out, S(">"));
	html_text(h, text);
	buf_add(h->out, S("</text>"));
}

static void
line(struct html *h, const struct chart *c, const char *class, struct span x, int y1, int y2)
{
	buf_format(h->out, "<line class=\"%s\" y1=\"%d\" y2=\"%d\"", class, y1, y2);
	per_cent(h, "x1", left_of(c, (struct span){ x.from, 0 }));
	per_cent(h, "x2", left_of(c, (struct span){ x.from + x.size, 0 }));
	buf_add(h->out, S("/>"));
}

/* SVG does not break lines: as many words as fit a narrow screen, at least one. */
static str
first_line(str text, str *rest)
{
	size_t end = 0;

	*rest = (str){ 0 };
	for (size_t i = 1; i < text.len; i++) {
		if (text.s[i] != ' ')
			continue;
		if (str_width((str){ text.s, i }) > COLUMNS)
			break;
		end = i;
	}
	if (end == 0 || str_width(text) <= COLUMNS)
		return text;
	*rest = str_trim((str){ text.s + end, text.len - end });
	return (str){ text.s, end };
}

/* Gives the place under the last line. Without h, only measures. */
static int
lines(struct html *h, const struct chart *c, const char *class, int y, str text)
{
	while (text.len > 0) {
		str now = first_line(text, &text);

		y += TEXT_HEIGHT;
		if (h != NULL)
			words(h, c, class, "start", 0, y - 5, 0, now);
	}
	return y;
}

/* --- the frame around the marks --- */
static void
chart_open(struct html *h, const struct chart *c)
{
	buf_format(h->out, "<figure class=\"chart\"><figcaption id=\"%s\">", c->id);
	html_text(h, c->title);
	buf_add(h->out, S("</figcaption>"));
}

static void
picture_open(struct html *h, const struct chart *c, int height)
{
	buf_format(h->out, "<svg role=\"img\" aria-labelledby=\"%s\" width=\"100%%\" height=\"%d\">", c->id, height);
}

static void
chart_close(struct html *h)
{
	buf_add(h->out, S("</svg></figure>"));
}

static void
key_open(struct html *h)
{
	buf_add(h->out, S("<li><svg width=\"20\" height=\"14\" aria-hidden=\"true\" focusable=\"false\">"));
}

static void
key_close(struct html *h, str name)
{
	buf_add(h->out, S("</svg>"));
	html_text(h, name);
	buf_add(h->out, S("</li>"));
}

static void
pattern(struct html *h, const struct chart *c, size_t which)
{
	static const char *const drawn[CHART_PARTS] = { "", "M-2 8L8-2M-2 16L16-2", "M0 4h8", "M4 0v8",
		"M0 0L8 8M8 0L0 8" }; /* plain, slanting, lying, standing, crossed */

	buf_format(h->out, "<pattern id=\"%s-%zu\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">", c->id, which);
	buf_format(h->out, "<path class=\"p\" stroke-width=\"1.5\" d=\"%s\"/></pattern>", drawn[which]);
}

/* --- planned and achieved --- */
struct scale {
	int64_t most;
	int size; /* of the longest bar: the words after it must find room on a narrow screen */
};

static struct scale
scale_of(const struct chart_bar *v, size_t n)
{
	struct scale s = { 0 };
	int64_t columns = 0;

	for (size_t i = 0; i < n; i++) {
		s.most = larger(s.most, larger(v[i].achieved, v[i].objective));
		columns = larger(columns, (int64_t)str_width(v[i].words));
	}
	s.size = (int)larger(BAR_LEAST, WHOLE - (columns + 1) * COLUMN * WHOLE / NARROWEST);
	return s;
}

static void
bars_key(struct html *h, str achieved, str objective)
{
	buf_add(h->out, S("<ul class=\"legend\">"));
	key_open(h);
	buf_add(h->out, S("<rect class=\"c1\" y=\"2\" width=\"20\" height=\"10\"/>"));
	key_close(h, achieved);
	key_open(h);
	buf_add(h->out, S("<rect class=\"goal\" x=\"1\" y=\"1\" width=\"18\" height=\"12\"/>"));
	key_close(h, objective);
	buf_add(h->out, S("</ul>"));
}

static int
bar(struct html *h, const struct chart *c, const struct chart_bar *b, struct scale s, int y)
{
	int done, goal;

	y = lines(h, c, "t", y, b->label);
	if (h == NULL)
		return y + BAR_HEIGHT + GAP;
	done = share(b->achieved, s.most, s.size);
	goal = share(b->objective, s.most, s.size);
	if (b->objective >= 0)
		rectangle(h, c, "track", (struct span){ 0, goal }, y, BAR_HEIGHT);
	if (b->achieved >= 0)
		rectangle(h, c, "c1", (struct span){ 0, done }, y + BAR_INSET, BAR_HEIGHT - 2 * BAR_INSET);
	if (b->objective >= 0)
		rectangle(h, c, "goal", (struct span){ 0, goal }, y, BAR_HEIGHT);
	words(h, c, "v", "start", done > goal ? done : goal, y + BAR_HEIGHT - 7, 8, b->words);
	return y + BAR_HEIGHT + GAP;
}

void
chart_bars(struct html *h, const struct chart *c, str achieved, str objective, const struct chart_bar *v, size_t n)
{
	struct scale s = scale_of(v, n);
	int y = 0;

	for (size_t i = 0; i < n; i++)
		y = bar(NULL, c, &v[i], s, y);
	chart_open(h, c);
	bars_key(h, achieved, objective);
	picture_open(h, c, y);
	y = 0;
	for (size_t i = 0; i < n; i++)
		y = bar(h, c, &v[i], s, y);
	chart_close(h);
}

/* --- a whole and its parts --- */
static int64_t
total(const struct chart_stack *s, size_t parts)
{
	int64_t sum = 0;

	for (size_t i = 0; i < parts; i++)
		sum += larger(s->parts[i], 0);
	return sum;
}

static void
stacks_key(struct html *h, const struct chart *c, const str *names, size_t parts)
{
	buf_add(h->out, S("<ul class=\"legend\">"));
	for (size_t i = 0; i < parts; i++) {
		key_open(h);
		part(h, c, i, (struct span){ 0, WHOLE }, 1, 12);
		key_close(h, names[i]);
	}
	buf_add(h->out, S("</ul>"));
}

static int
stack(struct html *h, const struct chart *c, const struct chart_stack *s, size_t parts, int64_t most, int y)
{
	int64_t before = 0;

	y = lines(h, c, "t", y, s->label);
	for (size_t i = 0; h != NULL && i < parts; i++) {
		int64_t after = before + larger(s->parts[i], 0);
		int from = share(before, most, STACK_MOST), to = share(after, most, STACK_MOST);

		if (to > from)
			part(h, c, i, (struct span){ from, to - from }, y, BAR_HEIGHT);
		before = after;
	}
	return lines(h, c, "k", y + BAR_HEIGHT, s->words) + GAP;
}

void
chart_stacks(struct html *h, const struct chart *c, const str *names, size_t parts, const struct chart_stack *v, size_t n)
{
	int64_t most = 0;
	int y = 0;

	if (parts > CHART_PARTS)
		bug("a chart shows %d parts at most, not %zu", (int)CHART_PARTS, parts);
	for (size_t i = 0; i < n; i++) {
		most = larger(most, total(&v[i], parts));
		y = stack(NULL, c, &v[i], parts, 0, y);
	}
	chart_open(h, c);
	stacks_key(h, c, names, parts);
	picture_open(h, c, y);
	buf_add(h->out, S("<defs>"));
	for (size_t i = 1; i < parts; i++)
		pattern(h, c, i);
	buf_add(h->out, S("</defs>"));
	y = 0;
	for (size_t i = 0; i < n; i++)
		y = stack(h, c, &v[i], parts, most, y);
	chart_close(h);
}

/* --- over time --- */
enum { PLOT_TOP = 34, PLOT_HEIGHT = 150, PLOT_FROM = 600, PLOT_SIZE = 8600, LABELS_MOST = 6 };

static int
height_of(int64_t value, int64_t most)
{
	return PLOT_TOP + PLOT_HEIGHT - share(value, most, PLOT_HEIGHT);
}

static int
place_of(size_t i, size_t n)
{
	return n < 2 ? PLOT_FROM + PLOT_SIZE / 2 : PLOT_FROM + (int)(i * PLOT_SIZE / (n - 1));
}

/* Few enough words to be read: every step-th, counted back from the last. */
static bool
has_words(size_t i, size_t n)
{
	size_t step = (n + LABELS_MOST - 1) / LABELS_MOST;

	return (n - 1 - i) % step == 0;
}

static void
goal_line(struct html *h, const struct chart *c, int64_t objective, int64_t most, str told)
{
	int y = height_of(objective, most);

	line(h, c, "dash", (struct span){ 0, WHOLE }, y, y);
	words(h, c, "k", "start", 0, y - 6, 0, told);
}

static void
point(struct html *h, const struct chart *c, const struct chart_point *v, size_t i, size_t n, int64_t most)
{
	int x = place_of(i, n), y = height_of(v[i].value, most);

	if (has_words(i, n))
		words(h, c, "k", "middle", x, PLOT_TOP + PLOT_HEIGHT + TEXT_HEIGHT, 0, v[i].label);
	if (v[i].value < 0)
		return;
	buf_format(h->out, "<circle class=\"dot\" r=\"5\" cy=\"%d\"", y);
	per_cent(h, "cx", left_of(c, (struct span){ x, 0 }));
	buf_add(h->out, S("/>"));
	if (has_words(i, n))
		words(h, c, "v", "middle", x, y - 12, 0, v[i].words);
}

void
chart_line(struct html *h, const struct chart *c, const struct chart_point *v, size_t n, int64_t objective, str told)
{
	int64_t most = larger(objective, 1);
	int floor = PLOT_TOP + PLOT_HEIGHT;

	for (size_t i = 0; i < n; i++)
		most = larger(most, v[i].value);
	chart_open(h, c);
	picture_open(h, c, floor + TEXT_HEIGHT + 8);
	line(h, c, "ax", (struct span){ 0, WHOLE }, floor, floor);
	if (objective >= 0)
		goal_line(h, c, objective, most, told);
	for (size_t i = 1; i < n; i++) {
		int x = place_of(i - 1, n);

		if (v[i - 1].value >= 0 && v[i].value >= 0)
			line(h, c, "ln", (struct span){ x, place_of(i, n) - x }, height_of(v[i - 1].value, most),
			    height_of(v[i].value, most));
	}
	for (size_t i = 0; i < n; i++)
		point(h, c, v, i, n, most);
	chart_close(h);
}

/* --- lanes --- */
enum { LANE_FROM = 100, LANE_SIZE = 9800, LANE_LEAST = 80 };

static int
day_place(struct chart_span all, int64_t at)
{
	return LANE_FROM + share(at - all.from, larger(all.to - all.from, 1), LANE_SIZE);
}

/* Points that would cover each other are drawn once. */
static void
lane_marks(struct html *h, const struct chart *c, struct chart_span all, const struct chart_lane *l, int y)
{
	int last = -LANE_LEAST;

	line(h, c, "ax", (struct span){ 0, WHOLE }, y + BAR_HEIGHT / 2, y + BAR_HEIGHT / 2);
	for (size_t i = 0; i < l->n_spans; i++) {
		int from = day_place(all, l->spans[i].from), to = day_place(all, l->spans[i].to);

		rectangle(h, c, "c1", (struct span){ from, (int)larger(to - from, LANE_LEAST) }, y + BAR_INSET,
		    BAR_HEIGHT - 2 * BAR_INSET);
	}
	for (size_t i = 0; i < l->n_points; i++) {
		int x = day_place(all, l->points[i]);

		if (x - last < LANE_LEAST && last - x < LANE_LEAST)
			continue;
		last = x;
		buf_format(h->out, "<circle class=\"dot\" r=\"5\" cy=\"%d\"", y + BAR_HEIGHT / 2);
		per_cent(h, "cx", left_of(c, (struct span){ x, 0 }));
		buf_add(h->out, S("/>"));
	}
}

static int
lane(struct html *h, const struct chart *c, struct chart_span all, const struct chart_lane *l, int y)
{
	y = lines(h, c, "t", y, l->label);
	if (h != NULL)
		lane_marks(h, c, all, l, y);
	return lines(h, c, "k", y + BAR_HEIGHT, l->words) + GAP / 2;
}

void
chart_course(struct html *h, const struct chart *c, struct chart_span all, const struct chart_lane *v, size_t n,
    const struct chart_tick *ticks, size_t n_ticks)
{
	int y = 0;

	for (size_t i = 0; i < n; i++)
		y = lane(NULL, c, all, &v[i], y);
	chart_open(h, c);
	picture_open(h, c, y + TEXT_HEIGHT + 8);
	for (size_t i = 0; i < n_ticks; i++) {
		int x = day_place(all, ticks[i].at);

		line(h, c, "ax", (struct span){ x, 0 }, 0, y);
		words(h, c, "k", "middle", x, y + TEXT_HEIGHT, 0, ticks[i].label);
	}
	y = 0;
	for (size_t i = 0; i < n; i++)
		y = lane(h, c, all, &v[i], y);
	chart_close(h);
}
