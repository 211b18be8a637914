/* qr.h - a QR code as one path of an SVG, read by telephones from the screen and from paper */
#pragma once
#include "web/html.h"

/* label: what it is, for those who do not see it, translated. Without the library, or for a text too long for it, nothing is
 * written: beside each code stands the same to be typed. */
void html_qr(struct html *h, str text, const char *label);
