/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_CORE_REF_H
#define OVERSYN_CORE_REF_H

/* What letters and cases are known by, with the final NUL: the public reference
 * ("GR-27-0042-K7QD"), and the token that answers carry (base32 of 128 bits). */
enum { REF_TEXT = 24, TOKEN_TEXT = 27 };

#endif
