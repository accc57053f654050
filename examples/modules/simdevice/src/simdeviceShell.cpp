// IOC shell commands and variables of simdevice.

#include <epicsStdio.h>
#include <iocsh.h>

#include "simdevicePrivate.h"

#include <epicsExport.h> // last: from here on symbols are exported

namespace {

const iocshArg configurePort = {"port", iocshArgString};
const iocshArg configureTau = {"tau in s", iocshArgDouble};
const iocshArg configureNoise = {"noise in C", iocshArgDouble};
const iocshArg *const configureArgs[] = {&configurePort, &configureTau, &configureNoise};
const iocshFuncDef configureDef = {
    "simdeviceConfigure", 3, configureArgs,
    "Makes a simulated temperature controller that approaches its setpoint\n"
    "with the time constant tau. Must be called before iocInit.\n"};

void configure(const iocshArgBuf *args)
{
    const char *error = simDeviceCreate(args[0].sval, args[1].dval, args[2].dval);
    if (!error) return;
    fprintf(stderr, "ERROR simdeviceConfigure %s: %s\n", args[0].sval ? args[0].sval : "", error);
    iocshSetError(-1);
}

const iocshArg reportLevel = {"level", iocshArgInt};
const iocshArg *const reportArgs[] = {&reportLevel};
const iocshFuncDef reportDef = {"simdeviceReport", 1, reportArgs,
                                "Prints the simulated devices, from level 1 with details.\n"};

void report(const iocshArgBuf *args)
{
    simDeviceReport(args[0].ival);
}

void simdeviceRegistrar()
{
    iocshRegister(&configureDef, configure);
    iocshRegister(&reportDef, report);
}

} // namespace

epicsExportRegistrar(simdeviceRegistrar);
epicsExportAddress(int, simdeviceDebug);
