/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/doctor.h"

#include <stdio.h>
#include <string.h>

#include "base/attr.h"
#include "core/grid.h"

static const enum doctor_status STATUS[DOCTOR_KIND_COUNT] = {
#define X(kind, status) [DOCTOR_##kind] = STATUS_##status,
	DOCTOR_KINDS(X)
#undef X
};

enum doctor_status doctor_status_of(enum doctor_kind kind)
{
	return STATUS[kind];
}

const char *doctor_status_name(enum doctor_status s)
{
	static const char *const names[] = {
		[STATUS_OK] = "ok", [STATUS_NOTE] = "note", [STATUS_WARNING] = "warning",
		[STATUS_FAULT] = "fault", [STATUS_SKIPPED] = "skipped",
	};

	return names[s];
}

const char *doctor_check_name(enum doctor_door door, enum doctor_check check, char out[40])
{
	static const char *const doors[] = { [DOOR_NONE] = "", [DOOR_OUT] = "out-", [DOOR_IN] = "in-" };
	static const char *const names[DOCTOR_CHECK_COUNT] = {
#define X(check, name) [DOCTOR_##check] = name,
		DOCTOR_CHECKS(X)
#undef X
	};

	snprintf(out, 40, "%s%s", doors[door], names[check]);
	return out;
}

const char *doctor_kind_name(enum doctor_kind kind, char out[40])
{
	static const char *const names[DOCTOR_KIND_COUNT] = {
#define X(kind, status) [DOCTOR_##kind] = #kind,
		DOCTOR_KINDS(X)
#undef X
	};

	snprintf(out, 40, "%s", names[kind]);
	for (char *c = out; *c; c++)
		*c = *c == '_' ? '-' : *c >= 'A' && *c <= 'Z' ? (char)(*c + 32) : *c;
	return out;
}

/* ---- judging ---- */

enum { DAY_S = 86400, MANY = 500, TOKEN_LEAST_S = 600, FILES_LEAST = 64 };
#define MB (UINT64_C(1) << 20)
static const uint64_t DISK_LEAST = 64 * MB, DISK_LITTLE = 512 * MB, LETTER_LEAST = MB / 2;

enum doctor_kind doctor_certificate(instant now, instant until, int64_t *days)
{
	*days = until == INSTANT_NONE ? 0 : (until - now) / DAY_S;
	if (until == INSTANT_NONE || until - now >= DOCTOR_CERT_DAYS * (instant)DAY_S)
		return DOCTOR_CERT_WELL;
	return until > now ? DOCTOR_CERT_SOON : DOCTOR_CERT_EXPIRED;
}

int64_t doctor_clock_error(instant told, instant from, instant to)
{
	if (told < from)
		return told - from;
	return told > to ? told - to : 0;
}

enum doctor_kind doctor_clock(int64_t error_s)
{
	int64_t by = error_s < 0 ? -error_s : error_s;

	if (by > DOCTOR_CLOCK_MOST_S)
		return DOCTOR_CLOCK_WRONG;
	return by > DOCTOR_CLOCK_S ? DOCTOR_CLOCK_OFF : DOCTOR_CLOCK_RIGHT;
}

/* A write needs its journal, and a migration or a backup the whole once more. */
enum doctor_kind doctor_disk(uint64_t free, uint64_t database)
{
	if (free < DISK_LEAST)
		return DOCTOR_DISK_FULL;
	return free < DISK_LITTLE || free < 2 * database ? DOCTOR_DISK_LOW : DOCTOR_DISK_ROOM;
}

/* A table of the largest size, in base64 with its line ends, beside the letter. */
uint64_t doctor_letter_size(void)
{
	return (uint64_t)GRID_MAX_BYTES * 78 / 57 + LETTER_LEAST;
}

enum doctor_kind doctor_size(uint64_t most)
{
	if (!most)
		return DOCTOR_SIZE_UNSAID;
	if (most < LETTER_LEAST)
		return DOCTOR_SIZE_TINY;
	return most < doctor_letter_size() ? DOCTOR_SIZE_SMALL : DOCTOR_SIZE_ENOUGH;
}

enum doctor_kind doctor_token(int64_t seconds)
{
	return seconds < TOKEN_LEAST_S ? DOCTOR_TOKEN_SHORT : DOCTOR_TOKEN_GOT;
}

enum doctor_kind doctor_waiting(uint32_t mails)
{
	return mails > MANY ? DOCTOR_WAITING_MANY : DOCTOR_WAITING_FEW;
}

enum doctor_kind doctor_files(uint64_t most)
{
	return most < FILES_LEAST ? DOCTOR_FILES_FEW : DOCTOR_FILES_ENOUGH;
}

/* RFC 4314 §2.1: servers of old say c for k and x, and d for t, e and x. */
static bool has(const char *rights, char right)
{
	return strchr(rights, right) || (right == 'k' && strchr(rights, 'c'))
	       || ((right == 't' || right == 'e') && strchr(rights, 'd'));
}

const char *doctor_lacking(const char *rights, bool handled, char out[16])
{
	/* read, mark as deleted, remove; and put mail into it */
	const char *wanted = handled ? "i" : "rte";
	size_t n = 0;

	for (; *wanted; wanted++)
		if (!has(rights, *wanted))
			out[n++] = *wanted;
	out[n] = '\0';
	return out;
}

enum doctor_kind doctor_addressing(enum doctor_form configured, const bool came[FORM_COUNT],
                                   enum doctor_form *best)
{
	*best = configured;
	for (int f = FORM_PLUS; f < FORM_COUNT; f++)
		if (came[f]) {
			/* the forms stand in the order in which they are to be preferred */
			*best = (enum doctor_form)f;
			break;
		}
	if (!came[FORM_PLUS] && !came[FORM_CATCH_ALL] && !came[FORM_PLAIN])
		return DOCTOR_ADDRESSING_DEAF;
	if (!came[configured])
		return DOCTOR_ADDRESSING_WRONG;
	if (configured == FORM_PLAIN && *best != FORM_PLAIN)
		return DOCTOR_ADDRESSING_BETTER;
	*best = configured;
	return DOCTOR_ADDRESSING_WORKS;
}
