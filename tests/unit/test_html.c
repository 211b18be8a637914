/* What pages write: the templates of tests/golden, hostile values in every place, numbers and days as people read them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/text.h"
#include "golden/views.h"

static struct arena arena;
static struct buf out;
static struct html html = { &out, &arena };

static void
came(const char *wanted)
{
	buf_char(&out, '\0');
	assert_string_equal(out.s, wanted);
	buf_clear(&out);
}

static void
a_page_around_a_list(void **state)
{
	const str names[] = { S("Ünal <b>"), S(".."), S("a/b c&d") };

	(void)state;
	table(&html, names, 3);
	came(
	    "<!doctype html><html lang=\"fr\"><head><meta charset=\"utf-8\"><title>L&#39;équipe &ndash; Jalon</title>"
	    "<script src=\"/static/x.js?v=3\"></script></head><body><h1>People <small>3 people</small></h1>"
	    "<p>Page 1 of 2: <b>bold</b> <i>text</i>3 3</p><table><tbody>"
	    "<tr class=\"row\"><td><a href=\"/people/%C3%9Cnal%20%3Cb%3E/x?q=%C3%9Cnal%20%3Cb%3E&amp;n=0#%C3%9Cnal%20%3Cb%3E\">"
	    "Ünal &lt;b&gt;</a></td></tr>"
	    "<tr class=\"row odd\"><td><a href=\"/people/%252E%252E/x?q=..&amp;n=1#..\">..</a></td></tr>"
	    "<tr class=\"row\"><td><a href=\"/people/a%2Fb%20c%26d/x?q=a%2Fb%20c%26d&amp;n=2#a%2Fb%20c%26d\">a/b c&amp;d</a></td></tr>"
	    "</tbody></table></body></html>");
	table(&html, names, 0);
	assert_non_null(memmem(out.s, out.len, "<p>none</p></body>", 18));
	buf_clear(&out);
}

static void
a_form(void **state)
{
	(void)state;
	form(&html, S("\n'a@b"), true);
	came(
	    "<form method=\"post\" action=\"/people/%0A%27a@b\"><input name='a' value='\n&#39;a@b' checked> <textarea name=\"t\">\n"
	    "\n&#39;a@b</textarea><pre>\n  a\n   \n&#39;a@b </pre><label>Yes <b>x</b></label> <a href=\"&#39;a@b\">site</a> "
	    "<a href=\"mailto:%0A%27a@b?subject=%0A%27a%40b\">mail</a> <a href=\"/x?a=1&amp;v=%0A%27a%40b\">next</a></form>");
	form(&html, S("v"), false);
	assert_non_null(memmem(out.s, out.len, "value='v' data-off=\"v\">", 23));
	assert_non_null(memmem(out.s, out.len, "<label>No <b>x</b></label>", 26));
	assert_non_null(memmem(out.s, out.len, "\"/x?a=1\"", 8));
	buf_clear(&out);
}

static void
each_type(void **state)
{
	char array[] = "<x>";
	struct buf b = { 0 };

	(void)state;
	buf_add(&b, S("\"b\""));
	types(&html, "a&b", array, -5, INT64_MIN, 7, b);
	came("a&amp;b/&lt;x&gt;/-5/-9223372036854775808/7/&quot;b&quot;/a&amp;b of -5: 100 %");
	buf_release(&b);
	types(&html, NULL, array, 0, 0, 0, b);
	assert_non_null(memmem(out.s, out.len, "/&lt;x&gt;/0/0/0//", 18));
	buf_clear(&out);
}

static void
long_texts_are_formatted_whole(void **state)
{
	char z[2001];

	(void)state;
	memset(z, '<', 2000);
	z[2000] = '\0';
	html_format(&html, "%s.%d", z, 3);
	assert_int_equal(out.len, 2000 * 4 + 2);
	buf_clear(&out);
}

static void
text_is_always_utf8(void **state)
{
	const struct {
		str in;
		const char *out;
	} cases[] = {
		{ S("déjà 日本 😀"), "déjà 日本 😀" },
		{ S("a\xff"
		    "b"),
		    "a\ufffdb" },
		{ S("\xc3"), "\ufffd" },                               /* cut */
		{ S("\xc0\xbc"), "\ufffd\ufffd" },                     /* an overlong "<" */
		{ S("\xed\xa0\x80"), "\ufffd\ufffd\ufffd" },           /* a surrogate */
		{ S("\xf4\x90\x80\x80"), "\ufffd\ufffd\ufffd\ufffd" }, /* beyond the last code point */
		{ S("\xc3<\xc3\""), "\ufffd&lt;\ufffd&quot;" },        /* a cut letter swallows no mark */
		{ S("a\0b\1c\x7f"
		    "d\x1b"),
		    "abcd" },
		{ S("a\tb\nc\rd"), "a\tb\nc\rd" },
		{ { NULL, 0 }, "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		html_text(&html, cases[i].in);
		came(cases[i].out);
	}
}

static void
addresses_keep_to_four_schemes(void **state)
{
	static const struct {
		const char *in, *out;
	} cases[] = {
		{ "https://example.org/a?b=1&c=2#d", "https://example.org/a?b=1&amp;c=2#d" },
		{ "HTTP://example.org", "HTTP://example.org" }, { "mailto:a@example.org", "mailto:a@example.org" },
		{ "tel:+33 1 23", "tel:+33%201%2023" }, { "/people/1", "/people/1" }, { "people/1:2", "people/1:2" },
		{ "people:1", "#" }, { "?q=a:b", "?q=a:b" }, { "#a:b", "#a:b" }, { "/a:b", "/a:b" }, { "", "" },
		{ "  /a  ", "/a" }, { "\"><script>", "&quot;&gt;&lt;script&gt;" }, { "javascript:alert(1)", "#" },
		{ "JaVaScRiPt:alert(1)", "#" }, { " javascript:alert(1)", "#" }, { "\tjavascript:alert(1)", "#" },
		{ "\x01javascript:alert(1)", "#" }, { "java\tscript:alert(1)", "#" }, { "java\nscript:alert(1)", "#" },
		{ "java\rscript:alert(1)", "#" }, { "javascript\t:alert(1)", "#" }, { "javascript:\nalert(1)", "#" },
		{ "javascript&colon;alert(1)", "javascript&amp;colon;alert(1)" }, /* the mark is escaped: a path of ours */
		{ "java&#115;cript:alert(1)", "java&amp;#115;cript:alert(1)" },   /* "#" begins a fragment */
		{ "&#106;avascript:alert(1)", "&amp;#106;avascript:alert(1)" }, { "&Tab;javascript:alert(1)", "#" },
		{ "vbscript:x", "#" }, { "data:text/html,<script>alert(1)</script>", "#" }, { "view-source:x", "#" },
		{ "blob:https://a/b", "#" }, { "https+x:a", "#" }, { "://x", "#" }, { "//example.org/", "#" },
		{ "/\\example.org/", "#" }, { "\\\\example.org/", "#" }, { "/\t/example.org/", "#" },
		{ "\xe2\x80\x8bjavascript:alert(1)", "#" }, /* a blank of no width before it */
		{ "javascript\xef\xbc\x9a"
		  "alert(1)",
		    "javascript\xef\xbc\x9a"
		    "alert(1)" }, /* a wide colon ends no scheme */
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		html_url(&html, str_of(cases[i].in));
		came(cases[i].out);
	}
}

static const char *const hostile[] = {
	"<script>alert(1)</script>",
	"\"><script>alert(1)</script>",
	"'><img src=x onerror=alert(1)>",
	"\" onmouseover=\"alert(1)",
	"' autofocus onfocus='alert(1)",
	"</title><script>alert(1)</script>",
	"</textarea><script>alert(1)</script>",
	"<!--",
	"-->",
	"]]>",
	"<![CDATA[",
	"<?xml",
	"</",
	"<",
	">",
	"&",
	"&lt;",
	"&#60;",
	"\"",
	"'",
	"`",
	"javascript:alert(1)",
	"java\tscript:alert(1)",
	"java\nscript:alert(1)",
	"javascript&colon;alert(1)",
	"java&#115;cript:alert(1)",
	"data:text/html;base64,PHNjcmlwdD4=",
	"//example.org",
	"/\\example.org",
	"..",
	".",
	"../../x",
	"%2e%2e",
	"?a=b&c=d#e",
	"\r\nSet-Cookie: a=b",
	"\xff<script>",
	"\xc3\"onload=alert(1)",
	"\xe2\x80",
	"+ADw-script+AD4-",
	"{{7*7}}",
	"${7*7}",
	"%s%n",
	"\x1b$B",
};

/* The value of the one attribute of a page, between its quotes. */
static str
attribute_value(void)
{
	str rest, page = buf_str(&out);

	str_cut(page, '"', &rest);
	return str_cut(rest, '"', &rest);
}

static size_t
times(char c)
{
	size_t n = 0;

	for (size_t i = 0; i < out.len; i++)
		n += out.s[i] == c;
	return n;
}

/* A value changes neither the tags nor the quotes around it, wherever it stands. */
static void
hostile_values_stay_values(void **state)
{
	static const struct {
		void (*page)(struct html *h, str value);
		size_t tags, quotes;
	} places[] = { { text, 0, 0 }, { attribute, 2, 2 }, { address, 2, 2 }, { path, 2, 2 }, { query, 2, 2 }, { title, 2, 0 } };

	(void)state;
	for (size_t p = 0; p < sizeof places / sizeof *places; p++) {
		for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
			places[p].page(&html, str_of(hostile[i]));
			assert_true(str_utf8(buf_str(&out)));
			assert_int_equal(times('<'), places[p].tags);
			assert_int_equal(times('>'), places[p].tags);
			assert_int_equal(times('"'), places[p].quotes);
			assert_int_equal(times('\''), 0);
			buf_clear(&out);
		}
	}
}

/* In an address a value adds no part of it: no slash, question mark, ampersand, fragment or blank. */
static void
a_value_stays_its_part_of_an_address(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
		str got;

		path(&html, str_of(hostile[i]));
		got = attribute_value();
		assert_true(str_starts(got, S("/a/")) && str_ends(got, S("/b")));
		assert_int_equal(strcspn(str_z(&arena, (str){ got.s + 3, got.len - 5 }), "/?#&\\ \t\r\n:"), got.len - 5);
		assert_false(str_is(got, "/a/../b") || str_is(got, "/a/./b"));
		buf_clear(&out);
		query(&html, str_of(hostile[i]));
		got = attribute_value();
		assert_int_equal(strcspn(str_z(&arena, (str){ got.s + 5, got.len - 5 }), "/?#&\\ \t\r\n:+="), got.len - 5);
		buf_clear(&out);
	}
}

static void
english_numbers_and_days(void **state)
{
	(void)state;
	text_start("en", ".");
	assert_string_equal(html_number(&html, 1234567), "1,234,567");
	assert_string_equal(html_number(&html, -1), "-1");
	assert_string_equal(html_decimal(&html, 123450), "1,234.5");
	assert_string_equal(html_money(&html, -123456), "-€1,234.56");
	assert_string_equal(html_date(&html, day_of(2025, 8, 31)), "2025-08-31");
	assert_string_equal(html_date_long(&html, day_of(2025, 8, 31)), "Sunday 31 August 2025");
	assert_string_equal(html_date_long(&html, day_of(1899, 12, 31)), "Sunday 31 December 1899");
	assert_string_equal(html_date(&html, DAY_NONE), "");
	assert_string_equal(html_date_long(&html, DAY_FOREVER), "");
}

static void
the_language_changes_back_and_forth(void **state)
{
	const char *catalogues = getenv("JALON_CATALOGUES");

	(void)state;
	assert_non_null(catalogues);
	text_start("en", catalogues);
	for (int i = 0; i < 3; i++) {
		text_choose("fr");
		assert_string_equal(text_language(), "fr");
		assert_string_equal(tr("August"), "août");
		assert_string_equal(html_number(&html, -1234567), "-1\u202f234\u202f567");
		assert_string_equal(html_decimal(&html, 123450), "1\u202f234,5");
		assert_string_equal(html_money(&html, 123456), "1\u202f234,56\u00a0€");
		assert_string_equal(html_date(&html, day_of(2025, 8, 31)), "31/08/2025");
		assert_string_equal(html_date_long(&html, day_of(2025, 8, 31)), "dimanche 31 août 2025");
		assert_string_equal(html_date_long(&html, day_of(2026, 1, 1)), "jeudi 1er janvier 2026");
		text_choose("en");
		assert_string_equal(text_language(), "en");
		assert_string_equal(tr("August"), "August");
	}
	text_choose("xx");
	assert_string_equal(text_language(), "en");
	text_choose("fr");
	text_choose("../fr");
	assert_string_equal(text_language(), "en");
	text_start("fr", catalogues);
	assert_string_equal(tr("August"), "août");
	text_start("fr", "/nowhere");
	assert_string_equal(text_language(), "en");
	assert_string_equal(tr("August"), "August");
}

/* Texts are gone through eight bytes at a time: a mark is seen wherever it stands among them, and so is what follows it. */
static void
marks_are_seen_wherever_they_stand(void **state)
{
	(void)state;
	for (unsigned c = 1; c < 0x80; c++) {
		for (size_t at = 0; at < 20; at++) {
			char text[] = "abcdefgh;=?!#%(ij kl\t", want[64];
			const char *as = c == '&'    ? "&amp;"
					 : c == '<'  ? "&lt;"
					 : c == '>'  ? "&gt;"
					 : c == '"'  ? "&quot;"
					 : c == '\'' ? "&#39;"
						     : NULL;
			const char one[] = { (char)c, '\0' };

			if (as == NULL)
				as = (c < ' ' && c != '\t' && c != '\n' && c != '\r') ? "" : c == 0x7f ? "" : one;
			text[at] = (char)c;
			snprintf(want, sizeof want, "%.*s%s%s", (int)at, text, as, text + at + 1);
			buf_clear(&out);
			html_z(&html, text);
			assert_int_equal(out.len, strlen(want));
			assert_memory_equal(out.s, want, out.len);
		}
	}
}

/* What is translated again is found by its address only when it can be no other text. */
static void
a_text_that_changes_in_place_is_translated_anew(void **state)
{
	static char moved[] = "August";
	const char *catalogues = getenv("JALON_CATALOGUES");

	(void)state;
	text_start("fr", catalogues);
	assert_string_equal(tr(moved), "août");
	memcpy(moved, "Sunday", sizeof moved);
	assert_string_not_equal(tr(moved), "août");
	for (int i = 0; i < 2; i++) {
		static const char *const months[] = { "August", "March" }; /* N_ */

		assert_string_equal(tr(months[0]), "août");
		assert_string_equal(tr(months[1]), "mars");
		text_choose("en");
		assert_string_equal(tr(months[0]), "August");
		text_choose("fr");
	}
	text_start("en", "/nowhere");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_page_around_a_list),
		cmocka_unit_test(a_form),
		cmocka_unit_test(each_type),
		cmocka_unit_test(long_texts_are_formatted_whole),
		cmocka_unit_test(text_is_always_utf8),
		cmocka_unit_test(addresses_keep_to_four_schemes),
		cmocka_unit_test(hostile_values_stay_values),
		cmocka_unit_test(a_value_stays_its_part_of_an_address),
		cmocka_unit_test(english_numbers_and_days),
		cmocka_unit_test(the_language_changes_back_and_forth),
		cmocka_unit_test(marks_are_seen_wherever_they_stand),
		cmocka_unit_test(a_text_that_changes_in_place_is_translated_anew),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	buf_release(&out);
	arena_release(&arena);
	return failed;
}
