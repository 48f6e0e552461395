# SPDX-License-Identifier: EUPL-1.2
noinst_LIBRARIES += src/app/libapp.a
src_app_libapp_a_SOURCES =

# What the commands share.
src_app_libapp_a_SOURCES += \
	include/app/app.h src/app/app.c \
	include/app/commands.h src/app/house.c \
	include/app/options.h src/app/options.c \
	src/app/command-line.h src/app/command-line.c \
	include/app/files.h src/app/files.c \
	include/app/embedded.h

# The configuration.
src_app_libapp_a_SOURCES += \
	include/app/config.h src/app/config.c \
	src/app/config-door.h src/app/config-door.c \
	src/app/config-trust.h src/app/config-trust.c \
	src/app/secret.c

# Commands that look.
src_app_libapp_a_SOURCES += \
	src/app/check.c src/app/read.c src/app/show.c \
	src/app/look.c src/app/look-joint.h src/app/look-joint.c src/app/trainings.c \
	src/app/forecast.c src/app/inbox.c \
	src/app/mail-show.h src/app/mail-show.c

# Commands that change what is known, or keep a copy of it.
src_app_libapp_a_SOURCES += \
	src/app/import.c include/app/foreign.h src/app/foreign.c src/app/copy.c \
	src/app/record.c src/app/record-answer.c src/app/trigger.c src/app/deficiency.c

# The demo.
src_app_libapp_a_SOURCES += \
	include/app/demo.h src/app/demo.c src/app/people.c \
	src/app/demo-mail.h src/app/demo-mail.c \
	src/app/demo-events.h src/app/demo-events.c

# doctor.
src_app_libapp_a_SOURCES += \
	src/app/doctor.h src/app/doctor.c src/app/doctor-house.c src/app/doctor-local.c \
	src/app/doctor-server.c src/app/doctor-self.c src/app/doctor-mail.c

# The pass, once and for years.
src_app_libapp_a_SOURCES += \
	include/app/pass.h src/app/pass.c src/app/tick.c \
	src/app/loop.h src/app/loop.c src/app/service.h src/app/service.c src/app/run.c

# The children: the courier speaks to servers, the reader reads mail.
src_app_libapp_a_SOURCES += \
	src/app/child.h src/app/child.c src/app/confine.h src/app/confine.c \
	include/app/courier.h src/app/courier.c src/app/courier-serve.c \
	src/app/courier-wire.h src/app/courier-wire.c src/app/courier-probe.c \
	include/app/reader.h src/app/reader.c src/app/reader-serve.c \
	src/app/reader-wire.h src/app/reader-kinds.c

# Letters and their words.
src_app_libapp_a_SOURCES += \
	include/app/letter.h src/app/letter.c \
	include/app/templates.h src/app/templates.c \
	src/app/answer.h src/app/answer.c src/app/answer-decision.c src/app/answer-joint.c \
	src/app/answer-proposal.c src/app/booking.h src/app/booking.c \
	src/app/tables.h src/app/table-words.c \
	src/app/coordinator.h src/app/coordinator.c src/app/coordinator-show.c

# Out: what is due becomes letters.
src_app_libapp_a_SOURCES += \
	src/app/outward.h src/app/outward.c src/app/outward-kind.c src/app/outward-letter.c \
	src/app/outward-words.c src/app/outward-brakes.c \
	src/app/outward-body.c src/app/outward-ended.c src/app/outward-revision.c \
	src/app/outward-withdrawn.c src/app/outward-reports.c src/app/outward-quarter.c \
	src/app/matters.h src/app/outward-matters.c \
	src/app/cases.h src/app/outward-cases.c

# Out: letters are handed over.
src_app_libapp_a_SOURCES += \
	src/app/handing.h src/app/handing.c src/app/submit.c src/app/ack.h src/app/ack.c \
	src/app/outbox.h src/app/outbox.c src/app/outbox-told.c \
	src/app/bounce.h src/app/bounce.c

# In: mail is kept, read, judged, applied and answered.
src_app_libapp_a_SOURCES += \
	src/app/inward.h src/app/inward.c src/app/inward-many.c src/app/inward-read.c \
	src/app/inward-letter.c src/app/inward-keys.c src/app/inward-register.c \
	src/app/inward-seen.c src/app/inward-reply.c src/app/inward-confirm.c \
	src/app/inward-answer.c src/app/inward-others.c src/app/inward-joint.c \
	src/app/inward-returned.c src/app/inward-handover.c src/app/inward-opinion.c \
	src/app/inward-fact.c src/app/inward-rsvp.c src/app/inward-table.c src/app/inward-edit.c \
	src/app/inward-report.c src/app/inward-case.c src/app/inward-command.c

nodist_src_app_libapp_a_SOURCES = src/app/embedded.c
src_app_libapp_a_CFLAGS = $(AM_CFLAGS) $(CONFUSE_CFLAGS) $(SECCOMP_CFLAGS) $(SYSTEMD_CFLAGS)

# What must match the program travels inside it.
DEMO_FILES = config/demo/events.txt config/demo/examples.txt config/demo/replies.txt \
	config/demo/informationstillgangar-t042.csv config/demo/informationstillgangar-t052.csv \
	config/demo/forteckningar-vof.csv config/demo/roller-lss.csv config/demo/roller-mbn.csv config/demo/rutiner-r18.csv config/demo/sammantraden-2028.csv \
	config/demo/utbildningar.csv
EMBEDDED_FILES = $(TEMPLATE_FILES) $(MODEL_FILES) $(DEMO_FILES)
src/app/embedded.c: $(EMBEDDED_FILES) src/app/embed.sh
	$(AM_V_GEN)$(MKDIR_P) src/app && $(SHELL) $(top_srcdir)/src/app/embed.sh $(top_srcdir) \
		$(EMBEDDED_FILES) > $@.tmp && mv $@.tmp $@
CLEANFILES += src/app/embedded.c
EXTRA_DIST += src/app/embed.sh $(DEMO_FILES)

bin_PROGRAMS += oversyn
oversyn_SOURCES = src/main.c
oversyn_LDADD = src/app/libapp.a src/view/libview.a src/net/libnet.a src/cal/libcal.a \
	src/doc/libdoc.a src/mail/libmail.a src/store/libstore.a src/core/libcore.a src/base/libbase.a \
	$(CONFUSE_LIBS) $(SECCOMP_LIBS) $(SYSTEMD_LIBS) $(JANSSON_LIBS) $(ETPAN_LIBS) $(SASL_LIBS) $(CURL_LIBS) $(ICAL_LIBS) \
	$(POPPLER_LIBS) $(ARCHIVE_LIBS) $(EXPAT_LIBS) $(GMIME_LIBS) $(OPENDKIM_LIBS) \
	$(MD4C_LIBS) $(XML_LIBS) $(SQLITE_LIBS) $(GNUTLS_LIBS) $(LIBICONV)

dist_man_MANS += src/app/oversyn.8 src/app/oversyn.conf.5
