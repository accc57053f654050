import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { privateNetwork } from '../support/epics-network.ts'
import { exampleModules, repository, testBase } from '../support/machine.ts'
import { start, stopAll } from '../support/process.ts'

const base = testBase()

afterEach(stopAll)

describe.skipIf(!base)('examples', () => {
  test('records: setpoint, valves and the sine of examples/README.md', async () => {
    const { output, status } = await runExample('records', {
      args: ['P=TRY:'],
      lines: [
        'dbpf TRY:Setpoint 150',
        'dbpf TRY:Valve2:Cmd 1',
        'epicsThreadSleep 1.5',
        'dbgf TRY:Counter',
        'dbgf TRY:Valve1:Status',
        'dbgf TRY:Valve2:Status',
        'dbgf TRY:Readback',
      ],
    })
    expect(numbersIn(output)).toEqual([100, expect.any(Number), expect.any(Number)])
    expect(numbersIn(output)[1]).toBeGreaterThanOrEqual(1)
    expect(stringsIn(output)).toEqual(['Open', 'Closed', 'Open'])
    expect(output).not.toContain('ERROR')
    expect(status).toBe(0)
  })

  test('slide: the demand goes down through two templates, the position comes up', async () => {
    const { output, status } = await runExample('slide', {
      args: ['P=TRY:'],
      lines: [
        'dbpf TRY:Demand 5',
        'epicsThreadSleep 1.5',
        'dbgf TRY:Error',
        'dbgf TRY:Slide:Motor:Position',
      ],
    })
    expect(numbersIn(output)).toEqual([5, 0, 5])
    expect(output).not.toContain('ERROR')
    expect(status).toBe(0)
  })

  test('two-modules: the ramp of one module moves the device of the other', async () => {
    const { output, status } = await runExample('two-modules', {
      args: [],
      lines: [
        'dbpf EXAMPLE:Oven:RampRate 6000',
        'dbpf EXAMPLE:Oven:RampTarget 41',
        'epicsThreadSleep 1',
        'dbgf EXAMPLE:Oven:RampSetpoint',
        'dbgf EXAMPLE:Oven:Ramping',
        'dbgf EXAMPLE:Water:Stable',
        'simrampReport',
      ],
    })
    expect(numbersIn(output)).toEqual([6000, 41, 41])
    expect(stringsIn(output)).toEqual(['No', 'Yes'])
    expect(output).toContain('OVEN_RAMP: setpoint 41.00 C, target 41.00 C, 6000 C/min, at rest')
    expect(output).toMatch(/WATER: .* setpoint 21\.00 C, heater on\s+tau 20 s, noise 0\.01 C/)
    expect(output).not.toContain('ERROR')
    expect(status).toBe(0)
  })
})

interface Session {
  readonly args: readonly string[]
  /** Typed at the IOC shell; `exit` follows. */
  readonly lines: readonly string[]
}

interface Ended {
  readonly output: string
  readonly status: number | null
}

async function runExample(name: string, { args, lines }: Session): Promise<Ended> {
  const script = join(repository, 'examples', name, 'st.cmd')
  const ioc = start(join(repository, 'bin/iocsh'), ['-l', exampleModules, script, ...args], {
    env: { ...process.env, ...(await privateNetwork()), EPICS_BASE: base },
    input: [...lines, 'exit', ''].join('\n'),
  })
  const status = await ioc.ended
  return { output: ioc.text(), status }
}

/** Values that dbpf and dbgf print, in order. */
function numbersIn(output: string): number[] {
  return [...output.matchAll(/DBF_DOUBLE:\s+(\S+)/g)].map(([, value]) => Number(value))
}

function stringsIn(output: string): string[] {
  return [...output.matchAll(/DBF_STRING:\s+"([^"]*)"/g)].map(([, value]) => value ?? '')
}
