# Says which base configure/RELEASE (or RELEASE_DEV) of the e3 wrapper TOP names, and which files of it
# count. Called as: make -f release.makefile TOP=... E3_RELEASE=...

include $(TOP)/configure/$(E3_RELEASE)
$(info E3_BASE=$(strip $(EPICS_BASE)))
$(info E3_FILES=$(strip $(MAKEFILE_LIST)))

.DEFAULT_GOAL := e3-nothing
.PHONY: e3-nothing
e3-nothing: ;
