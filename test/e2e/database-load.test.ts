import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createDefinitions } from '../../src/database/definitions/definitions.ts'
import { createLoader } from '../../src/database/records/loader.ts'
import { loadText } from '../../src/database/text/load-text.ts'
import { databaseCases } from '../support/database-cases.ts'
import { privateNetwork } from '../support/epics-network.ts'
import { type DatabaseText, loadInIoc } from '../support/ioc-loads.ts'
import { embeddedTestBase } from '../support/machine.ts'

const base = await embeddedTestBase()
const env = { ...process.env, ...(await privateNetwork()) }

describe.skipIf(!base)('databases in a real IOC and in the loader', () => {
  test('what the IOC calls an error is reported, what it takes silently is not', () => {
    const cases = databaseCases()
    const verdicts = loadInIoc(cases, { base: base ?? '', env })
    const check = ourVerdict()
    const different = cases.flatMap((row, index) => {
      const { isError, messages } = verdicts[index] ?? { isError: false, messages: 'not loaded' }
      const ours = check(row)
      return isError === ours.isError
        ? []
        : [{ ...row, ioc: isError ? messages : 'good', ours: ours.findings }]
    })
    expect(cases.length).toBeGreaterThan(1500)
    expect(different).toEqual([])
  })
})

/** Judges databases one after the other, as if one IOC loaded them. */
function ourVerdict(): (row: DatabaseText) => { isError: boolean; findings: readonly string[] } {
  const file = join(base ?? '', 'dbd/softIocPVA.dbd')
  const definitions = createDefinitions()
  const options = { macros: { list: '' }, limits: 'off' } as const
  const dbd = loadText({ name: file, text: readFileSync(file, 'utf8') }, options).text
  definitions.load({ text: dbd, path: [], open: () => undefined, isTrusted: true })
  const loader = createLoader({ definitions, define: definitions.load })
  let count = 0
  return ({ text, macros = '' }) => {
    const source = { name: `${count++}.db`, text }
    const { isGood, diagnostics } = loader.load(source, { macros: { list: macros } })
    const findings = diagnostics.map(
      ({ code, severity, message }) => `${severity} ${code} ${message}`,
    )
    return { isError: !isGood, findings }
  }
}
