# SPDX-License-Identifier: EUPL-1.2
# The model municipality's registers: what the demo runs on, and an example of
# every file that `oversyn import` reads.
MODEL_FILES = \
	config/model/arshjul-2027.csv \
	config/model/forteckningar.csv \
	config/model/forvaltningar.csv \
	config/model/helgdagar-2026-2031.csv \
	config/model/informationstillgangar.csv \
	config/model/kommun.csv \
	config/model/namnder.csv \
	config/model/roller.csv \
	config/model/rutiner.csv \
	config/model/sammantraden-2027.csv \
	config/model/styrdokument.csv
modeldatadir = $(pkgdatadir)/model
dist_modeldata_DATA = $(MODEL_FILES)
# What every setting is, for whoever sets one.
dist_doc_DATA = config/oversyn.conf config/oversyn.service
