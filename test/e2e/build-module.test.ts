import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { machineArchitecture } from '../../src/host/base/architecture.ts'
import { type BuiltModule, buildModule } from '../support/build-module.ts'
import { testBase } from '../support/machine.ts'

const base = testBase() ?? ''

describe.skipIf(!base)('modules for tests are real modules', () => {
  const root = mkdtempSync(join(tmpdir(), 'e3-build-module-'))
  afterAll(() => rmSync(root, { recursive: true }))

  test('without sources: a command that prints the version', async () => {
    const built = await buildModule({ root, name: 'tiny', version: '1.2.3+4', base })
    expect(await runIoc([...loading(built, 'tiny'), 'tinyHello'])).toContain('tiny 1.2.3+4')
  })

  test('another version than the name of the folder', async () => {
    const built = await buildModule({ root, name: 'tiny', version: '2', builtAs: '1', base })
    expect(await runIoc([...loading(built, 'tiny'), 'tinyHello'])).toContain('tiny 1')
  })

  test('driver, function and variables of a dbd are registered', async () => {
    const built = await buildModule({ root, name: 'parts', version: '1.0.0', base, ...parts })
    const output = await runIoc([
      ...loading(built, 'parts'),
      `dbLoadRecords("${built.directory}/db/parts.db")`,
      'iocInit',
      'dbior("drvParts", 1)',
      'var partsRatio 2.5',
      'dbpf PARTS:SUB.PROC 1',
      'dbgf PARTS:SUB',
    ])
    expect(output).toContain('parts at level 1')
    expect(output).toMatch(/DBF_DOUBLE:\s+7\.5\b/)
  })

  test('a compiler error is the message', async () => {
    const sources = { 'wrong.c': 'int wrong(void) { return nothing; }\n' }
    await expect(
      buildModule({ root, name: 'wrong', version: '1', base, sources, dbd: null }),
    ).rejects.toThrow(/wrong\.c:1:\d+: error\[COMPILE_ERROR\]: .nothing. undeclared/)
  })
})

const parts = {
  sources: {
    'parts.c': `
#include <epicsStdio.h>
#include <drvSup.h>
#include <registryFunction.h>
#include <subRecord.h>
#include <epicsExport.h>
double partsRatio = 1;
static long report(int level) { printf("parts at level %d\\n", level); return 0; }
static drvet drvParts = {2, report, NULL};
static long partsSub(subRecord *record) { record->val = 3 * partsRatio; return 0; }
epicsExportAddress(drvet, drvParts);
epicsExportAddress(double, partsRatio);
epicsRegisterFunction(partsSub);
`,
  },
  dbd: 'driver(drvParts)\nfunction(partsSub)\nvariable(partsRatio, double)\n',
  files: { 'db/parts.db': 'record(sub, "PARTS:SUB") { field(SNAM, "partsSub") }\n' },
}

function loading({ directory, library }: BuiltModule, name: string): string[] {
  return [
    `dlload "${library}"`,
    `dbLoadDatabase "${directory}/dbd/${name}.dbd"`,
    `${name}_registerRecordDeviceDriver pdbbase`,
  ]
}

/** All that softIocPVA prints; it ends as its input does. */
function runIoc(lines: readonly string[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'e3-ioc-'))
  const script = join(folder, 'st.cmd')
  writeFileSync(script, `${lines.join('\n')}\n`)
  const args = ['-D', join(base, 'dbd/softIocPVA.dbd'), script]
  const program = join(base, 'bin', machineArchitecture(), 'softIocPVA')
  const env = {
    ...process.env,
    EPICS_CAS_INTF_ADDR_LIST: '127.0.0.1',
    EPICS_PVAS_INTF_ADDR_LIST: '127.0.0.1',
  }
  return new Promise((resolve) => {
    const ioc = execFile(program, args, { env }, (_, out, err) => {
      rmSync(folder, { recursive: true })
      resolve(out + err)
    })
    ioc.stdin?.end()
  })
}
