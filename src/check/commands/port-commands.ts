import { toInteger } from '../../shell/arguments.ts'
import type { CommandCall } from '../../shell/types.ts'

/** What a command does that creates asyn ports. */
export interface PortCommand {
  /** The ports that it creates. */
  readonly names: readonly string[]
  /** Why asyn refuses the command. */
  readonly problem?: PortProblem
}

/** What is wrong with an argument. */
export interface PortProblem {
  /** Place in the words of the call. */
  readonly word: number
  readonly message: string
  readonly hint: string
  /** Another version of asyn may take it. */
  readonly isUnsure?: boolean
}

/** Nothing for commands of which it is not known that they create ports, and which. */
export function portCommand({ name, words }: CommandCall): PortCommand | undefined {
  const maker = Object.hasOwn(makers, name) ? makers[name] : undefined
  if (!maker) return undefined
  const given = words.slice(1).map(({ text }) => text)
  const { names = firstOnly, problem } = maker
  const found = given.some((text) => /\$[({]/.test(text)) ? undefined : problem?.(given)
  return { names: names(given), ...(found && { problem: found }) }
}

interface Maker {
  /** Default: the first argument. */
  names?(given: readonly string[]): string[]
  problem?(given: readonly string[]): PortProblem | undefined
}

function firstOnly(given: readonly string[]): string[] {
  return given.slice(0, 1)
}

/** asyn 4.45 (asynDriver.html, vxi11.html ... and the sources of the drivers), modbus (modbus.html). */
const makers: Readonly<Record<string, Maker>> = {
  drvAsynIPPortConfigure: { problem: addressProblem },
  drvAsynIPServerPortConfigure: { names: serverPorts, problem: serverProblem },
  drvAsynSerialPortConfigure: { problem: deviceProblem },
  drvAsynFTDIPortConfigure: {},
  vxi11Configure: {},
  usbtmcConfigure: {},
  gsIP488Configure: {},
  GpibBoardDriverConfig: {},
  prologixGPIBConfigure: { names: ([name = '']) => [name, `${name}_TCP`] },
  ni1014Config: { names: (given) => given.slice(0, 2) },
  drvModbusAsynConfigure: {},
}

/** drvAsynIPServerPort.c: one more port for each client that may connect. */
function serverPorts([name = '', , clients = '']: readonly string[]): string[] {
  const count = toInteger(clients)
  const most = 'error' in count ? 0 : Math.min(Number(count.value), mostClients)
  return [name, ...Array.from({ length: Math.max(0, most) }, (_, index) => `${name}:${index}`)]
}

/** Nobody has so many. */
const mostClients = 10_000

/** drvAsynIPPort.c, parseHostInfo. */
function addressProblem([, address]: readonly string[]): PortProblem | undefined {
  if (address?.startsWith('unix://')) return undefined
  const form = '"host:port" or "host:port protocol"'
  return (
    formProblem(address, { form, pattern: /^[^:]*:\s*[+-]?\d[^:]*(:\s*[+-]?\d|$)/ }) ??
    protocolProblem(address, ['tcp', 'tcp&', 'udp', 'udp&', 'udp*', 'udp*&', 'http', 'com'])
  )
}

/** drvAsynIPServerPort.c, drvAsynIPServerPortConfigure. */
function serverProblem([, address, clients]: readonly string[]): PortProblem | undefined {
  const form = '"localhost:port" or "localhost:port protocol"'
  const problem =
    formProblem(address, { form, pattern: /^[^:]*:\s*[+-]?\d/ }) ??
    protocolProblem(address, ['tcp', 'udp'])
  if (problem || !/^(0x)?0*$/i.test(clients ?? '')) return problem
  return {
    word: 3,
    message: 'no client may connect',
    hint: 'the third argument is the number of clients',
  }
}

function deviceProblem([, device]: readonly string[]): PortProblem | undefined {
  const hint = 'the second argument is the device, e.g. /dev/ttyS0'
  return device === undefined ? { word: 2, message: 'no device is named', hint } : undefined
}

function formProblem(
  address: string | undefined,
  { form, pattern }: { form: string; pattern: RegExp },
): PortProblem | undefined {
  if (address === undefined) return { word: 2, message: 'no address is given', hint: form }
  if (pattern.test(address)) return undefined
  return { word: 2, message: `"${address}" is no address with a port number`, hint: form }
}

function protocolProblem(
  address: string | undefined,
  known: readonly string[],
): PortProblem | undefined {
  // sscanf("%5s"): the word behind the first blank.
  const [, protocol = ''] = /:\S*\s+(\S{1,5})/.exec(address ?? '') ?? []
  if (protocol === '' || known.includes(protocol.toLowerCase())) return undefined
  const message = `there is no protocol "${protocol}"`
  return { word: 2, message, hint: `it is one of ${known.join(', ')}`, isUnsure: true }
}
