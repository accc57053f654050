import { findIocPorts, portEnvironment } from '../../src/host/ioc-ports.ts'

/**
 * Environment for an IOC and its clients that no other IOC or client of the machine sees: loopback
 * only, on ports that were free. The same as that of the IOCs of `e3 smoke`.
 */
export async function privateNetwork(): Promise<Readonly<Record<string, string>>> {
  const settings = Object.entries(portEnvironment(await findIocPorts()))
  return Object.fromEntries(settings.flatMap(([name, value]) => (value ? [[name, value]] : [])))
}
