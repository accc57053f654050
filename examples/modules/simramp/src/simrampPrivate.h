/* What the files of this module share. */
#ifndef INC_simrampPrivate_H
#define INC_simrampPrivate_H

#include <string>

#include <dbScan.h>
#include <epicsMutex.h>
#include <epicsTimer.h>

#include "simdevice.h"

/* Moves the setpoint of a simdevice to a target, by `rate` degrees a minute. */
class Ramp : private epicsTimerNotify {
public:
    Ramp(simDevice *device, double rate, epicsTimerQueue &queue);

    double target();
    double rate();
    bool isMoving();
    double setpoint();

    void setTarget(double celsius);
    void setRate(double celsiusPerMinute);

    /* After this no step is under way and none will follow. */
    void stop();

    /* For records with SCAN "I/O Intr": processed after each step. */
    IOSCANPVT scan;

private:
    expireStatus expire(const epicsTime &now) override;

    simDevice *const device;
    epicsMutex lock;
    epicsTimer &timer;
    double targetCelsius;
    double celsiusPerMinute;
    bool moving;
};

/* Makes a ramp for the device of that port. Returns empty text, or what is wrong. */
std::string rampCreate(const char *name, const char *port, double rate);

/* The ramp of this name, or NULL. Ramps live until the IOC ends. */
Ramp *rampFind(const std::string &name);

/* Prints all ramps to the output of the IOC shell. */
void rampReport();

#endif
