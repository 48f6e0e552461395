/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/trust.h"

enum trust_verdict trust_policy(const struct trust *t, enum trust_act act)
{
	if (t->token != FACT_YES)
		return TRUST_REFUSE;
	if (t->sender != FACT_YES)
		return act == ACT_WORD ? TRUST_REFUSE : TRUST_TELL;
	switch (act) {
	case ACT_WORD:
		return TRUST_DO;
	case ACT_REVIEW:
		return t->domain == FACT_YES && t->direct && !t->board ? TRUST_DO : TRUST_CONFIRM;
	case ACT_BOARD:
		break;
	}
	return TRUST_CONFIRM;
}

const char *trust_verdict_name(enum trust_verdict v)
{
	static const char *const name[] = {
		[TRUST_DO] = "do", [TRUST_CONFIRM] = "confirm", [TRUST_REFUSE] = "refuse",
		[TRUST_TELL] = "tell"
	};

	return name[v];
}

const char *trust_reason(const struct trust *t)
{
	if (t->token != FACT_YES)
		return t->why_token;
	if (t->sender != FACT_YES)
		return t->why_sender;
	if (t->domain != FACT_YES)
		return t->why_domain;
	if (!t->direct)
		return t->why_direct;
	return t->board ? "who speaks for a body is asked to confirm" : t->why_domain;
}
