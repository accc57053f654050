/* A simulated temperature controller, as other modules see it.
 *
 * Devices are made by the IOC shell command simdeviceConfigure and live until the IOC ends, so a
 * pointer from simDeviceFind() stays valid. All functions may be called from any thread.
 */
#ifndef INC_simdevice_H
#define INC_simdevice_H

#ifdef __cplusplus
extern "C" {
#endif

typedef struct simDevice simDevice;

/* The device with this port name, or NULL. */
simDevice *simDeviceFind(const char *port);

/* Temperature now in degrees Celsius, with noise. */
double simDeviceTemperature(simDevice *device);

/* What the temperature approaches while the heater is on. */
double simDeviceSetpoint(simDevice *device);
void simDeviceSetSetpoint(simDevice *device, double celsius);

/* With the heater off the device cools down to room temperature. */
int simDeviceHeater(simDevice *device);
void simDeviceSetHeater(simDevice *device, int on);

/* 1 if the heater is on and the temperature is within 0.5 degrees of the setpoint. */
int simDeviceStable(simDevice *device);

#ifdef __cplusplus
}
#endif

#endif
