/* libpq.h - the server's client library, loaded when a server is asked for. A city's embedded file never needs it, nor the
 * twenty libraries behind it, and starts in half the time. The functions keep their names: PQexec is libpq.PQexec. */
#pragma once
#include <libpq-fe.h>

#include "base/err.h"

/* clang-format off */
#define LIBPQ_FUNCTIONS(X) \
	X(PQclear) X(PQconnectdbParams) X(PQconninfoFree) X(PQconninfoParse) X(PQenterPipelineMode) X(PQerrorMessage) \
	X(PQexec) X(PQexitPipelineMode) X(PQfinish) X(PQfreemem) X(PQftype) X(PQgetCopyData) X(PQgetResult) X(PQgetisnull) \
	X(PQgetlength) X(PQgetvalue) X(PQntuples) X(PQpipelineSync) X(PQresultErrorField) X(PQresultStatus) X(PQsendPrepare) X(PQsendQueryParams) \
	X(PQsendQueryPrepared) X(PQsetNoticeReceiver) X(PQsetSingleRowMode) X(PQstatus) X(PQtransactionStatus)
/* clang-format on */

#define X(name) __typeof__(name) *name##_;
extern struct libpq {
	LIBPQ_FUNCTIONS(X)
} libpq;
#undef X

/* Once per process; ERR_WORLD with what to install when it is not there. */
const struct err *libpq_load(struct arena *a);

#ifndef LIBPQ_ITSELF
#define PQclear libpq.PQclear_
#define PQconnectdbParams libpq.PQconnectdbParams_
#define PQconninfoFree libpq.PQconninfoFree_
#define PQconninfoParse libpq.PQconninfoParse_
#define PQenterPipelineMode libpq.PQenterPipelineMode_
#define PQerrorMessage libpq.PQerrorMessage_
#define PQexec libpq.PQexec_
#define PQexitPipelineMode libpq.PQexitPipelineMode_
#define PQfinish libpq.PQfinish_
#define PQfreemem libpq.PQfreemem_
#define PQftype libpq.PQftype_
#define PQgetCopyData libpq.PQgetCopyData_
#define PQgetResult libpq.PQgetResult_
#define PQgetisnull libpq.PQgetisnull_
#define PQgetlength libpq.PQgetlength_
#define PQgetvalue libpq.PQgetvalue_
#define PQntuples libpq.PQntuples_
#define PQpipelineSync libpq.PQpipelineSync_
#define PQresultErrorField libpq.PQresultErrorField_
#define PQresultStatus libpq.PQresultStatus_
#define PQsendPrepare libpq.PQsendPrepare_
#define PQsendQueryParams libpq.PQsendQueryParams_
#define PQsendQueryPrepared libpq.PQsendQueryPrepared_
#define PQsetNoticeReceiver libpq.PQsetNoticeReceiver_
#define PQsetSingleRowMode libpq.PQsetSingleRowMode_
#define PQstatus libpq.PQstatus_
#define PQtransactionStatus libpq.PQtransactionStatus_
#endif
