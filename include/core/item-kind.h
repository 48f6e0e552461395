/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_ITEM_KIND_H
#define OVERSYN_CORE_ITEM_KIND_H

enum item_kind {
	ITEM_INVENTORY, /* förteckning över informationstillgångar */
	ITEM_PROCESSING, /* register över personuppgiftsbehandlingar (art. 30) */
	ITEM_ASSET,     /* informationstillgång */
	ITEM_ROUTINE,   /* rutin */
	ITEM_DOCUMENT,  /* styrdokument */
	ITEM_TRAINING,  /* utbildningsintyg: core/training.h */
	ITEM_KIND_COUNT
};

#endif
