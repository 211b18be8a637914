/* document_photo.c - photos taken apart and written again: the picture, its colours, which way is up; not the place, the device, the hour,
 * nor what stands behind the end */
#include "people/document_inside.h"

/* ---- JPEG: segments, then the picture's own bytes up to the next marker ---- */

enum {
	SOI = 0xd8,
	EOI = 0xd9,
	SOS = 0xda,
	DQT = 0xdb,
	DHT = 0xc4,
	DRI = 0xdd,
	APP0 = 0xe0,
	APP1 = 0xe1,
	APP2 = 0xe2,
	APP14 = 0xee
};

static bool
is_frame(unsigned marker)
{
	return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

static bool
is_kept(unsigned marker, str segment)
{
	if (marker == APP2)
		return str_starts(segment, S("ICC_PROFILE\0"));
	return is_frame(marker) || marker == DHT || marker == 0xcc || marker == SOS || marker == DQT || marker == DRI ||
	       marker == APP0 || marker == APP14;
}

/* The tag of which way is up, 1 to 8; 0: it does not say. */
static unsigned
orientation(str exif)
{
	str t = { exif.s + 6, exif.len - 6 };
	bool big;
	size_t at, n;

	if (!str_starts(exif, S("Exif\0\0")) || t.len < 8 || (!str_starts(t, S("II*\0")) && !str_starts(t, S("MM\0*"))))
		return 0;
	big = t.s[0] == 'M';
	at = big ? big32(t, 4) : small32(t, 4);
	if (at > t.len - 2)
		return 0;
	n = big ? big16(t, at) : small16(t, at);
	for (at += 2; n > 0 && t.len >= 12 && at <= t.len - 12; n--, at += 12) {
		unsigned tag = big ? big16(t, at) : small16(t, at), value = big ? big16(t, at + 8) : small16(t, at + 8);

		if (tag == 0x0112)
			return value <= 8 ? value : 0;
	}
	return 0;
}

static void
write_orientation(struct buf *to, unsigned value)
{
	buf_add(to, S("\xff\xe1\0\x22"
		      "Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"));
	buf_char(to, (char)value);
	buf_add(to, S("\0\0\0\0\0\0"));
}

static size_t
picture_end(str b, size_t at)
{
	for (; at + 1 < b.len; at++) {
		unsigned next = byte_at(b, at + 1);

		if (byte_at(b, at) == 0xff && next != 0 && next != 0xff && (next < 0xd0 || next > 0xd7))
			return at;
	}
	return b.len;
}

struct jpeg {
	str b;
	size_t at;
	struct buf *kept;
	bool frame, scan, turned;
};

/* One marker and what belongs to it; *end: it was the last. */
static bool
jpeg_segment(struct jpeg *j, bool *end)
{
	size_t from = j->at, n;
	unsigned marker;
	str segment;

	while (j->at + 1 < j->b.len && byte_at(j->b, j->at) == 0xff && byte_at(j->b, j->at + 1) == 0xff)
		j->at++;
	if (j->at + 2 > j->b.len || byte_at(j->b, j->at) != 0xff)
		return false;
	from = j->at;
	marker = byte_at(j->b, j->at + 1);
	*end = marker == EOI;
	if (*end) {
		buf_add(j->kept, S("\xff\xd9"));
		return true;
	}
	if (marker < 0xc0 || (marker >= 0xd0 && marker <= 0xd9) || j->b.len - j->at < 4)
		return false;
	n = big16(j->b, j->at + 2);
	if (n < 2 || n > j->b.len - j->at - 2)
		return false;
	segment = part_of(j->b, j->at + 4, n - 2);
	j->at += 2 + n;
	j->frame |= is_frame(marker);
	if (marker == SOS) {
		j->scan = j->frame;
		j->at = picture_end(j->b, j->at);
	}
	if (marker == APP1 && segment.len >= 6 && !j->turned && orientation(segment) > 1) {
		write_orientation(j->kept, orientation(segment));
		j->turned = true;
	}
	if (is_kept(marker, segment))
		buf_add(j->kept, part_of(j->b, from, j->at - from));
	return true;
}

bool
document_jpeg(str bytes, struct buf *kept)
{
	struct jpeg j = { .b = bytes, .at = 2, .kept = kept };
	bool end = false;

	buf_add(kept, S("\xff\xd8"));
	while (!end) {
		if (!jpeg_segment(&j, &end))
			return false;
	}
	return j.frame && j.scan;
}

/* ---- PNG: chunks ---- */

static bool
png_kept(str type)
{
	static const char *const names[] = { "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT",
		"bKGD", "pHYs" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (str_is(type, names[i]))
			return true;
	}
	return false;
}

bool
document_png(str bytes, struct buf *kept)
{
	enum { SIGNATURE = 8, AROUND = 12 };
	bool picture = false;
	size_t at = SIGNATURE, chunks = 0;

	buf_add(kept, part_of(bytes, 0, SIGNATURE));
	while (bytes.len - at >= AROUND) {
		size_t n = big32(bytes, at);
		str type = part_of(bytes, at + 4, 4);

		if (n > bytes.len - at - AROUND || (chunks++ == 0) != str_is(type, "IHDR"))
			return false;
		if (!png_kept(type) && (byte_at(type, 0) & 0x20) == 0)
			return false; /* one that must be understood */
		if (png_kept(type))
			buf_add(kept, part_of(bytes, at, n + AROUND));
		picture |= str_is(type, "IDAT");
		if (str_is(type, "IEND"))
			return picture && n == 0;
		at += n + AROUND;
	}
	return false;
}
