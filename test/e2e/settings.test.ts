import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { machineArchitecture } from '../../src/host/base/architecture.ts'
import { runE3 } from '../support/run-e3.ts'

let top = ''

const settings = `iocs:
  - { name: oven, script: iocs/oven/st.cmd, macros: { P: 'LAB:' } }
severities:
  - { code: SITE_FIELD, severity: error }
rules:
  naming:
    - pattern: 'LAB:\\w+'
  required-fields: { ai: DESC }
`

beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), 'e3-settings-'))
  mkdirSync(join(top, 'iocs/oven'), { recursive: true })
  writeFileSync(join(top, 'e3.yaml'), settings)
  writeFileSync(join(top, 'iocs/oven/st.cmd'), 'dbLoadRecords("iocs/oven/x.db", "P=$(P)")\n')
  writeFileSync(join(top, 'iocs/oven/x.db'), 'record(ai, "$(P)a-b") { }\n')
})
afterAll(() => rmSync(top, { recursive: true, force: true }))

async function check(...args: string[]) {
  const { stdout, stderr, status } = await runE3(['check', ...args], { cwd: top })
  return { stdout, stderr, status }
}

test('IOCs, rules and severities of e3.yaml are those of e3 check', async () => {
  const { stdout, status } = await check()
  expect(stdout).toContain('error[SITE_FIELD]: the ai record "LAB:a-b" has no DESC')
  expect(stdout).toContain(
    'warning[SITE_NAME]: the record name "LAB:a-b" follows no naming pattern',
  )
  expect(stdout).not.toContain('MACRO_UNDEFINED')
  expect(status).toBe(1)
})

test('JUnit and SARIF on stdout', async () => {
  const junit = await check('--format', 'junit')
  expect(junit.stdout).toMatch(/^<\?xml.*<failure type="SITE_FIELD".*<\/testsuites>\n$/s)
  const { stdout } = await check('--format', 'sarif')
  const [run] = JSON.parse(stdout).runs
  expect(run.results.map(({ ruleId }: { ruleId: string }) => ruleId).sort()).toEqual([
    'SITE_FIELD',
    'SITE_NAME',
  ])
  expect(run.tool.driver.rules[0].help.text).toContain('required-fields')
})

test('a mistake in e3.yaml is an error with its place', async () => {
  writeFileSync(join(top, 'e3.yaml'), settings.replace('naming', 'naminng'))
  const { stdout, status } = await check()
  expect(stdout).toContain('e3.yaml:6:3: error[SETTINGS_KEY]: "naminng" is no key of rules')
  expect(stdout).toContain('did you mean "naming"?')
  expect(status).toBe(1)
})

test('arguments of an IOC are judged and followed as iocsh would', async () => {
  const tree = 'require ramp\n'
  mkdirSync(join(top, `trees/ramp/1.0.0/lib/${machineArchitecture()}`), { recursive: true })
  writeFileSync(join(top, `trees/ramp/1.0.0/lib/${machineArchitecture()}/ramp.dep`), '')
  writeFileSync(join(top, 'iocs/oven/ramp.cmd'), tree)
  const checked = (words: string) => {
    const ioc = `{ name: ramp, script: iocs/oven/ramp.cmd, arguments: [${words}] }`
    writeFileSync(join(top, 'e3.yaml'), `iocs:\n  - ${ioc}\n`)
    return check()
  }
  expect((await checked("'--nosuch'")).stdout).toMatch(
    /^e3\.yaml:2:\d+: error\[OPTION_UNKNOWN\]: there is no option --nosuch$/m,
  )
  expect((await checked("'-n'")).stdout).toContain('error[OPTION_VALUE]')
  const nowhere = await checked("'--base', /nope, '-l', /nope")
  expect(nowhere.stdout).toContain('error[BASE_UNUSABLE]')
  expect(nowhere.stdout).toContain('error[MODULE_PATH_NOT_FOUND]')
  expect(await checked("'-l', trees")).toMatchObject({ stdout: '', status: 0 })
})

test('an entry that fits nothing is told where everything was looked at, and only there', async () => {
  const rules = [
    '{ code: SITE_NAME, severity: off }',
    '{ path: iocs/**, severity: info, reason: r }',
  ]
  writeFileSync(join(top, 'e3.yaml'), `severities: [${rules.join(', ')}]\n`)
  writeFileSync(join(top, 'iocs/oven/good.db'), 'record(ai, "LAB:a") {}\n')
  const unused = async (...args: string[]) =>
    (await check(...args)).stdout.match(/SEVERITY_UNUSED\].*/g) ?? []
  expect(await unused('iocs/oven/good.db')).toEqual([])
  expect(await unused('--format', 'json', 'iocs')).toEqual([])
  expect(await unused('.', '-l', 'trees')).toEqual([
    'SEVERITY_UNUSED]: no message has the code SITE_NAME here: the severity is not needed',
  ])
})
