/* SPDX-License-Identifier: EUPL-1.2 */
#include "tests/bench/letters.h"

#include <stdio.h>
#include <sys/resource.h>

void letter_write(struct buf *out, size_t bytes)
{
	buf_str(out, "From: Granskning <" LETTER_FROM ">\r\nTo: <" LETTER_TO ">\r\n"
	        "Subject: Dags att granska\r\nMIME-Version: 1.0\r\n"
	        "Message-ID: <bench@kommun.example>\r\n"
	        "Content-Type: text/plain; charset=utf-8\r\n\r\n");
	while (out->len < bytes)
		buf_str(out, "En rad som de flesta i ett brev, varken lang eller kort, med CR LF.\r\n");
}

void letter_report(size_t n, double before, double seconds)
{
	struct rusage use;

	getrusage(RUSAGE_SELF, &use);
	printf("%zu %.6f %.6f %ld\n", n, before, seconds, use.ru_maxrss);
}
