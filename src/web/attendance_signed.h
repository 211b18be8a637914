/* attendance_signed.h - what the page of signed sheets is given (views/attendance_signed.tmpl) */
#pragma once
#include "web/attendance_page.h"
#include "web/documents_page.h"

struct attendance_signed_page {
	struct attendance_page page; /* without marks */
	struct document_line *v;
	size_t n;
	struct document_form form;
};
