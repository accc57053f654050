import { isClosed, type StaticQuestion } from './static-commands.ts'

/**
 * Whether the libraries of a script, other than those of asyn and StreamDevice, may make asyn ports
 * or buses of StreamDevice: as they are registered, in `iocInit`, or by commands.
 */
export function mayMakePorts({
  steps,
  baseFiles,
  libraries,
}: Omit<StaticQuestion, 'outcome'>): boolean {
  const own = steps.flatMap(({ files }) => files).filter((file) => !file.endsWith('.dbd'))
  const others = own.filter((file) => !/(^|\/)lib(asyn|stream)\.so$/.test(file))
  return (
    others.some((file) => libraries.textsIn(file, symbols)?.size !== 0) ||
    !isClosed({ steps, baseFiles, libraries })
  )
}

/**
 * What a library has to know by name: the functions of asyn or, in C++, the class that it derives
 * from (name of its type information); drivers whose ports it makes.
 */
const symbols: readonly string[] = [
  ...['pasynManager', 'pasynGpib', '_ZTI14asynPortDriver', '_ZTI18StreamBusInterface'],
  ...['drvAsynIPPortConfigure', 'drvAsynSerialPortConfigure', 'drvAsynIPServerPortConfigure'],
  ...['vxi11Configure', 'usbtmcConfigure', 'prologixGPIBConfigure'],
]
