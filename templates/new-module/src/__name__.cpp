// Device support "__name__ counter" for ai: counts up each time a record is processed. The command
// __name__Step tells by how much.

#define USE_TYPED_DSET

#include <aiRecord.h>
#include <devSup.h>
#include <epicsStdio.h>
#include <iocsh.h>

#include <epicsExport.h> // last: from here on symbols are exported

namespace {

double step = 1;

const long successNoConversion = 2; // VAL is set, RVAL is not used

long readCounter(aiRecord *record)
{
    record->val += step;
    record->udf = 0;
    return successNoConversion;
}

aidset dev__name__Counter = {{6, NULL, NULL, NULL, NULL}, readCounter, NULL};

const iocshArg stepArg = {"step", iocshArgDouble};
const iocshArg *const stepArgs[] = {&stepArg};
const iocshFuncDef stepDef = {"__name__Step", 1, stepArgs,
                              "Sets by how much all counters of __name__ go up.\n"};

void setStep(const iocshArgBuf *args)
{
    step = args[0].dval;
    printf("__name__: step %g\n", step);
}

void __name__Registrar()
{
    iocshRegister(&stepDef, setStep);
}

} // namespace

epicsExportAddress(dset, dev__name__Counter);
epicsExportRegistrar(__name__Registrar);
