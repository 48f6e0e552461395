/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef OVERSYN_TESTS_MAIL_SAMPLE_H
#define OVERSYN_TESTS_MAIL_SAMPLE_H

#include "mail/message.h"

/* A letter with every field in use, for the tests that look at its bytes. */
static inline struct mail_out sample_letter(void)
{
	return (struct mail_out){
		.from_name = "Tallvinge kommun",
		.from = "granskning@tallvinge.example",
		.to_name = "Åsa \"Chefen\" Öberg",
		.to = "asa.oberg@tallvinge.example",
		.reply_to = "granskning+k7@tallvinge.example",
		.subject = "Granska senast 15 mars: förteckningen över informationstillgångar, "
			   "socialnämnden [G-7]",
		.message_id = "l1@tallvinge.example",
		.references = "l0@tallvinge.example svar-1@mail.example",
		.date = 1799650800, /* 2027-01-11T08:00:00+01:00 */
		.language = "sv",
		.text = "Hej Åsa!\n\nSvara med ett av orden överst:\n\n.punkt först\n"
			"En rad som är längre än sjuttiosex tecken, så att den måste brytas mjukt "
			"och sättas ihop igen.\n",
		.html = "<!DOCTYPE html>\n<html lang=\"sv\"><body><p>Hej Åsa!</p></body></html>\n",
		.calendar = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n",
		.calendar_method = "REQUEST",
	};
}

#endif
