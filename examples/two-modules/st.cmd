# An oven with a temperature controller and a ramp. Start it with
# `iocsh -l <module tree> st.cmd`, or with another prefix for its records: `... st.cmd P=MINE:`.
#
# simramp needs simdevice and pins the version it was built with, so `require simdevice`
# without a version gives exactly that one.

require simramp
require simdevice

epicsEnvSet("P", "$(P=EXAMPLE:)")

iocshLoad("$(simdevice_DIR)/simdevice.iocsh", "P=$(P),R=Oven:,PORT=OVEN,TAU=3,MAX=300")
iocshLoad("$(simramp_DIR)/simramp.iocsh", "P=$(P),R=Oven:,PORT=OVEN,RATE=120,MAX=300")

# A second controller without a ramp: cooling water, slow and quiet.
iocshLoad("$(simdevice_DIR)/simdevice.iocsh", "P=$(P),R=Water:,PORT=WATER,TAU=20,NOISE=0.01,MAX=40")

# No iocInit here: iocsh adds it when a script does not call it.
afterInit "simdeviceReport 1"
