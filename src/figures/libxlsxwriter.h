/* libxlsxwriter.h - the library that writes workbooks, loaded at its first use (base/library.h). The functions keep their names. */
#pragma once
#include <xlsxwriter.h>

#include "base/library.h"

/* clang-format off */
#define LIBXLSXWRITER_FUNCTIONS(X) \
	X(chart_add_series) X(chart_axis_set_name) X(chart_axis_set_num_format) X(chart_legend_set_position) \
	X(chart_series_set_categories) X(chart_series_set_fill) X(chart_series_set_labels) \
	X(chart_series_set_name_range) X(chart_series_set_values) X(chart_title_set_name) X(format_set_align) \
	X(format_set_bg_color) X(format_set_bold) X(format_set_bottom) X(format_set_bottom_color) \
	X(format_set_font_size) X(format_set_indent) X(format_set_num_format) X(format_set_text_wrap) X(lxw_strerror) \
	X(workbook_add_chart) X(workbook_add_format) X(workbook_add_worksheet) X(workbook_close) X(workbook_new_opt) \
	X(workbook_set_properties) X(worksheet_autofilter) X(worksheet_fit_to_pages) X(worksheet_freeze_panes) \
	X(worksheet_insert_chart_opt) X(worksheet_print_area) X(worksheet_repeat_rows) X(worksheet_set_column) \
	X(worksheet_set_footer) X(worksheet_set_h_pagebreaks) X(worksheet_set_header) X(worksheet_set_landscape) \
	X(worksheet_set_margins) X(worksheet_set_paper) X(worksheet_set_row) X(worksheet_write_blank) \
	X(worksheet_write_datetime) X(worksheet_write_number) X(worksheet_write_string)
/* clang-format on */

#define X(name) __typeof__(name) *name##_;
extern struct libxlsxwriter {
	LIBXLSXWRITER_FUNCTIONS(X)
} libxlsxwriter;
#undef X
extern struct library libxlsxwriter_library;

/* Its functions, once it is there. */
static inline const struct libxlsxwriter *
xlsxwriter_functions(void)
{
	if (!libxlsxwriter_library.loaded)
		library_need(&libxlsxwriter_library);
	return &libxlsxwriter;
}

#ifndef LIBXLSXWRITER_ITSELF
#define chart_add_series xlsxwriter_functions()->chart_add_series_
#define chart_axis_set_name xlsxwriter_functions()->chart_axis_set_name_
#define chart_axis_set_num_format xlsxwriter_functions()->chart_axis_set_num_format_
#define chart_legend_set_position xlsxwriter_functions()->chart_legend_set_position_
#define chart_series_set_categories xlsxwriter_functions()->chart_series_set_categories_
#define chart_series_set_fill xlsxwriter_functions()->chart_series_set_fill_
#define chart_series_set_labels xlsxwriter_functions()->chart_series_set_labels_
#define chart_series_set_name_range xlsxwriter_functions()->chart_series_set_name_range_
#define chart_series_set_values xlsxwriter_functions()->chart_series_set_values_
#define chart_title_set_name xlsxwriter_functions()->chart_title_set_name_
#define format_set_align xlsxwriter_functions()->format_set_align_
#define format_set_bg_color xlsxwriter_functions()->format_set_bg_color_
#define format_set_bold xlsxwriter_functions()->format_set_bold_
#define format_set_bottom xlsxwriter_functions()->format_set_bottom_
#define format_set_bottom_color xlsxwriter_functions()->format_set_bottom_color_
#define format_set_font_size xlsxwriter_functions()->format_set_font_size_
#define format_set_indent xlsxwriter_functions()->format_set_indent_
#define format_set_num_format xlsxwriter_functions()->format_set_num_format_
#define format_set_text_wrap xlsxwriter_functions()->format_set_text_wrap_
#define lxw_strerror xlsxwriter_functions()->lxw_strerror_
#define workbook_add_chart xlsxwriter_functions()->workbook_add_chart_
#define workbook_add_format xlsxwriter_functions()->workbook_add_format_
#define workbook_add_worksheet xlsxwriter_functions()->workbook_add_worksheet_
#define workbook_close xlsxwriter_functions()->workbook_close_
#define workbook_new_opt xlsxwriter_functions()->workbook_new_opt_
#define workbook_set_properties xlsxwriter_functions()->workbook_set_properties_
#define worksheet_autofilter xlsxwriter_functions()->worksheet_autofilter_
#define worksheet_fit_to_pages xlsxwriter_functions()->worksheet_fit_to_pages_
#define worksheet_freeze_panes xlsxwriter_functions()->worksheet_freeze_panes_
#define worksheet_insert_chart_opt xlsxwriter_functions()->worksheet_insert_chart_opt_
#define worksheet_print_area xlsxwriter_functions()->worksheet_print_area_
#define worksheet_repeat_rows xlsxwriter_functions()->worksheet_repeat_rows_
#define worksheet_set_column xlsxwriter_functions()->worksheet_set_column_
#define worksheet_set_footer xlsxwriter_functions()->worksheet_set_footer_
#define worksheet_set_h_pagebreaks xlsxwriter_functions()->worksheet_set_h_pagebreaks_
#define worksheet_set_header xlsxwriter_functions()->worksheet_set_header_
#define worksheet_set_landscape xlsxwriter_functions()->worksheet_set_landscape_
#define worksheet_set_margins xlsxwriter_functions()->worksheet_set_margins_
#define worksheet_set_paper xlsxwriter_functions()->worksheet_set_paper_
#define worksheet_set_row xlsxwriter_functions()->worksheet_set_row_
#define worksheet_write_blank xlsxwriter_functions()->worksheet_write_blank_
#define worksheet_write_datetime xlsxwriter_functions()->worksheet_write_datetime_
#define worksheet_write_number xlsxwriter_functions()->worksheet_write_number_
#define worksheet_write_string xlsxwriter_functions()->worksheet_write_string_
#endif
