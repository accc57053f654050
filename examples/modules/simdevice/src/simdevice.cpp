// The device itself: a first-order lag without a thread of its own. The temperature is computed
// when it is asked for, from the moment and the temperature of the last change.

#include <cmath>
#include <cstdlib>
#include <map>
#include <string>

#include <epicsGuard.h>
#include <epicsMutex.h>
#include <epicsStdio.h>
#include <epicsTime.h>

#include "simdevicePrivate.h"

namespace {

const double roomTemperature = 21.0;
const double stableWithin = 0.5;

typedef epicsGuard<epicsMutex> Guard;

double secondsNow()
{
    return epicsMonotonicGet() * 1e-9;
}

} // namespace

struct simDevice {
    simDevice(double tau, double noise)
        : tau(tau), noise(noise), setpoint(roomTemperature), heater(true),
          startTemperature(roomTemperature), startTime(secondsNow()), seed(1)
    {}

    double readTemperature()
    {
        Guard guard(lock);
        return exactTemperature() + noise * (2.0 * rand_r(&seed) / RAND_MAX - 1.0);
    }

    double readSetpoint()
    {
        Guard guard(lock);
        return setpoint;
    }

    bool readHeater()
    {
        Guard guard(lock);
        return heater;
    }

    bool isStable()
    {
        Guard guard(lock);
        return heater && std::fabs(exactTemperature() - setpoint) <= stableWithin;
    }

    void writeSetpoint(double celsius)
    {
        Guard guard(lock);
        startFromHere();
        setpoint = celsius;
    }

    void writeHeater(bool on)
    {
        Guard guard(lock);
        startFromHere();
        heater = on;
    }

    const double tau;
    const double noise;

private:
    // The lock must be held for these two.
    double exactTemperature() const
    {
        const double goal = heater ? setpoint : roomTemperature;
        const double elapsed = secondsNow() - startTime;
        return goal + (startTemperature - goal) * std::exp(-elapsed / tau);
    }

    void startFromHere()
    {
        startTemperature = exactTemperature();
        startTime = secondsNow();
    }

    epicsMutex lock;
    double setpoint;
    bool heater;
    double startTemperature;
    double startTime;
    unsigned int seed;
};

namespace {

// Devices are added by the startup script only and never removed: see simdevice.h.
struct Devices {
    epicsMutex lock;
    std::map<std::string, simDevice *> byPort;
};

Devices &devices()
{
    static Devices *all = new Devices;
    return *all;
}

} // namespace

int simdeviceDebug = 0;

const char *simDeviceCreate(const char *port, double tau, double noise)
{
    if (!port || !*port) return "the port name is missing";
    if (!(tau > 0.0)) return "the time constant must be more than 0 seconds";
    if (!(noise >= 0.0)) return "the noise must not be negative";

    Guard guard(devices().lock);
    if (devices().byPort.count(port)) return "this port exists already";
    devices().byPort[port] = new simDevice(tau, noise);
    return NULL;
}

void simDeviceReport(int level)
{
    Guard guard(devices().lock);
    for (const auto &entry : devices().byPort) {
        simDevice *device = entry.second;
        printf("%s: %.2f C, setpoint %.2f C, heater %s\n", entry.first.c_str(),
               device->readTemperature(), device->readSetpoint(),
               device->readHeater() ? "on" : "off");
        if (level > 0) printf("    tau %g s, noise %g C\n", device->tau, device->noise);
    }
}

simDevice *simDeviceFind(const char *port)
{
    Guard guard(devices().lock);
    const auto found = devices().byPort.find(port);
    return found == devices().byPort.end() ? NULL : found->second;
}

double simDeviceTemperature(simDevice *device)
{
    return device->readTemperature();
}

double simDeviceSetpoint(simDevice *device)
{
    return device->readSetpoint();
}

void simDeviceSetSetpoint(simDevice *device, double celsius)
{
    if (simdeviceDebug) printf("simdevice: setpoint %g\n", celsius);
    device->writeSetpoint(celsius);
}

int simDeviceHeater(simDevice *device)
{
    return device->readHeater();
}

void simDeviceSetHeater(simDevice *device, int on)
{
    if (simdeviceDebug) printf("simdevice: heater %s\n", on ? "on" : "off");
    device->writeHeater(on != 0);
}

int simDeviceStable(simDevice *device)
{
    return device->isStable();
}
