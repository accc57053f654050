import { expect, test } from 'vitest'
import { checkScript, commandTable } from '../../../support/checked-script.ts'

const names = ['IPPort', 'SerialPort', 'IPServerPort'].map((name) => `drvAsyn${name}Configure ?`)
const table = commandTable([...names, 'prologixGPIBConfigure ?', 'epicsEnvSet ?'])

function told(script: string): string[] {
  const found = checkScript(`${script}\n`, { table })
  expect(found.every(({ code }) => code === 'PORT_REFUSED')).toBe(true)
  return found.map(({ severity, at, message }) => `${severity} ${at?.start ?? ''} ${message}`)
}

// What asyn 4.45 says to each of them in an IOC.
test.each([
  ['drvAsynIPPortConfigure L1 h:1', []],
  ['drvAsynIPPortConfigure L1 "h:1 udp*&"', []],
  ['drvAsynIPPortConfigure L1 "h:1:2 TCP" 0 0 1', []],
  ['drvAsynIPPortConfigure L1 unix:///tmp/x', []],
  ['drvAsynIPPortConfigure L1 $(NO=$(H))', []],
  [
    'drvAsynIPPortConfigure',
    ['error 0 drvAsynIPPortConfigure: no address is given: asyn does not create a port'],
  ],
  [
    'drvAsynIPPortConfigure L1',
    ['error 0 drvAsynIPPortConfigure: no address is given: asyn does not create the port L1'],
  ],
  [
    'drvAsynIPPortConfigure L1 h',
    [
      'error 26 drvAsynIPPortConfigure: "h" is no address with a port number: asyn does not create the port L1',
    ],
  ],
  [
    'drvAsynIPPortConfigure L1 h:x',
    [
      'error 26 drvAsynIPPortConfigure: "h:x" is no address with a port number: asyn does not create the port L1',
    ],
  ],
  [
    'drvAsynIPPortConfigure L1 h:1:x',
    [
      'error 26 drvAsynIPPortConfigure: "h:1:x" is no address with a port number: asyn does not create the port L1',
    ],
  ],
  [
    'drvAsynIPPortConfigure L1 "h:1 FOO"',
    [
      'warning 26 drvAsynIPPortConfigure: there is no protocol "FOO": asyn does not create the port L1',
    ],
  ],
  ['drvAsynIPServerPortConfigure S "localhost:1" 2', []],
  [
    'drvAsynIPServerPortConfigure S "localhost:1"',
    [
      'error 0 drvAsynIPServerPortConfigure: no client may connect: asyn does not create the port S',
    ],
  ],
  [
    'drvAsynIPServerPortConfigure S "localhost:1 http" 2',
    [
      'warning 31 drvAsynIPServerPortConfigure: there is no protocol "http": asyn does not create the port S',
    ],
  ],
  [
    'drvAsynSerialPortConfigure L1',
    ['error 0 drvAsynSerialPortConfigure: no device is named: asyn does not create the port L1'],
  ],
  [
    'drvAsynIPPortConfigure L1 h:1\ndrvAsynSerialPortConfigure L1 /dev/ttyS0',
    ['warning 57 there is an asyn port L1 already: asyn refuses the second one'],
  ],
])('%s', (script, expected) => {
  expect(told(script)).toEqual(expected)
})

test.each(['S', 'S:0', 'S:1', 'G', 'G_TCP'])('port %s is made', (port) => {
  const files = {
    'a.db': `record(ai, "A") { field(DTYP, "asynInt32") field(INP, "@asyn(${port})") }\n`,
  }
  const commands = 'drvAsynIPServerPortConfigure S h:1 2\nprologixGPIBConfigure G h 0 0 0\n'
  const found = (text: string) =>
    checkScript(`${text}dbLoadRecords a.db\niocInit\n`, { table, files })
  expect(found(commands).map(({ code }) => code)).not.toContain('PORT_UNKNOWN')
  expect(found('').map(({ code }) => code)).toContain('PORT_UNKNOWN')
})
