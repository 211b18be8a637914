/* libexpat.h - the library that reads the XML of workbooks, loaded at its first use (base/library.h). The functions keep their names. */
#pragma once
#include <expat.h>

#include "base/library.h"

/* clang-format off */
#define LIBEXPAT_FUNCTIONS(X) \
	X(XML_ErrorString) X(XML_GetBuffer) X(XML_GetCurrentByteIndex) X(XML_GetErrorCode) X(XML_GetParsingStatus) \
	X(XML_ParseBuffer) X(XML_ParserCreate) X(XML_ParserFree) X(XML_ResumeParser) X(XML_SetCharacterDataHandler) \
	X(XML_SetElementHandler) X(XML_SetStartDoctypeDeclHandler) X(XML_SetUserData) X(XML_StopParser)
/* clang-format on */

#define X(name) __typeof__(name) *name##_;
extern struct libexpat {
	LIBEXPAT_FUNCTIONS(X)
} libexpat;
#undef X
extern struct library libexpat_library;

/* Its functions, once it is there. */
static inline const struct libexpat *
expat_functions(void)
{
	if (!libexpat_library.loaded)
		library_need(&libexpat_library);
	return &libexpat;
}

#ifndef LIBEXPAT_ITSELF
#define XML_ErrorString expat_functions()->XML_ErrorString_
#define XML_GetBuffer expat_functions()->XML_GetBuffer_
#define XML_GetCurrentByteIndex expat_functions()->XML_GetCurrentByteIndex_
#define XML_GetErrorCode expat_functions()->XML_GetErrorCode_
#define XML_GetParsingStatus expat_functions()->XML_GetParsingStatus_
#define XML_ParseBuffer expat_functions()->XML_ParseBuffer_
#define XML_ParserCreate expat_functions()->XML_ParserCreate_
#define XML_ParserFree expat_functions()->XML_ParserFree_
#define XML_ResumeParser expat_functions()->XML_ResumeParser_
#define XML_SetCharacterDataHandler expat_functions()->XML_SetCharacterDataHandler_
#define XML_SetElementHandler expat_functions()->XML_SetElementHandler_
#define XML_SetStartDoctypeDeclHandler expat_functions()->XML_SetStartDoctypeDeclHandler_
#define XML_SetUserData expat_functions()->XML_SetUserData_
#define XML_StopParser expat_functions()->XML_StopParser_
#endif
