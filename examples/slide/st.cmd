# A hierarchical database, loaded as it is: `iocsh st.cmd` makes it flat for the IOC.

dbLoadRecords("$(E3_CMD_TOP)/slide.vdb", "P=$(P=SLIDE:)")
