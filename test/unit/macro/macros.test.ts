import { expect, test } from 'vitest'
import { createMacros, expandEnvironment } from '../../../src/macro/macros.ts'
import type { MacroOptions } from '../../../src/macro/types.ts'

function expand(text: string, list = '', options: MacroOptions = {}) {
  const macros = createMacros(options)
  macros.define(list)
  return macros.expand(text)
}

test.each([
  ['$(A)', 'A=1', '1'],
  ['$(A', 'A=1', '1'],
  ["'$(A)' $(A)", 'A=1', "'$(A)' 1"],
  ['$(A,B=2)', 'A=<$(B)>', '<2>'],
  ['$(X=a$(A))', 'A=1', 'a1'],
  ['$(A)', 'A="$(B) c",B=b', 'b c'],
])('%j with %j', (text, list, expected) => {
  expect(expand(text, list)).toMatchObject({ text: expected, ok: true, status: expected.length })
})

test.each([
  ['a $(X) b', '', { kind: 'undefined', name: 'X', start: 2, end: 6 }],
  ['a $(A) b', 'A=$(X)', { kind: 'undefined', name: 'X', within: 'A', start: 2, end: 6 }],
  ['a $(B) b', 'A=$(X),B=$(A)', { kind: 'undefined', name: 'X', within: 'A', start: 2, end: 6 }],
  ['ö$(A)', 'A=$(A)', { kind: 'recursive', name: 'A', within: 'A', start: 1, end: 5 }],
  ['$($(X)A)', 'A=1', { kind: 'undefined', name: 'X', start: 0, end: 8 }],
  ['$(A,B=$(X))', 'A=$(B)', { kind: 'undefined', name: 'X', within: 'B', start: 0, end: 11 }],
])('%j with %j is bad', (text, list, problem) => {
  for (const limits of ['exact', 'off'] as const) {
    const expansion = expand(text, list, { limits })
    expect(expansion.ok).toBe(false)
    expect(expansion.status).toBeLessThan(0)
    expect(expansion.problems[0]).toEqual(problem)
  }
})

test('a bad value is a problem of every text that uses it, though macLib warns only once', () => {
  const macros = createMacros()
  macros.define('A=$(X),B=2')
  expect(macros.expand('$(B)')).toMatchObject({ ok: true, problems: [], warnings: [{ name: 'X' }] })
  expect(macros.expand('.$(A)')).toMatchObject({
    ok: false,
    warnings: [],
    problems: [{ kind: 'undefined', name: 'X', within: 'A', start: 1, end: 5 }],
  })
})

test('a long variable of the environment is reported at its first use', () => {
  const macros = createMacros({ environment: () => 'x'.repeat(300) })
  const expected = [{ kind: 'cut', name: 'L', within: 'L', start: 1, end: 5 }]
  expect(macros.expand('[$(L)]').problems).toEqual(expected)
  expect(macros.expand('[$(L)]').problems).toEqual(expected)
})

test('what would be cut is reported, not cut', () => {
  const value = 'v'.repeat(300)
  expect(expand('x $(A)', `A=${value}`)).toMatchObject({
    text: `x ${value}`,
    ok: true,
    problems: [{ kind: 'cut', name: 'A', start: 2, end: 6 }],
  })
  expect(expand(`$(${value}=d)`)).toMatchObject({
    text: 'd',
    problems: [{ kind: 'cut', name: value, start: 0 }],
  })
})

test.each(['$(A,', '$(A,B=1,', '$(X\\,', "$(X='$(A,"])('%j: macLib would never return', (text) => {
  const { ok, problems } = expand(text, 'A=1')
  expect(ok).toBe(false)
  expect(problems).toContainEqual(expect.objectContaining({ kind: 'endless' }))
})

test.each([
  ['$(A$(B))', ['undefined B']],
  ['$(A$(B)$(C))', ['undefined B', 'undefined C']],
  ['$(A$(L))', ['recursive L']],
  ['$(A$(B)) $(D)', ['undefined B', 'undefined D']],
  ['$(A\\$(B))', ['undefined A$(B']],
  ['$()', ['undefined ']],
  ['$('.repeat(1000), ['endless ']],
])('%#: what follows from a problem is none', (text, expected) => {
  const { ok, problems } = expand(text, 'L=$(L)')
  expect(ok).toBe(false)
  expect(problems.map(({ kind, name }) => `${kind} ${name}`)).toEqual(expected)
})

test('an endless value is a problem of every text', () => {
  const macros = createMacros()
  macros.put('A', '$(B,')
  expect(macros.expand('plain')).toMatchObject({
    ok: false,
    problems: [{ kind: 'endless', name: 'A', within: 'A' }],
  })
})

test('values that grow without end are given up', () => {
  const names = Array.from({ length: 40 }, (_, index) => `N${index}`)
  const list = names.map((name, index) => `${name}=$(N${index + 1})$(N${index + 1})`).join(',')
  expect(expand('$(N0)', list).problems.map(({ kind }) => kind)).toContain('endless')
  expect(expand('$('.repeat(100_000)).problems.map(({ kind }) => kind)).toContain('endless')
})

test('the names that were looked up are known, also behind values', () => {
  const environment = (name: string) => (name === 'E' ? '$(B)' : undefined)
  const { used } = expand('$(A) $(E) $(D=$(F=x)) $(N,S=$(G=))', 'A=$(C=1),B=2,C=3,N=n,U=5', {
    environment,
  })
  expect([...used].sort()).toEqual(['A', 'B', 'C', 'D', 'E', 'F', 'G', 'N'])
})

test('references know where they were and what they became', () => {
  const { references, text } = expand('ä $(A)$(B=x) \\$(A)', 'A=ööö', { limits: 'exact' })
  expect(text).toBe('ä öööx \\$(A)')
  expect(references).toEqual([
    { start: 2, end: 6, outputStart: 2, outputEnd: 5 },
    { start: 6, end: 12, outputStart: 5, outputEnd: 6 },
  ])
})

test('a scope hides and gives back; the outermost one cannot be left', () => {
  const macros = createMacros()
  macros.pop()
  macros.put('A', '1')
  macros.push()
  macros.put('A', '2')
  expect(macros.expand('$(A)').text).toBe('2')
  expect(macros.raw('A')).toBe('2')
  macros.pop()
  macros.pop()
  expect(macros.expand('$(A)').text).toBe('1')
})

test('a name of the environment is copied when it is first used', () => {
  const environment = new Map([['E', 'old']])
  const macros = createMacros({ environment: (name) => environment.get(name) })
  expect(macros.raw('E')).toBe('old')
  expect(macros.expand('$(E)').text).toBe('old')
  environment.set('E', 'new')
  expect(macros.expand('$(E)').text).toBe('old')
  macros.remove('E')
  expect(macros.expand('$(E)').text).toBe('new')
})

test('with the environment alone a bad text gives nothing', () => {
  const environment = (name: string) => (name === 'E' ? 'e' : undefined)
  expect(expandEnvironment('$(E)/$(X=x)', { environment }).text).toBe('e/x')
  const bad = expandEnvironment('$(E)/$(X)', { environment })
  expect(bad.text).toBeUndefined()
  expect(bad.expansion.problems).toMatchObject([{ name: 'X', start: 5 }])
})

test('exact: a long line is tried with ever larger buffers, each try warns', () => {
  const macros = createMacros({ limits: 'exact' })
  const text = `${'x'.repeat(600)}$(A)`
  macros.define('A=<$(B=2)>')
  expect(macros.expandGrowing(text)).toMatchObject({ status: 603, text: `${'x'.repeat(600)}<2>` })
})

test.each([
  ['few defaults in defaults', 6, []],
  // macLib does twice the work for each: it would take longer than anybody waits.
  ['many', 200, ['endless']],
])('%s', (_title, count, kinds) => {
  const { problems, text } = createMacros().expand(`${'$(A='.repeat(count)}x${')'.repeat(count)}`)
  expect(problems.map(({ kind }) => kind)).toEqual(kinds)
  expect(text).toBe(kinds.length === 0 ? 'x' : '')
})

test('where a default ends is found again in another scope', () => {
  const macros = createMacros()
  macros.put('B', 'b')
  expect(macros.expand('$(A=$(C=$(B)))-$(A=$(C=$(B)),B=2)-$(A=$(C=$(B)))').text).toBe('b-2-b')
})
