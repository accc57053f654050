import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'

/**
 * Environment for an IOC and its clients that no other IOC or client of the machine sees: loopback
 * only, on ports that were free.
 */
export async function privateNetwork(): Promise<Readonly<Record<string, string>>> {
  const [ca, pva, pvaBroadcast] = await Promise.all([freeUdpPort(), freeTcpPort(), freeUdpPort()])
  return {
    EPICS_CA_SERVER_PORT: String(ca),
    EPICS_CAS_INTF_ADDR_LIST: '127.0.0.1',
    EPICS_CA_ADDR_LIST: '127.0.0.1',
    EPICS_CA_AUTO_ADDR_LIST: 'NO',
    EPICS_PVA_SERVER_PORT: String(pva),
    EPICS_PVA_BROADCAST_PORT: String(pvaBroadcast),
    EPICS_PVAS_INTF_ADDR_LIST: '127.0.0.1',
    EPICS_PVA_ADDR_LIST: '127.0.0.1',
    EPICS_PVA_AUTO_ADDR_LIST: 'NO',
  }
}

function freeTcpPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0))
    })
  })
}

function freeUdpPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4').on('error', reject)
    socket.bind(0, '127.0.0.1', () => {
      const { port } = socket.address()
      socket.close(() => resolve(port))
    })
  })
}
