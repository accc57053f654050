import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'

/** Ports of one IOC, taken by nobody else on the loopback interface. */
export interface IocPorts {
  /** CA: TCP of the server, and UDP for searches. */
  readonly ca: number
  readonly caRepeater: number
  readonly caBeacon: number
  /** PVA: TCP of the server. */
  readonly pva: number
  /** PVA: UDP for searches. */
  readonly pvaBroadcast: number
}

/** Ports that are free now and that this process has not handed out before. */
export async function findIocPorts(): Promise<IocPorts> {
  return {
    ca: await findPort(),
    caRepeater: await findPort(),
    caBeacon: await findPort(),
    pva: await findPort(),
    pvaBroadcast: await findPort(),
  }
}

/**
 * Variables that keep an IOC and its clients to themselves: their own ports, loopback only, no name
 * servers. Clients with the same variables find this IOC and no other one.
 */
export function portEnvironment(ports: IocPorts): Readonly<Record<string, string | undefined>> {
  return { ...caEnvironment(ports), ...pvaEnvironment(ports) }
}

function caEnvironment({ ca, caRepeater, caBeacon }: IocPorts) {
  return {
    EPICS_CA_SERVER_PORT: `${ca}`,
    EPICS_CAS_SERVER_PORT: `${ca}`,
    EPICS_CA_REPEATER_PORT: `${caRepeater}`,
    EPICS_CAS_BEACON_PORT: `${caBeacon}`,
    EPICS_CAS_INTF_ADDR_LIST: loopback,
    EPICS_CAS_BEACON_ADDR_LIST: loopback,
    EPICS_CAS_AUTO_BEACON_ADDR_LIST: 'NO',
    EPICS_CA_ADDR_LIST: loopback,
    EPICS_CA_AUTO_ADDR_LIST: 'NO',
    EPICS_CA_NAME_SERVERS: undefined,
    EPICS_CAS_IGNORE_ADDR_LIST: undefined,
  }
}

function pvaEnvironment({ pva, pvaBroadcast }: IocPorts) {
  return {
    EPICS_PVA_SERVER_PORT: `${pva}`,
    EPICS_PVAS_SERVER_PORT: `${pva}`,
    EPICS_PVA_BROADCAST_PORT: `${pvaBroadcast}`,
    EPICS_PVAS_BROADCAST_PORT: `${pvaBroadcast}`,
    EPICS_PVAS_INTF_ADDR_LIST: loopback,
    EPICS_PVAS_BEACON_ADDR_LIST: loopback,
    EPICS_PVAS_AUTO_BEACON_ADDR_LIST: 'NO',
    EPICS_PVA_ADDR_LIST: loopback,
    EPICS_PVA_AUTO_ADDR_LIST: 'NO',
    EPICS_PVA_NAME_SERVERS: undefined,
    EPICS_PVAS_IGNORE_ADDR_LIST: undefined,
  }
}

const loopback = '127.0.0.1'
const handedOut = new Set<number>()

/**
 * Below 32768, where Linux takes the ports of outgoing connections from: a free one there may be
 * taken by any program before the IOC binds it.
 */
async function findPort(): Promise<number> {
  const first = 10_000
  const count = 22_000
  for (;;) {
    const port = first + Math.floor(Math.random() * count)
    if (handedOut.has(port)) continue
    if ((await canListen(port)) && (await canReceive(port))) {
      handedOut.add(port)
      return port
    }
  }
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host: loopback }, () => server.close(() => resolve(true)))
  })
}

function canReceive(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4')
    socket.once('error', () => resolve(false))
    socket.bind({ port, address: loopback, exclusive: true }, () =>
      socket.close(() => resolve(true)),
    )
  })
}
