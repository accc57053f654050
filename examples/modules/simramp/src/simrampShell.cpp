// IOC shell commands of simramp.

#include <epicsStdio.h>
#include <iocsh.h>

#include "simrampPrivate.h"

#include <epicsExport.h> // last: from here on symbols are exported

namespace {

const iocshArg configureName = {"name", iocshArgString};
const iocshArg configurePort = {"simdevice port", iocshArgString};
const iocshArg configureRate = {"rate in C/min", iocshArgDouble};
const iocshArg *const configureArgs[] = {&configureName, &configurePort, &configureRate};
const iocshFuncDef configureDef = {"simrampConfigure", 3, configureArgs,
                                   "Makes a ramp for the setpoint of a simdevice.\n"
                                   "Must be called after simdeviceConfigure, before iocInit.\n"};

void configure(const iocshArgBuf *args)
{
    const std::string error = rampCreate(args[0].sval, args[1].sval, args[2].dval);
    if (error.empty()) return;
    fprintf(stderr, "ERROR simrampConfigure %s: %s\n", args[0].sval ? args[0].sval : "",
            error.c_str());
    iocshSetError(-1);
}

const iocshFuncDef reportDef = {"simrampReport", 0, NULL, "Prints the ramps.\n"};

void report(const iocshArgBuf *)
{
    rampReport();
}

void simrampRegistrar()
{
    iocshRegister(&configureDef, configure);
    iocshRegister(&reportDef, report);
}

} // namespace

epicsExportRegistrar(simrampRegistrar);
