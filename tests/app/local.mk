# SPDX-License-Identifier: EUPL-1.2
APP_CHECKS = tests/app/check-demo.sh tests/app/check-import.sh tests/app/check-kill.sh
TESTS += $(APP_CHECKS)
EXTRA_DIST += $(APP_CHECKS) tests/app/tap.sh
