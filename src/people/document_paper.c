/* document_paper.c - PDF, and the two text documents that are zip archives: looked at from their ends, and for what could act by itself */
#include <string.h>

#include "people/document_inside.h"

/* ---- PDF ---- */

static bool
ends_name(char c)
{
	return c == '\0' || strchr(" \t\r\n\f()<>[]{}/%", c) != NULL;
}

/* The name that begins behind a '/', with its #xx written out; at most n - 1 letters. */
static void
read_name(str b, size_t at, char *to, size_t n)
{
	size_t k = 0;

	while (at < b.len && !ends_name(b.s[at]) && k + 1 < n) {
		if (b.s[at] == '#' && at + 2 < b.len && str_hex(b.s[at + 1]) >= 0 && str_hex(b.s[at + 2]) >= 0) {
			to[k++] = (char)(str_hex(b.s[at + 1]) << 4 | str_hex(b.s[at + 2]));
			at += 3;
		} else {
			to[k++] = b.s[at++];
		}
	}
	to[k] = '\0';
}

static bool
acts(const char *name)
{
	static const char *const names[] = { "JavaScript", "JS", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia", "XFA" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (strcmp(name, names[i]) == 0)
			return true;
	}
	return false;
}

/* Behind the last end there is nothing but the end of a line. */
static bool
ends_there(str b)
{
	size_t end = b.len;

	while (end > 0 && (b.s[end - 1] == '\n' || b.s[end - 1] == '\r' || b.s[end - 1] == ' '))
		end--;
	return end >= 5 && b.len - end <= 16 && memcmp(b.s + end - 5, "%%EOF", 5) == 0;
}

bool
document_pdf(str bytes, bool *active)
{
	char name[20];

	if (bytes.len < 16 || (bytes.s[5] != '1' && bytes.s[5] != '2') || bytes.s[6] != '.' || !ends_there(bytes))
		return false;
	for (size_t i = 0; i < bytes.len && !*active; i++) {
		if (bytes.s[i] != '/')
			continue;
		read_name(bytes, i + 1, name, sizeof name);
		*active = acts(name);
	}
	return true;
}

/* ---- archives ---- */

enum { END = 22, CENTRAL = 46, LOCAL = 30, ENTRIES_MOST = 4000 };

struct archive {
	str b;
	size_t at; /* of the next line of its directory */
	size_t directory;
	bool first; /* something begins with the file itself */
	bool odt, types, word, active;
};

static bool
has(str name, const char *part)
{
	char small[256];
	size_t n = name.len < sizeof small - 1 ? name.len : sizeof small - 1;

	for (size_t i = 0; i < n; i++)
		small[i] = name.s[i] >= 'A' && name.s[i] <= 'Z' ? (char)(name.s[i] + 32) : name.s[i];
	small[n] = '\0';
	return strstr(small, part) != NULL;
}

static bool
clean_name(str name)
{
	if (name.len == 0 || name.len > 200 || name.s[0] == '/' || memchr(name.s, '\\', name.len) != NULL ||
	    memchr(name.s, '\0', name.len) != NULL)
		return false;
	return !has(name, "..");
}

static bool
acts_inside(str name)
{
	return str_starts(name, S("Basic/")) || str_starts(name, S("Scripts/")) || has(name, "vba") || has(name, ".bin") ||
	       has(name, "activex") || has(name, "embeddings/") || has(name, ".exe") || has(name, ".js");
}

/* The entry where it stands itself: the same name, and inside of what comes before the directory. */
static bool
stands_there(struct archive *z, size_t local, size_t packed, str name)
{
	size_t header;

	if (local > z->directory || z->directory - local < LOCAL || small32(z->b, local) != 0x04034b50)
		return false;
	header = LOCAL + (size_t)small16(z->b, local + 26) + small16(z->b, local + 28);
	if (header > z->directory - local || packed > z->directory - local - header || small16(z->b, local + 26) != name.len ||
	    memcmp(z->b.s + local + LOCAL, name.s, name.len) != 0)
		return false;
	z->first |= local == 0;
	if (local == 0 && str_is(name, "mimetype") && small16(z->b, local + 8) == 0)
		z->odt = str_is(part_of(z->b, header, packed), "application/vnd.oasis.opendocument.text");
	return true;
}

static bool
entry(struct archive *z)
{
	size_t n;
	unsigned method;
	str name;

	if (z->b.len - END - z->at < CENTRAL || small32(z->b, z->at) != 0x02014b50)
		return false;
	n = small16(z->b, z->at + 28);
	if (z->b.len - END - z->at - CENTRAL < n)
		return false;
	name = part_of(z->b, z->at + CENTRAL, n);
	method = small16(z->b, z->at + 10);
	if ((small16(z->b, z->at + 8) & 1) != 0 || (method != 0 && method != 8) || !clean_name(name) ||
	    !stands_there(z, small32(z->b, z->at + 42), small32(z->b, z->at + 20), name))
		return false;
	z->types |= str_is(name, "[Content_Types].xml");
	z->word |= str_is(name, "word/document.xml");
	z->active |= acts_inside(name);
	z->at += CENTRAL + n + small16(z->b, z->at + 30) + small16(z->b, z->at + 32);
	return z->at <= z->b.len - END;
}

enum document_type
document_zip(str bytes, bool *active)
{
	struct archive z = { .b = bytes };
	size_t end, n;

	if (bytes.len < END + CENTRAL + LOCAL || small32(bytes, bytes.len - END) != 0x06054b50)
		return DOCUMENT_REFUSED;
	end = bytes.len - END;
	n = small16(bytes, end + 10);
	z.directory = z.at = small32(bytes, end + 16);
	if (n == 0 || n > ENTRIES_MOST || small16(bytes, end + 20) != 0 || z.at > end || small32(bytes, end + 12) != end - z.at)
		return DOCUMENT_REFUSED;
	for (; n > 0; n--) {
		if (!entry(&z))
			return DOCUMENT_REFUSED;
	}
	*active = z.active;
	if (z.at != end || !z.first || z.odt == (z.types && z.word))
		return DOCUMENT_REFUSED;
	return z.odt ? DOCUMENT_ODT : DOCUMENT_DOCX;
}
