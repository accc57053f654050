import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readCommandDefinitions } from '../../../src/elf/command-definitions.ts'
import { bytesReader } from '../../../src/elf/reader.ts'
import { openWorkshop, type Workshop } from '../../support/shared-objects.ts'

let workshop: Workshop

/** The structures of base's iocsh.h. */
const source = `
  typedef struct { const char *name; int type; } iocshArg;
  typedef struct { const char *name; int nargs; const iocshArg *const *arg; const char *usage; } iocshFuncDef;
  static const iocshArg port = {"port name", 2};
  const iocshArg count = {"count", 0};
  static const iocshArg rate = {"rate", 1};
  static const iocshArg base = {"pdbbase", 3};
  static const iocshArg rest = {"[word ...]", 4};
  static const iocshArg path = {"path", 7};
  static const iocshArg wrong = {"wrong", 99};
  static const iocshArg *const some[] = {&port, &count, &rate};
  static const iocshArg *const others[] = {&base, &path, &rest};
  static const iocshArg *const bad[] = {&wrong};
  const iocshFuncDef a = {"drvConfigure", 3, some, "usage"};
  static const iocshFuncDef b = {"other", 3, others};
  static const iocshFuncDef c = {"plain", 0, 0};
  static const iocshFuncDef d = {"bad", 1, bad};
  static const iocshFuncDef e = {"too many", 3, some};
  const void *use[] = {&b, &c, &d, &e};
`

beforeAll(() => {
  workshop = openWorkshop()
}, 60_000)

afterAll(() => workshop.remove())

function commandsOf(bytes: Uint8Array): string[] {
  return readCommandDefinitions(bytesReader(bytes))
    .map(({ name, arguments: args }) => [name, ...args.map((one) => `${one.name}:${one.type}`)])
    .map((words) => words.join(' | '))
    .sort()
}

const expected = [
  'drvConfigure | port name:string | count:int | rate:double',
  'other | pdbbase:pdbbase | path:path | [word ...]:argv',
  'plain',
]

test.each([
  ['relocations with addends', []],
  ['packed relocations', ['-Wl,-z,pack-relative-relocs']],
])('commands and their arguments: %s', (_title, flags) => {
  const path = workshop.compile('libx.so', source, flags)
  expect(commandsOf(readFileSync(path))).toEqual(expected)
})

test('files that are cut or changed give less, never an error', () => {
  const bytes = readFileSync(workshop.compile('libx.so', source))
  for (let size = 0; size < bytes.length; size += 97) commandsOf(bytes.subarray(0, size))
  for (let at = 0; at < Math.min(bytes.length, 40_000); at += 61) {
    const changed = Uint8Array.from(bytes)
    changed[at] = (changed[at] ?? 0) ^ 0xff
    commandsOf(changed)
  }
})
