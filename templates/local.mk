# SPDX-License-Identifier: EUPL-1.2
# Installed for those who write their own; the program carries its own copies.
TEMPLATE_FILES = \
	templates/en/chair.md \
	templates/en/deficiency.md \
	templates/en/deputy.md \
	templates/en/escalation.md \
	templates/en/hand-over.md \
	templates/en/declined.md \
	templates/en/event-again.md \
	templates/en/event-moved.md \
	templates/en/event-stays.md \
	templates/en/no-sign-off.md \
	templates/en/invitation.md \
	templates/en/last-reminder.md \
	templates/en/not-understood.md \
	templates/en/overdue.md \
	templates/en/paragraph.md \
	templates/en/part-checks.md \
	templates/en/part-choices.md \
	templates/en/part-footer.md \
	templates/en/part-items.md \
	templates/en/question.md \
	templates/en/receipt.md \
	templates/en/reminder.md \
	templates/en/rescheduled.md \
	templates/en/revision.md \
	templates/en/status.md \
	templates/sv/chair.md \
	templates/sv/deficiency.md \
	templates/sv/deputy.md \
	templates/sv/escalation.md \
	templates/sv/hand-over.md \
	templates/sv/declined.md \
	templates/sv/event-again.md \
	templates/sv/event-moved.md \
	templates/sv/event-stays.md \
	templates/sv/no-sign-off.md \
	templates/sv/invitation.md \
	templates/sv/last-reminder.md \
	templates/sv/not-understood.md \
	templates/sv/overdue.md \
	templates/sv/paragraph.md \
	templates/sv/part-checks.md \
	templates/sv/part-choices.md \
	templates/sv/part-footer.md \
	templates/sv/part-items.md \
	templates/sv/question.md \
	templates/sv/receipt.md \
	templates/sv/reminder.md \
	templates/sv/rescheduled.md \
	templates/sv/revision.md \
	templates/sv/status.md
nobase_dist_pkgdata_DATA = $(TEMPLATE_FILES)
