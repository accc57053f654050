import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { type GeneratedHeader, headersOf } from '../../../src/build/generated/record-headers.ts'
import { readCompileFlags } from '../../../src/host/base/flags.ts'
import { embeddedTestBase } from '../../support/machine.ts'

const base = (await embeddedTestBase()) ?? ''
const folder = mkdtempSync(join(tmpdir(), 'e3-headers-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe.skipIf(!base)('headers of all record types and menus of base', () => {
  const dbd = join(base, 'dbd')
  const read = (name: string): string => readFileSync(join(dbd, name), 'utf8')
  const names = readdirSync(dbd).filter((name) =>
    /^(menu\w+|(?!dbCommon)\w+Record)\.dbd$/.test(name),
  )
  const headers = names.flatMap((name) => headersOf({ name, text: read(name) }, read))
  const records = headers.filter(({ name }) => name.endsWith('Record.h'))

  test('there are as many as base has', () => {
    const installed = readdirSync(join(base, 'include'))
    const wanted = installed.filter((name) => /^(menu\w+|[a-zA-Z0-9]+Record)\.h$/.test(name))
    expect(headers.map(({ name }) => name)).toEqual(expect.arrayContaining(wanted))
    expect(records.length).toBeGreaterThan(30)
  })

  test('the same fields at the same places, the same numbers of fields and choices', () => {
    const own = join(folder, 'include')
    mkdirSync(own)
    for (const { name, text } of headers) writeFileSync(join(own, name), text)
    const program = layoutProgram(headers)
    const ours = run('ours', program, [`-I${own}`])
    expect(ours.split('\n').length).toBeGreaterThan(3000)
    expect(ours).toBe(run('theirs', program, []))
  })

  test('the function that tells sizes and offsets compiles in C and C++', () => {
    for (const language of ['c', 'c++']) {
      const text = `#include <stddef.h>\n#include <dbStaticLib.h>\n#define GEN_SIZE_OFFSET\n${records
        .map(({ name }) => `#include "${name}"\n`)
        .join('')}`
      const file = join(folder, `sizes.${language === 'c' ? 'c' : 'cpp'}`)
      writeFileSync(file, text)
      compile(['-x', language, '-fsyntax-only', `-I${join(folder, 'include')}`, file])
    }
  })

  /** Prints the place and size of each field, and the value of each enumerator. */
  function layoutProgram(all: readonly GeneratedHeader[]): string {
    const lines = all.flatMap(({ name, text }) => [
      ...[...text.matchAll(/offsetof\((\w+), (\w+)\)/g)].map(
        ([, type, field]) =>
          `printf("${type}.${field} %zu %zu\\n", offsetof(${type}, ${field}), sizeof(((${type} *)0)->${field}));`,
      ),
      ...[...text.matchAll(/^ {4}(\w+)(?: = \d+)?,?(?: \/\*.*)?$/gm)].map(
        ([, value]) => `printf("${name} ${value} %d\\n", (int)${value});`,
      ),
    ])
    return [
      '#include <stdio.h>',
      '#include <stddef.h>',
      ...all.map(({ name }) => `#include "${name}"`),
      `int main(void) { ${lines.join('\n')} return 0; }`,
    ].join('\n')
  }

  function run(name: string, text: string, flags: readonly string[]): string {
    const source = join(folder, `${name}.c`)
    const program = join(folder, name)
    writeFileSync(source, text)
    compile([...flags, '-O0', '-o', program, source])
    return execFileSync(program, { encoding: 'utf8' })
  }

  function compile(args: readonly string[]): void {
    const flags = readCompileFlags(base)
    const own = args.filter((word) => word.startsWith('-I'))
    const rest = args.filter((word) => !word.startsWith('-I'))
    const words = [...(flags?.cppflags ?? []), ...own, ...(flags?.includes ?? []), ...rest]
    execFileSync('gcc', words, { stdio: ['ignore', 'pipe', 'pipe'] })
  }
})
