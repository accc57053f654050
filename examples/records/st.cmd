# An IOC of records only. Start it with `iocsh st.cmd`, or with another prefix for its records:
# `iocsh st.cmd P=MINE:`.

epicsEnvSet("P", "$(P=DEMO:)")

# Where valves.substitutions finds its template, wherever the IOC is started from.
epicsEnvSet("EPICS_DB_INCLUDE_PATH", ".:$(E3_CMD_TOP)")

dbLoadRecords("$(E3_CMD_TOP)/demo.db", "P=$(P)")
dbLoadTemplate("$(E3_CMD_TOP)/valves.substitutions", "P=$(P)")

# No iocInit here: iocsh adds it when a script does not call it.
