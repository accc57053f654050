# Prints how an EPICS base compiles and links for the architecture T_A, one NAME=words a line.
# Called as: make -f base-flags.makefile EPICS_BASE=... EPICS_HOST_ARCH=... T_A=...

TOP := $(EPICS_BASE)
include $(EPICS_BASE)/configure/CONFIG

# Libraries that this base has, in link order.
LIBRARY_DIR := $(EPICS_BASE)/lib/$(T_A)
KNOWN := qsrv pvxsIoc pvxs pvAccessIOC pvAccessCA pvAccess pvData nt dbRecStd dbCore ca Com
PRESENT := $(foreach name,$(KNOWN),$(if $(wildcard $(LIBRARY_DIR)/lib$(name).so* $(LIBRARY_DIR)/lib$(name).dylib),$(name)))

print = $(info $(1)=$(strip $(2)))

$(call print,CC,$(CC))
$(call print,CXX,$(CCC))
$(call print,CPPFLAGS,$(CPPFLAGS))
$(call print,CFLAGS,$(CFLAGS))
$(call print,CXXFLAGS,$(CXXFLAGS))
$(call print,INCLUDES,-I$(EPICS_BASE)/include/compiler/$(CMPLR_CLASS) \
  -I$(EPICS_BASE)/include/os/$(OS_CLASS) -I$(EPICS_BASE)/include)
$(call print,LDFLAGS,-L$(LIBRARY_DIR) $(TARGET_LDFLAGS) $(USR_LDFLAGS) $(ARCH_DEP_LDFLAGS))
$(call print,LIBS,$(addprefix -l,$(PRESENT)))

.PHONY: print
print: ;
.DEFAULT_GOAL := print
