import { expect, test } from 'vitest'
import { readDbd } from '../../../../src/database/dbd/dbd.ts'
import { findProvided, providedBy, type Wanted } from '../../../../src/database/dbd/provides.ts'

const text = `
menu(simMode) { choice(simModeOff, "Off") }
recordtype(sim) { include "dbCommon.dbd" }
device(ai, INST_IO, devAiSim, "Sim Device")
driver(drvSim)
registrar(simRegistrar)
function(simFunction)
variable(simDebug, int)
link(sim, lnkSimIf)
breaktable(typeSim) { 0 0 1 1 }
`
const { value: dbd } = readDbd({ name: 'sim.dbd', text })

test.each<[Wanted, string | undefined]>([
  [{ kind: 'record type', name: 'sim' }, 'recordtype(sim)'],
  [
    { kind: 'device support', recordType: 'ai', name: 'Sim Device' },
    'device(ai, INST_IO, devAiSim, "Sim Device")',
  ],
  [{ kind: 'device support', recordType: 'ao', name: 'Sim Device' }, undefined],
  [{ kind: 'device support', recordType: 'ai', name: 'devAiSim' }, undefined],
  [{ kind: 'link type', name: 'sim' }, 'link(sim, lnkSimIf)'],
  [{ kind: 'menu', name: 'simMode' }, 'menu(simMode)'],
  [{ kind: 'menu', name: 'sim' }, undefined],
  [{ kind: 'breaktable', name: 'typeSim' }, 'breaktable(typeSim)'],
  [{ kind: 'driver', name: 'drvSim' }, 'driver(drvSim)'],
  [{ kind: 'registrar', name: 'simRegistrar' }, 'registrar(simRegistrar)'],
  [{ kind: 'function', name: 'simFunction' }, 'function(simFunction)'],
  [{ kind: 'variable', name: 'simDebug' }, 'variable(simDebug, int)'],
])('where a file defines %j', (wanted, expected) => {
  const at = findProvided(dbd, wanted)?.at
  expect(at && text.slice(at.start, at.end)).toBe(expected)
})

test('every statement is told once', () => {
  expect(providedBy(dbd)).toHaveLength(9)
})
