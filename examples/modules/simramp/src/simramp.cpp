// The ramp: a timer that moves the setpoint of a simdevice step by step. It uses the C functions
// that simdevice exports; the IOC resolves them when it loads this library after simdevice.

#include "simrampPrivate.h"

#include <cmath>
#include <map>

#include <epicsExit.h>
#include <epicsGuard.h>
#include <epicsStdio.h>

namespace {

const double stepSeconds = 0.1;

typedef epicsGuard<epicsMutex> Guard;

struct Ramps {
    Ramps() : queue(epicsTimerQueueActive::allocate(true)) {}

    epicsMutex lock;
    epicsTimerQueueActive &queue;
    std::map<std::string, Ramp *> byName;
};

void stopAll(void *all)
{
    for (const auto &entry : static_cast<Ramps *>(all)->byName) entry.second->stop();
}

Ramps *makeRamps()
{
    Ramps *all = new Ramps;
    epicsAtExit(stopAll, all);
    return all;
}

Ramps &ramps()
{
    static Ramps *all = makeRamps();
    return *all;
}

} // namespace

Ramp::Ramp(simDevice *device, double rate, epicsTimerQueue &queue)
    : device(device), timer(queue.createTimer()), targetCelsius(simDeviceSetpoint(device)),
      celsiusPerMinute(rate), moving(false)
{
    scanIoInit(&scan);
}

double Ramp::target()
{
    Guard guard(lock);
    return targetCelsius;
}

double Ramp::rate()
{
    Guard guard(lock);
    return celsiusPerMinute;
}

bool Ramp::isMoving()
{
    Guard guard(lock);
    return moving;
}

double Ramp::setpoint()
{
    return simDeviceSetpoint(device);
}

void Ramp::setRate(double rate)
{
    Guard guard(lock);
    celsiusPerMinute = std::fabs(rate);
}

void Ramp::setTarget(double celsius)
{
    {
        Guard guard(lock);
        targetCelsius = celsius;
        moving = true;
    }
    timer.start(*this, stepSeconds);
}

// Not with the lock held: cancel() waits for expire(), which takes it.
void Ramp::stop()
{
    timer.cancel();
}

epicsTimerNotify::expireStatus Ramp::expire(const epicsTime &)
{
    bool again;
    {
        Guard guard(lock);
        const double step = celsiusPerMinute / 60.0 * stepSeconds;
        const double missing = targetCelsius - simDeviceSetpoint(device);
        moving = std::fabs(missing) > step;
        simDeviceSetSetpoint(device,
                             moving ? simDeviceSetpoint(device) + std::copysign(step, missing)
                                    : targetCelsius);
        again = moving;
    }
    scanIoRequest(scan);
    return again ? expireStatus(restart, stepSeconds) : expireStatus(noRestart);
}

std::string rampCreate(const char *name, const char *port, double rate)
{
    if (!name || !*name) return "the name of the ramp is missing";
    if (!(rate > 0.0)) return "the rate must be more than 0 degrees a minute";
    simDevice *device = port ? simDeviceFind(port) : NULL;
    if (!device) return std::string("no simdevice \"") + (port ? port : "") + "\"";

    Guard guard(ramps().lock);
    if (ramps().byName.count(name)) return "a ramp of this name exists already";
    ramps().byName[name] = new Ramp(device, rate, ramps().queue);
    return "";
}

Ramp *rampFind(const std::string &name)
{
    Guard guard(ramps().lock);
    const auto found = ramps().byName.find(name);
    return found == ramps().byName.end() ? NULL : found->second;
}

void rampReport()
{
    Guard guard(ramps().lock);
    for (const auto &entry : ramps().byName) {
        Ramp *ramp = entry.second;
        printf("%s: setpoint %.2f C, target %.2f C, %g C/min, %s\n", entry.first.c_str(),
               ramp->setpoint(), ramp->target(), ramp->rate(),
               ramp->isMoving() ? "moving" : "at rest");
    }
}
