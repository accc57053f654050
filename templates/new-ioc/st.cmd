# Startup script of __name__: iocsh st.cmd

# Modules come first, such as
#require asyn

dbLoadRecords("$(E3_CMD_TOP)/__name__.db", "P=$(P=__NAME__:)")
