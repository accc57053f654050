import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadAccessFile } from '../../src/database/access/load-access.ts'
import { machineArchitecture } from '../../src/host/base/architecture.ts'
import { accessCases } from '../support/access-cases.ts'
import { privateNetwork } from '../support/epics-network.ts'
import { embeddedTestBase } from '../support/machine.ts'

const base = await embeddedTestBase()
const env = { ...process.env, ...(await privateNetwork()) }

/** Access security files with substitutions. */
const withMacros: readonly (readonly [text: string, macros: string])[] = [
  ['UAG($(U)) {x}\n', 'U=a'],
  ['UAG(a) {$(V)}\n', 'U=a'],
  ['# $(V)\nUAG(a) {x}\n', 'U=a'],
  ['UAG(a) {$(V=x)}\n', 'U=a'],
  ['UAG(a) {$(U)}\n', 'U=$(U)'],
  ['UAG(a) {$(HOME)}\n', 'U=a'],
]

const cases = [...accessCases.map(([text]) => [text, ''] as const), ...withMacros]

describe.skipIf(!base)('access security files', () => {
  test('what the IOC refuses is an error, what it passes over a warning', () => {
    const ioc = judgedByIoc()
    expect(ioc.length).toBe(cases.length)
    const different = cases.flatMap(([text, macros], index) => {
      const { diagnostics } = loadAccessFile({ name: 'x.acf', text }, { macros })
      const ours = {
        isRefused: diagnostics.some(({ severity }) => severity === 'error'),
        isIgnored: diagnostics.some(({ message }) => message.startsWith('base does not know')),
      }
      const messages = ioc[index] ?? 'not read'
      const real = {
        isRefused: /ERROR|failed/.test(messages),
        isIgnored: messages.includes('Ignoring'),
      }
      // The IOC stops at the first error, the check goes on.
      const isSame =
        ours.isRefused === real.isRefused && (real.isRefused || ours.isIgnored === real.isIgnored)
      return isSame ? [] : [{ text, messages, found: diagnostics.map(({ message }) => message) }]
    })
    expect(different).toEqual([])
  })
})

/** What one softIocPVA says to each file. */
function judgedByIoc(): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'access-'))
  try {
    writeFileSync(join(folder, 'first.acf'), 'ASG(DEFAULT) {RULE(1,WRITE)}\n')
    const lines = [`asSetFilename "${folder}/first.acf"`, 'iocInit']
    for (const [index, [text, macros]] of cases.entries()) {
      const file = join(folder, `${index}.acf`)
      writeFileSync(file, text)
      lines.push(`echo "@@${index}"`, `asSetSubstitutions '${macros}'`)
      lines.push(`asSetFilename "${file}"`, 'asInit')
    }
    const script = join(folder, 'st.cmd')
    writeFileSync(script, `${lines.join('\n')}\nexit\n`)
    const program = join(base ?? '', 'bin', machineArchitecture(), 'softIocPVA')
    const options = { env, cwd: folder, input: '', encoding: 'utf8', timeout: 60_000 } as const
    const { stdout } = spawnSync('sh', ['-c', '"$0" "$1" 2>&1', program, script], options)
    return stdout.split(/^@@\d+\n/m).slice(1)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
