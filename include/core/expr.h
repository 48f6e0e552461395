/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_EXPR_H
#define OVERSYN_CORE_EXPR_H

#include "core/rule.h"

/*
 * What Swedish municipalities write about reviews and validity, read into
 * rules: "Vart fjärde år och i samband med RSA" → EVERY 4Y + EVENT rsa.
 * Total: what is not understood becomes ASK with the words kept; nothing is
 * guessed and a broken date is never repaired.
 */
enum expr_field {
	EXPR_REVIEW,   /* Uppföljning, intervall: "4 år" is a cadence, a date is REVIEW_BY */
	EXPR_VALIDITY, /* Giltighetstid, gäller: "2019-2022" and a date are END */
	EXPR_DEADLINE, /* Revideras senast: a date is REVIEW_BY */
	EXPR_UNTIL,    /* Giltig till och med: a date is END */
	EXPR_DATE,     /* Beslutsdatum, Granskat: a fact, or ASK, or NONE */
};

/* Adds what the text says to *out. An empty text adds nothing. `decided` is
 * needed for "fyra år från beslut" in a validity field; DAY_NONE if unknown. */
void expr_read(struct arena *a, const char *text, enum expr_field field, struct rules *out);

/*
 * Reads one Swedish or ISO date out of a whole value: "2024-06-17",
 * "den 18 mars 2014", "9 november 2016", "29/11 2017", "[2015-11-19]",
 * "Juni 2007" and "2026-08" (a month alone: its last day as a deadline, but
 * as a past fact *month_only is set and the day is its last).
 */
enum expr_date { EXPR_DATE_FOUND, EXPR_DATE_ABSENT, EXPR_DATE_BROKEN };
enum expr_date expr_date(const char *text, dayno *out, bool *month_only);

/* The canonical event name for words such as "risk- och sårbarhetsanalysen"
 * ("rsa"); NULL when the words name no event we know. */
const char *expr_event(const char *folded);
/* The ith name that it can give, the same several times; NULL past the last. */
const char *expr_event_name(size_t i);

#endif
