/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_SRC_DOC_ZIP_H
#define OVERSYN_SRC_DOC_ZIP_H

#include "base/buf.h"

/* The parts of a zip in memory. What expands to more than is allowed is a
 * fault, whatever size the zip claims; parts nobody asks for stay packed. */
struct zip {
	const char *bytes;
	size_t len;
	size_t expanded;   /* of all parts taken */
	const char *fault; /* after -1: what is wrong and what to mend */
};

/* Appends the part of that name: 1 taken, 0 there is none, −1 a fault. */
int zip_part(struct zip *z, const char *name, struct buf *out);

#endif
