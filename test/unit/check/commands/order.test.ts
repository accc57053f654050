import { expect, test } from 'vitest'
import { checkScript, commandTable, shortForm } from '../../../support/checked-script.ts'

const names = `iocInit dbpf dbl dbstat dbLoadRecords asSetFilename epicsEnvSet afterIocRunning
  afterInit seq callbackSetQueueSize create_monitor_set drvAsynIPPortConfigure
  caPutLogInit`
const table = commandTable(names.split(/\s+/).map((name) => `${name} ?`))

test.each([
  ['iocInit\ndbpf A 1\n', []],
  ['dbpf A 1\niocInit\n', ['error COMMAND_TOO_EARLY st.cmd:1:1']],
  // Without the line, iocsh runs iocInit behind the script.
  ['dbpf A 1\n', ['error COMMAND_TOO_EARLY st.cmd:1:1']],
  // A script that is not there may run it.
  ['< init.cmd\ndbpf A 1\n', []],
  ['dbl\niocInit\n', []],
  ['dbstat\niocInit\n', ['error COMMAND_TOO_EARLY st.cmd:1:1']],
  ["afterInit 'dbpf A 1'\niocInit\n", []],
  ["afterIocRunning 'dbpf A 1'\niocInit\n", []],
  ["iocInit\nafterIocRunning 'dbl'\n", ['error COMMAND_TOO_LATE st.cmd:2:1']],
  // The IOC does not have it.
  ['iocInit\ncallbackParallelThreads 2\n', ['error COMMAND_UNKNOWN st.cmd:2:1']],
  ['iocInit\ndbLoadRecords a.db\n', ['error COMMAND_TOO_LATE st.cmd:2:1']],
  ['iocInit\ncallbackSetQueueSize 1\n', ['error COMMAND_TOO_LATE st.cmd:2:1']],
  ['iocInit\nasSetFilename x\n', ['warning COMMAND_TOO_LATE st.cmd:2:1']],
  ['asSetFilename x\niocInit\nasSetFilename y\n', []],
  ['iocInit\nepicsEnvSet A 1\n', []],
  ['iocInit\nepicsEnvSet EPICS_CAS_SERVER_PORT 1\n', ['warning COMMAND_TOO_LATE st.cmd:2:1']],
  ['seq x\niocInit\n', ['info COMMAND_TOO_EARLY st.cmd:1:1']],
  ['create_monitor_set x.req\niocInit\n', ['info COMMAND_TOO_EARLY st.cmd:1:1']],
  ['caPutLogInit h:7011\niocInit\n', ['warning COMMAND_TOO_EARLY st.cmd:1:1']],
  ['iocInit\ndrvAsynIPPortConfigure L0 h:1\n', ['warning COMMAND_TOO_LATE st.cmd:2:1']],
])('%j', (script, expected) => {
  const found = checkScript(script, {
    table,
    files: { 'a.db': '', x: 'ASG(DEFAULT)', 'x.req': '' },
  })
  expect(found.map(shortForm)).toEqual(expected)
})
