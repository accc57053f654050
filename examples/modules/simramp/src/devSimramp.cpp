// Device support "Sim Ramp" for ai, ao and bi. Links look like "@OVEN_RAMP target": the name given
// to simrampConfigure, then what to read or write. Inputs may have SCAN "I/O Intr".

#include <sstream>
#include <string>

#include <aiRecord.h>
#include <aoRecord.h>
#include <biRecord.h>
#include <dbAccess.h>
#include <devSup.h>
#include <errlog.h>
#include <link.h>

#include "simrampPrivate.h"

#include <epicsExport.h> // last: from here on symbols are exported

namespace {

const long success = 0;
const long successNoConversion = 2; // VAL is set, RVAL is not used

// What a record is connected to.
struct Point {
    Ramp *ramp;
    std::string value;
};

// A record that cannot work is switched off by PACT, so that it does not fail again every scan.
long refuse(dbCommon *record, const std::string &why)
{
    errlogPrintf("ERROR %s: %s\n", record->name, why.c_str());
    record->pact = TRUE;
    return S_dev_noDeviceFound;
}

// Finds the ramp of a record's link, which must name the given value (or the other one).
long connect(dbCommon *record, const char *value, const char *otherValue = NULL)
{
    const DBLINK *link = dbGetDevLink(record);
    if (!link || link->type != INST_IO) return refuse(record, "the link must be \"@RAMP VALUE\"");

    std::string name, wanted;
    std::istringstream(link->value.instio.string) >> name >> wanted;

    Ramp *ramp = rampFind(name);
    if (!ramp) return refuse(record, "no ramp \"" + name + "\": call simrampConfigure");
    if (wanted != value && (!otherValue || wanted != otherValue)) {
        return refuse(record, "\"" + wanted + "\" is no value of simramp for this record type");
    }
    record->dpvt = new Point{ramp, wanted};
    return success;
}

Point &pointOf(void *dpvt)
{
    return *static_cast<Point *>(dpvt);
}

long scanOf(int, dbCommon *record, IOSCANPVT *scan)
{
    if (!record->dpvt) return S_dev_noDeviceFound;
    *scan = pointOf(record->dpvt).ramp->scan;
    return success;
}

long initAi(dbCommon *record)
{
    return connect(record, "setpoint");
}

long readAi(aiRecord *record)
{
    record->val = pointOf(record->dpvt).ramp->setpoint();
    record->udf = FALSE;
    return successNoConversion;
}

// Outputs begin with the value the ramp has.
long initAo(dbCommon *common)
{
    const long status = connect(common, "target", "rate");
    if (status) return status;
    aoRecord *record = reinterpret_cast<aoRecord *>(common);
    const Point &point = pointOf(record->dpvt);
    record->val = point.value == "rate" ? point.ramp->rate() : point.ramp->target();
    record->udf = FALSE;
    return successNoConversion;
}

long writeAo(aoRecord *record)
{
    const Point &point = pointOf(record->dpvt);
    if (point.value == "rate") {
        point.ramp->setRate(record->oval);
    } else {
        point.ramp->setTarget(record->oval);
    }
    return success;
}

long initBi(dbCommon *record)
{
    return connect(record, "moving");
}

long readBi(biRecord *record)
{
    record->val = pointOf(record->dpvt).ramp->isMoving() ? 1 : 0;
    record->udf = FALSE;
    return successNoConversion;
}

// Number of functions, report, init, init_record, get_ioint_info; then those of the record type.
aidset devSimrampAi = {{6, NULL, NULL, initAi, scanOf}, readAi, NULL};
aodset devSimrampAo = {{6, NULL, NULL, initAo, NULL}, writeAo, NULL};
bidset devSimrampBi = {{5, NULL, NULL, initBi, scanOf}, readBi};

} // namespace

epicsExportAddress(dset, devSimrampAi);
epicsExportAddress(dset, devSimrampAo);
epicsExportAddress(dset, devSimrampBi);
