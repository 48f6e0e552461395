# SPDX-License-Identifier: EUPL-1.2
# Checks of the house itself: what no unit test can see.
SCRIPT_TESTS = \
	tests/scripts/check-arrows.sh \
	tests/scripts/check-hardening.sh \
	tests/scripts/check-headers.sh \
	tests/scripts/check-libraries.sh \
	tests/scripts/check-man.sh \
	tests/scripts/check-repro.sh \
	tests/scripts/check-shell.sh \
	tests/scripts/check-size.sh \
	tests/scripts/check-spdx.sh \
	tests/scripts/check-tls.sh \
	tests/scripts/check-vocabulary.sh
dist_check_SCRIPTS = $(SCRIPT_TESTS)
TESTS += $(SCRIPT_TESTS)
EXTRA_DIST += tests/scripts/tap.sh
