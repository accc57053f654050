import { expect, test } from 'vitest'
import { askedSteps, commandSteps } from '../../../../src/check/commands/steps.ts'
import { fileFormats } from '../../../../src/startup/file-formats.ts'
import { walk } from '../../../../src/startup/walk.ts'
import { sourcesOf } from '../../../support/sources.ts'

const reader = sourcesOf({ '/x.dbd': '', '/x.so': '' })

test.each([
  ['dbl\n', 0, 0],
  // Without a library nobody has the registration, nor the registrars of the dbd file.
  ['dbLoadDatabase x.dbd\nx_registerRecordDeviceDriver pdbbase\n', 2, 0],
  ['dbLoadDatabase x.dbd\nregisterAllRecordDeviceDrivers pdbbase\n', 2, 2],
  ['dbLoadDatabase x.dbd\ndlload ./x.so\nx_registerRecordDeviceDriver\n', 3, 3],
])('what an IOC is asked about: %j', (script, all, asked) => {
  const source = { name: '/st.cmd', text: script }
  const { events } = walk({
    parts: [{ at: { source, start: 0, end: 1 }, source }],
    ...{ environment: new Map(), cwd: '/', reader, modules: [], incomplete: false },
    formats: () => fileFormats,
  })
  const steps = commandSteps(events, new Map())
  expect(steps).toHaveLength(all)
  expect(askedSteps(steps)).toHaveLength(asked)
})
