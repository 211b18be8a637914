#include <string.h>
#include <strings.h>

#include "views.h"

static bool
among(const char *const *names, const char *name)
{
	for (; *names != NULL; names++) {
		if (strcmp(*names, name) == 0)
			return true;
	}
	return false;
}
#define AMONG(name, ...) among((const char *const[]){ __VA_ARGS__, NULL }, name)

bool
element_is_void(const char *name)
{
	return AMONG(name, "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr");
}

bool
element_ends_p(const char *name)
{
	return AMONG(name, "address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figcaption",
	    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "main", "menu", "nav", "ol",
	    "p", "pre", "search", "section", "table", "ul");
}

bool
element_is_block(const char *name)
{
	return element_ends_p(name) ||
	       AMONG(name, "base", "body", "br", "caption", "col", "colgroup", "dd", "dt", "head", "html", "legend", "li", "link",
		   "meta", "optgroup", "option", "summary", "tbody", "td", "tfoot", "th", "thead", "title", "tr");
}

bool
element_not_in_itself(const char *name)
{
	return AMONG(name, "a", "button", "form", "label", "nobr", "option", "select");
}

bool
element_not_beside(const char *name)
{
	return AMONG(name, "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "optgroup");
}

bool
element_holds_no_text(const char *name)
{
	return AMONG(name, "html", "head", "table", "thead", "tbody", "tfoot", "tr", "colgroup", "ul", "ol", "dl", "select",
	    "optgroup", "datalist");
}

const char *
element_refused(const char *name)
{
	if (strcmp(name, "style") == 0)
		return "styles stand in static/, where the content policy takes them from";
	if (AMONG(name, "iframe", "frame", "frameset", "object", "embed", "applet", "base", "portal"))
		return "pages hold no other documents and keep their own address";
	if (AMONG(name, "xmp", "noembed", "noframes", "plaintext", "listing", "template"))
		return "what it holds is not read as HTML";
	if (AMONG(name, "animate", "animatemotion", "animatetransform", "set", "foreignobject"))
		return "it can change addresses or hide markup inside of a picture";
	return NULL;
}

const char *
attribute_refused(const char *name)
{
	if (strncmp(name, "on", 2) == 0)
		return "code stands in static/, and finds its elements by class or data-*";
	if (strcmp(name, "style") == 0)
		return "give a class, and its style in static/";
	if (strcmp(name, "srcdoc") == 0)
		return "pages hold no other documents";
	return NULL;
}

bool
attribute_is_url(const char *name)
{
	return AMONG(name, "href", "src", "action", "formaction", "xlink:href", "poster", "cite", "background", "longdesc",
	    "manifest", "data", "usemap", "profile", "icon");
}

bool
attribute_is_fixed(const char *name)
{
	return AMONG(
	    name, "srcset", "imagesrcset", "ping", "target", "http-equiv", "method", "formmethod", "enctype", "rel", "sandbox");
}
