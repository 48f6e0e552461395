# SPDX-License-Identifier: EUPL-1.2
noinst_LIBRARIES += src/store/libstore.a
src_store_libstore_a_SOURCES = \
	include/store/deficiencies.h include/store/edits.h include/store/outbox.h \
	include/store/record.h include/store/rests.h include/store/reports.h include/store/store.h \
	src/store/db.h src/store/stmt.inc \
	include/store/brakes.h src/store/brakes.c \
	src/store/apply.c src/store/kept.c \
	src/store/confirm.c \
	include/store/copy.h src/store/copy.c src/store/returned.c \
	src/store/counts.c \
	src/store/db.c \
	src/store/deficiencies.c \
	src/store/edits.c src/store/amendments.c \
	src/store/fail.c \
	include/store/health.h src/store/health.c \
	src/store/import.c \
	include/store/inbox.h src/store/inbox.c \
	src/store/inquiries.c \
	src/store/keys.c \
	src/store/load.c src/store/beside.c \
	src/store/lock.c \
	src/store/migrate.c \
	src/store/answers.c \
	src/store/outbox.c \
	src/store/outbox-batch.c \
	src/store/outbox-acts.c \
	src/store/outbox-told.c \
	src/store/questions.c \
	src/store/record.c \
	src/store/renewals.c \
	src/store/reports.c \
	src/store/rests.c \
	src/store/reviews.c \
	src/store/row.c \
	src/store/rsvp.c src/store/trainings.c \
	src/store/settings.c \
	src/store/signoffs.c include/store/seats.h src/store/seats.c \
	src/store/stmt.c \
	src/store/wake.c
nodist_src_store_libstore_a_SOURCES = src/store/migrations.c
src_store_libstore_a_CFLAGS = $(AM_CFLAGS) $(SQLITE_CFLAGS)

# The schema travels inside the program.
store_migrations = \
	src/store/migrations/0001_register.sql \
	src/store/migrations/0002_reviews.sql \
	src/store/migrations/0003_mail.sql \
	src/store/migrations/0004_evidence.sql \
	src/store/migrations/0005_rules.sql \
	src/store/migrations/0006_recess.sql \
	src/store/migrations/0007_wake.sql \
	src/store/migrations/0008_told.sql \
	src/store/migrations/0009_answers.sql \
	src/store/migrations/0010_keys.sql \
	src/store/migrations/0011_rsvp.sql \
	src/store/migrations/0012_confirmation.sql \
	src/store/migrations/0013_deficiency.sql \
	src/store/migrations/0014_inquiries.sql \
	src/store/migrations/0015_inventory.sql \
	src/store/migrations/0016_report.sql \
	src/store/migrations/0017_roles.sql \
	src/store/migrations/0018_settled.sql \
	src/store/migrations/0019_quorum.sql \
	src/store/migrations/0020_brakes.sql \
	src/store/migrations/0021_board.sql \
	src/store/migrations/0022_outbox.sql \
	src/store/migrations/0023_cut.sql src/store/migrations/0024_batch.sql \
	src/store/migrations/0025_bytes.sql \
	src/store/migrations/0026_compared.sql \
	src/store/migrations/0027_apart.sql \
	src/store/migrations/0028_returned.sql \
	src/store/migrations/0029_amendments.sql \
	src/store/migrations/0030_clock.sql
EXTRA_DIST += src/store/embed.sh $(store_migrations)
CLEANFILES += src/store/migrations.c

src/store/migrations.c: src/store/embed.sh $(store_migrations)
	$(AM_V_GEN)$(MKDIR_P) src/store && $(SHELL) $(srcdir)/src/store/embed.sh \
		$(addprefix $(srcdir)/,$(store_migrations)) > $@-t && mv $@-t $@
