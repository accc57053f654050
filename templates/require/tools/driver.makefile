# What makefiles of modules include: $(E3_REQUIRE_TOOLS)/driver.makefile, before they set SOURCES,
# DBDS and so on. "e3 build" lets GNU make read them twice: with the goal e3-print in the folder of
# the sources, which writes their variables into the file E3_PRINT; then in O.<base>_<arch> below it,
# with what cannot be found as goals, so that rules of the module's own make it. Called by hand, the
# targets call e3.

ifndef E3_PRINT

E3 ?= $(abspath $(dir $(lastword $(MAKEFILE_LIST)))/../../../bin/e3)
export E3
.DEFAULT_GOAL := build
.PHONY: build install uninstall clean rebuild existent
build:
	+@"$$E3" build
install: build
	+@"$$E3" install
rebuild: clean
	+@"$$E3" build
clean:
	@rm -rf .e3

else

# Compilers, flags and places: EPICS_BASE, T_A, OS_CLASS, EPICSVERSION ...
include $(E3_TOOLCHAIN)

DEP := .d
OBJ := .o
PERL ?= perl
PYTHON ?= python3
RM := rm -f
MKDIR := mkdir
CP := cp
MV := mv
RMDIR := rm -rf
CAT := cat
ECHO := echo
INSTALL := install
# e3 itself makes headers of record types and menus, and expands substitution files.
DBTORECORDTYPEH := @true
DBTOMENUH := @true
MSI := $(E3) msi

# For "ifdef": at least this base.
BASE_3_14 := YES
BASE_3_15 := YES
BASE_3_16 := YES
BASE_7_0 := YES

# A generator that fails leaves an empty file, which the next make would take for what it should be.
.DELETE_ON_ERROR:
.SUFFIXES:
.SUFFIXES: .dbd .h .c .cc .cpp .cxx .o .d .st .stt .db .template .substitutions .subs
%.o: %.c
	$(COMPILE.c) -c -o $@ $<
%.o: %.cc
	$(COMPILE.cpp) -c -o $@ $<
%.o: %.cpp
	$(COMPILE.cpp) -c -o $@ $<
# Device support for GPIB.
GDC ?= gdc
%.c %.dbd: %.gt
	$(GDC) $<
%Record.h: %Record.dbd ;
menu%.h: menu%.dbd ;
# "x$(DEP): y" says that y is there before x is compiled. e3 asks for each x$(DEP).
%.d: ;

VPATH = $(E3_VPATH)

E3_LISTS := SOURCES DBDS DBDFILES HEADERS TEMPLATES SUBS TMPS TEMS SCRIPTS BINS CFG VENDOR_LIBS \
  LIBOBJS USR_INCLUDES USR_CFLAGS USR_CXXFLAGS USR_CPPFLAGS USR_LDFLAGS USR_DBFLAGS LIB_SYS_LIBS \
  REQUIRED KEEP_HEADER_SUBDIRS
E3_WORDS := MODULE PROJECT LIBVERSION ARCH_FILTER EXCLUDE_ARCHS EXCLUDE_VERSIONS BUILDCLASSES

define e3-newline


endef
e3-escape = $(subst $(e3-newline),\n,$(subst \,\\,$1))
e3-line = $(file >>$(E3_PRINT),$1 $(firstword $(origin $1))=$(call e3-escape,$($1)))
e3-set = $(if $(filter undefined default automatic,$(firstword $(origin $1))),,$1)
e3-written = $(if $(filter file override,$(firstword $(origin $1))),$1)
e3-all = $(sort $(filter $(foreach list,$(E3_LISTS),$(list) $(list)_%) $(E3_WORDS),$(.VARIABLES)))

# Expanded when it runs: all that the makefile says behind this line is known then. Nothing is left for a
# shell, so none is started.
.PHONY: e3-print
e3-print:
	@$(file >$(E3_PRINT),)$(foreach name,$(e3-all),$(if $(call e3-set,$(name)),$(call e3-line,$(name))))
	@$(foreach name,$(sort $(filter %_VERSION,$(.VARIABLES))),$(if $(call e3-written,$(name)),$(call e3-line,$(name))))
	@$(eval .NAMES := $(foreach name,$(filter-out $(E3_BEFORE),$(.VARIABLES)),$(call e3-written,$(name))))
	@$(call e3-line,.NAMES)$(call e3-line,MAKEFILE_LIST)

E3_BEFORE :=
E3_BEFORE := $(.VARIABLES)

endif
