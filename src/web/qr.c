#include "web/qr.h"

#include "web/libqrencode.h"

enum { QUIET = 2 }; /* modules of white around it; with the frame (div.qr) more than the four that the standard asks for */

/* The dark modules of a row, side by side as one stroke. */
static void
row(struct html *h, const QRcode *code, int y)
{
	const unsigned char *v = code->data + (size_t)y * (size_t)code->width;

	for (int x = 0, end; x < code->width; x = end) {
		end = x + 1;
		if ((v[x] & 1) == 0)
			continue;
		while (end < code->width && (v[end] & 1) == 1)
			end++;
		html_format(h, "M%d %dh%dv1h-%dz", x + QUIET, y + QUIET, end - x, end - x);
	}
}

void
html_qr(struct html *h, str text, const char *label)
{
	QRcode *code;
	int side;

	if (library_load(h->arena, &libqrencode_library) != NULL)
		return;
	code = QRcode_encodeString8bit(str_z(h->arena, text), 0, QR_ECLEVEL_M);
	if (code == NULL)
		return;
	side = code->width + 2 * QUIET;
	html_markup(h, S("<svg role=\"img\" shape-rendering=\"crispEdges\" viewBox=\"0 0 "));
	html_format(h, "%d %d", side, side);
	html_markup(h, S("\" aria-label=\""));
	html_z(h, label);
	html_markup(h, S("\"><path fill=\"#000\" d=\""));
	for (int y = 0; y < code->width; y++)
		row(h, code, y);
	html_markup(h, S("\"/></svg>"));
	QRcode_free(code);
}
