/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/registry.h"

/* Terms are of four years since the election of 1994; before, of three. */
enum { FIRST_ELECTION = 1994, SECOND_SUNDAY_SINCE = 2014, LAST_YEAR = 2200, SUNDAY = 7 };

dayno term_election(int year)
{
	if (year < FIRST_ELECTION || year > LAST_YEAR || (year - FIRST_ELECTION) % 4)
		return DAY_NONE;
	return date_nth_weekday(year, 9, year < SECOND_SUNDAY_SINCE ? 3 : 2, SUNDAY);
}

struct period term_national(dayno day)
{
	/* The first year of every term leaves 3 when divided by 4: 2023, 2027 … */
	int year = date_ymd(day).y, first = year - (year + 1) % 4;

	return (struct period){date_of(first, 1, 1), date_of(first + 3, 12, 31)};
}
