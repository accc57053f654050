// Device support "Sim Device" for ai, ao, bi and bo. Links look like "@OVEN temperature":
// the port given to simdeviceConfigure, then what to read or write.

#include <sstream>
#include <string>

#include <aiRecord.h>
#include <alarm.h>
#include <aoRecord.h>
#include <biRecord.h>
#include <boRecord.h>
#include <dbAccess.h>
#include <devSup.h>
#include <errlog.h>
#include <link.h>

#include "simdevice.h"

#include <epicsExport.h> // last: from here on symbols are exported

namespace {

const long success = 0;
const long successNoConversion = 2; // VAL is set, RVAL is not used

// What a record is connected to.
struct Point {
    simDevice *device;
    bool isSetpoint;
};

// A record that cannot work is switched off by PACT, so that it does not fail again every scan.
long refuse(dbCommon *record, const std::string &why)
{
    errlogPrintf("ERROR %s: %s\n", record->name, why.c_str());
    record->pact = TRUE;
    return S_dev_noDeviceFound;
}

// Finds the device of a record's link, which must name the given value (or the other one).
long connect(dbCommon *record, const char *value, const char *otherValue = NULL)
{
    const DBLINK *link = dbGetDevLink(record);
    if (!link || link->type != INST_IO) return refuse(record, "the link must be \"@PORT VALUE\"");

    std::string port, wanted;
    std::istringstream(link->value.instio.string) >> port >> wanted;

    simDevice *device = simDeviceFind(port.c_str());
    if (!device) return refuse(record, "no simdevice \"" + port + "\": call simdeviceConfigure");
    if (wanted != value && (!otherValue || wanted != otherValue)) {
        return refuse(record, "\"" + wanted + "\" is no value of simdevice for this record type");
    }
    record->dpvt = new Point{device, wanted == "setpoint"};
    return success;
}

Point &pointOf(void *dpvt)
{
    return *static_cast<Point *>(dpvt);
}

long initAi(dbCommon *record)
{
    return connect(record, "temperature", "setpoint");
}

long readAi(aiRecord *record)
{
    const Point &point = pointOf(record->dpvt);
    record->val =
        point.isSetpoint ? simDeviceSetpoint(point.device) : simDeviceTemperature(point.device);
    record->udf = FALSE;
    return successNoConversion;
}

// Outputs begin with the value the device has.
long initAo(dbCommon *common)
{
    const long status = connect(common, "setpoint");
    if (status) return status;
    aoRecord *record = reinterpret_cast<aoRecord *>(common);
    record->val = simDeviceSetpoint(pointOf(record->dpvt).device);
    record->udf = FALSE;
    return successNoConversion;
}

long writeAo(aoRecord *record)
{
    simDeviceSetSetpoint(pointOf(record->dpvt).device, record->oval);
    return success;
}

long initBi(dbCommon *record)
{
    return connect(record, "stable");
}

long readBi(biRecord *record)
{
    record->val = simDeviceStable(pointOf(record->dpvt).device) ? 1 : 0;
    record->udf = FALSE;
    return successNoConversion;
}

long initBo(dbCommon *common)
{
    const long status = connect(common, "heater");
    if (status) return status;
    boRecord *record = reinterpret_cast<boRecord *>(common);
    record->val = simDeviceHeater(pointOf(record->dpvt).device) ? 1 : 0;
    record->udf = FALSE;
    return successNoConversion;
}

long writeBo(boRecord *record)
{
    simDeviceSetHeater(pointOf(record->dpvt).device, record->val != 0);
    return success;
}

// Number of functions, report, init, init_record, get_ioint_info; then those of the record type.
aidset devSimdeviceAi = {{6, NULL, NULL, initAi, NULL}, readAi, NULL};
aodset devSimdeviceAo = {{6, NULL, NULL, initAo, NULL}, writeAo, NULL};
bidset devSimdeviceBi = {{5, NULL, NULL, initBi, NULL}, readBi};
bodset devSimdeviceBo = {{5, NULL, NULL, initBo, NULL}, writeBo};

} // namespace

epicsExportAddress(dset, devSimdeviceAi);
epicsExportAddress(dset, devSimdeviceAo);
epicsExportAddress(dset, devSimdeviceBi);
epicsExportAddress(dset, devSimdeviceBo);
