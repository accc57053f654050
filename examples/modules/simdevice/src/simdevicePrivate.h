/* What the files of this module share, but other modules do not see. */
#ifndef INC_simdevicePrivate_H
#define INC_simdevicePrivate_H

#include "simdevice.h"

/* Makes a device. Returns NULL on success, else a sentence that says what is wrong. */
const char *simDeviceCreate(const char *port, double tau, double noise);

/* Prints all devices to the output of the IOC shell, with more details from level 1. */
void simDeviceReport(int level);

/* Set with `var simdeviceDebug 1`: prints every value that is written. */
extern int simdeviceDebug;

#endif
