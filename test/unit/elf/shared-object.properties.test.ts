import { readFileSync } from 'node:fs'
import { array, assert, nat, property, tuple, uint8Array } from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bytesReader } from '../../../src/elf/reader.ts'
import { readElf } from '../../../src/elf/shared-object.ts'
import { symbolName } from '../../../src/elf/symbol-name.ts'
import { spanOf } from '../../../src/text/span.ts'
import { processorTime, soon } from '../../support/processor-time.ts'
import { openWorkshop, type Workshop } from '../../support/shared-objects.ts'

let workshop: Workshop
let libraries: readonly Uint8Array[]

const source = `
  #include <stdio.h>
  char _mLibRelease[] = "1.0.0";
  int exported(int a) { return puts("x") + a; }
  int second(void) { return exported(1); }
`

beforeAll(() => {
  workshop = openWorkshop()
  libraries = ['gnu', 'sysv'].map((style) =>
    readFileSync(workshop.compile(`lib${style}.so`, source, ['-s', `-Wl,--hash-style=${style}`])),
  )
}, 60_000)

afterAll(() => workshop.remove())

const mutation = tuple(nat(), nat({ max: 255 }))

test('a damaged library never throws and never takes long', () => {
  const runs = property(nat(), array(mutation, { maxLength: 40 }), nat(), (which, changes, cut) => {
    const original = libraries[which % libraries.length] ?? new Uint8Array(0)
    const bytes = original.slice(0, cut % 7 === 0 ? cut % original.length : original.length)
    // Most of the structure is in the first kilobytes: change these more often.
    for (const [at, value] of changes) {
      bytes[at % (at % 3 === 0 ? bytes.length : Math.min(bytes.length, 1200))] = value
    }
    readAll(bytes)
  })
  expect(processorTime(() => assert(runs, { numRuns: 5000 }))).toBeLessThan(4 * soon)
})

test('any bytes behind an ELF mark never throw', () => {
  assert(
    property(uint8Array({ maxLength: 600 }), nat({ max: 1 }), (tail, wide) => {
      readAll(Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, wide + 1, 1, ...tail))
    }),
  )
})

function readAll(bytes: Uint8Array): void {
  const { value, diagnostics } = readElf(bytesReader(bytes), spanOf({ name: 'x', text: '' }))
  expect(value === undefined).toBe(diagnostics.length > 0)
  if (!value) return
  for (const symbol of value.symbols.defined()) value.symbols.textBehind(symbol)
  for (const symbol of value.symbols.undefined()) void symbol.name
  value.symbols.find(symbolName('exported'))
  value.symbols.containsText('x')
}
