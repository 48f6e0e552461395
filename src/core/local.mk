# SPDX-License-Identifier: EUPL-1.2
noinst_LIBRARIES += src/core/libcore.a
src_core_libcore_a_SOURCES =
src_core_libcore_a_SOURCES += include/core/rsvp.h src/core/rsvp.c src/core/reschedule.c
src_core_libcore_a_SOURCES += include/core/booking.h src/core/booking.c
src_core_libcore_a_SOURCES += include/core/doctor.h src/core/doctor.c src/core/doctor-time.c
src_core_libcore_a_SOURCES += include/core/quorum.h src/core/quorum.c
src_core_libcore_a_SOURCES += include/core/address.h src/core/address.c \
	include/core/retry.h src/core/retry.c \
	include/core/returned.h src/core/returned.c \
	include/core/throttle.h src/core/throttle.c \
	include/core/wakeup.h src/core/wakeup.c \
	include/core/ack.h src/core/ack.c \
	include/core/outbox.h src/core/outbox.c
src_core_libcore_a_CFLAGS = $(AM_CFLAGS)
src_core_libcore_a_SOURCES += include/core/date.h src/core/date.c \
	include/core/zone.h src/core/zone.c include/core/workday.h src/core/workday.c \
	src/core/workday-law.c include/core/recess.h src/core/recess.c
src_core_libcore_a_SOURCES += \
	include/core/reply.h src/core/reply-internal.h src/core/reply.c \
	src/core/reply-lines.c src/core/reply-clauses.c src/core/reply-numbers.c \
	src/core/reply-vocabulary.h src/core/reply-word.c \
	src/core/reply-body.c src/core/reply-match.c src/core/reply-phrase.c src/core/reply-handover.c \
	src/core/reply-decision.c \
	src/core/reply-courtesy.c src/core/reply-date.h src/core/reply-date.c \
	src/core/reply-date-week.c src/core/reply-guard.c \
	src/core/reply-letter.c src/core/reply-say.c src/core/reply-sayings.inc src/core/reply-slots.inc \
	src/core/reply-guards.inc src/core/reply-courtesy.inc src/core/reply-names.inc \
	src/core/reply-titles.inc src/core/reply-date.inc src/core/reply-decision.inc
src_core_libcore_a_SOURCES += include/core/trust.h src/core/trust-policy.c src/core/trust.c
src_core_libcore_a_SOURCES += include/core/limits.h src/core/limits.c
src_core_libcore_a_SOURCES += include/core/command.h src/core/command.c src/core/command.inc
src_core_libcore_a_SOURCES += include/core/report.h src/core/report.c include/core/start.h src/core/start.c
src_core_libcore_a_SOURCES += include/core/posts.h src/core/posts.c
src_core_libcore_a_SOURCES += include/core/training.h src/core/training.c src/core/import-training.c
src_core_libcore_a_SOURCES += include/core/bounce.h src/core/bounce.c \
	include/core/brake.h src/core/brake.c
src_core_libcore_a_SOURCES += include/core/deficiency.h src/core/deficiency.c src/core/deficiency-item.c
src_core_libcore_a_SOURCES += include/core/review.h src/core/review.c
src_core_libcore_a_SOURCES += include/core/ladder.h src/core/ladder.c
src_core_libcore_a_SOURCES += include/core/ref.h include/core/case.h include/core/matter.h include/core/inquiry.h include/core/change.h src/core/change.c \
	include/core/apply.h src/core/apply.c src/core/apply-internal.h src/core/apply-decision.c \
	src/core/apply-reason.c src/core/apply-which.c src/core/apply-delegated.c src/core/apply-undo.c src/core/apply-joint.c \
	include/core/confirm.h src/core/confirm.c include/core/plan.h src/core/plan.c src/core/plan-away.c \
	src/core/plan-escalate.c src/core/plan-decision.c src/core/plan-copy.c src/core/plan-void.c \
	src/core/plan-handover.c src/core/plan-order.c src/core/plan-joint.c src/core/plan-approver.c \
	include/core/renewal.h src/core/renewal.c src/core/apply-outcome.c src/core/apply-recorded.c \
	include/core/revision.h src/core/revision.c src/core/plan-revision.c src/core/plan-back.c src/core/revision-state.c \
	src/core/plan-internal.h src/core/plan-letters.c src/core/plan-wake.c \
	include/core/turn.h src/core/turn.c include/core/family.h src/core/family.c \
	include/core/merge.h src/core/merge.c
src_core_libcore_a_SOURCES += include/core/rule.h src/core/rule.c \
	include/core/expr.h src/core/expr.c src/core/expr-internal.h \
	src/core/expr-words.c src/core/expr-number.c src/core/expr-date.c \
	src/core/expr-period.c src/core/expr-same.c src/core/expr-same.inc src/core/expr-make.c src/core/expr-settle.c \
	src/core/expr-phrases.c src/core/expr-phrases.inc src/core/expr-vocabulary.inc
src_core_libcore_a_SOURCES += include/core/item-kind.h include/core/settings.h include/core/registry.h src/core/registry.c \
	src/core/registry-index.c src/core/registry-rules.c src/core/registry-internal.h src/core/registry-links.c \
	src/core/registry-term.c
src_core_libcore_a_SOURCES += include/core/calendar.h src/core/calendar.c \
	src/core/import-calendar.c
src_core_libcore_a_SOURCES += include/core/import.h src/core/import-internal.h \
	src/core/import.c src/core/import-names.c src/core/import-twice.c src/core/import-cell.c src/core/import-check.c \
	src/core/import-rows.c src/core/import-quorum.c src/core/import-table.c src/core/import-town.c
src_core_libcore_a_SOURCES += include/core/amendment.h src/core/amendment.c
src_core_libcore_a_SOURCES += include/core/grid.h src/core/grid.c \
	include/core/shown.h src/core/shown.c include/core/inventory.h \
	src/core/inventory-internal.h src/core/inventory.c src/core/inventory-value.c \
	src/core/inventory-read.c src/core/inventory-apply.c src/core/inventory-change.c src/core/inventory-chief.c src/core/inventory-text.c
src_core_libcore_a_SOURCES += include/core/due.h src/core/due.c src/core/due-internal.h \
	src/core/due-dates.c src/core/due-act.c src/core/due-events.c src/core/due-implied.c \
	src/core/due-meetings.c
src_core_libcore_a_SOURCES += include/core/forecast.h src/core/forecast.c \
	src/core/forecast-level.c
src_core_libcore_a_SOURCES += include/core/moves.h src/core/moves.c
src_core_libcore_a_SOURCES += include/core/findings.h src/core/findings-internal.h \
	src/core/findings.c src/core/findings-bodies.c src/core/findings-coverage.c \
	src/core/findings-items.c src/core/findings-levels.c src/core/findings-register.c \
	src/core/findings-roles.c src/core/findings-posts.c src/core/findings-quorum.c src/core/findings-settings.c
src_core_libcore_a_SOURCES += include/core/header.h src/core/header.c src/core/header-internal.h \
	src/core/header-page.c src/core/header-decision.c src/core/header-fields.c \
	src/core/header-prose.c src/core/header-body.c src/core/header-chrome.c \
	src/core/header-fit.c src/core/header-label.c src/core/header-layout.c src/core/header-mend.c \
	src/core/header-rules.c src/core/header-title.c src/core/header-words.c src/core/labels.inc

# What replies are compared with, as tables: a bad pattern stops the build.
reply_vocabulary = src/core/reply-sayings.inc src/core/reply-slots.inc src/core/reply-courtesy.inc \
	src/core/reply-guards.inc src/core/reply-names.inc src/core/reply-titles.inc
nodist_src_core_libcore_a_SOURCES = src/core/reply-vocabulary.c
EXTRA_DIST += src/core/reply-vocabulary.awk
CLEANFILES += src/core/reply-vocabulary.c

src/core/reply-vocabulary.c: src/core/reply-vocabulary.awk $(reply_vocabulary)
	$(AM_V_GEN)$(MKDIR_P) src/core && LC_ALL=C $(AWK) -f $(srcdir)/src/core/reply-vocabulary.awk \
		$(addprefix $(srcdir)/,$(reply_vocabulary)) > $@-t && mv $@-t $@
