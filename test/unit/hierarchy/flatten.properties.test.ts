import fc from 'fast-check'
import { expect, test } from 'vitest'
import { flattenTexts } from '../../support/hierarchy.ts'

/** A part of a text: characters, a macro, or a port of an instance. */
type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'macro'; readonly name: string }
  | { readonly kind: 'port'; readonly instance: number; readonly port: string }

type Text = readonly Part[]

/** One level of a hierarchy: it expands the next one, some instances, and has records and ports. */
interface Level {
  readonly records: readonly Text[]
  readonly ports: Readonly<Record<string, Text>>
  readonly instances: readonly Readonly<Record<string, Text>>[]
}

const names = ['A', 'B', 'C']
const ports = ['p', 'q']

const partOf = (instances: number): fc.Arbitrary<Part> =>
  fc.oneof(
    fc.record({
      kind: fc.constant('text' as const),
      text: fc.constantFrom('x', 'y:', '.', ' ', '$', ')'),
    }),
    fc.record({ kind: fc.constant('macro' as const), name: fc.constantFrom(...names) }),
    ...(instances > 0
      ? [
          fc.record({
            kind: fc.constant('port' as const),
            instance: fc.nat(instances - 1),
            port: fc.constantFrom(...ports),
          }),
        ]
      : []),
  )

const textOf = (instances: number) => fc.array(partOf(instances), { maxLength: 4 })

/** Macros of an instance use ports of later ones only: without loops. */
const levelOf = (isLast: boolean): fc.Arbitrary<Level> =>
  fc.nat(isLast ? 0 : 3).chain((count) =>
    fc.record({
      records: fc.array(textOf(count), { maxLength: 3 }),
      ports: fc.record({ p: textOf(count), q: textOf(count) }),
      instances: fc.tuple(
        ...Array.from({ length: count }, (_, index) =>
          fc.dictionary(
            fc.constantFrom(...names),
            textOf(count - index - 1).map((parts) =>
              parts.map((part) =>
                part.kind === 'port' ? { ...part, instance: part.instance + index + 1 } : part,
              ),
            ),
            { maxKeys: 3 },
          ),
        ),
      ),
    }),
  )

const hierarchies = fc.tuple(levelOf(false), levelOf(false), levelOf(true))

function written(text: Text): string {
  return text
    .map((part) => {
      if (part.kind === 'text') return part.text
      return part.kind === 'macro' ? `$(${part.name})` : `$(i${part.instance}.${part.port})`
    })
    .join('')
}

const recordOf = (text: string): string => `record(ai, "r") {\n  field(DESC, "${text}")\n}\n`

function filesOf(levels: readonly Level[], turn: <T>(list: readonly T[]) => T[]) {
  return Object.fromEntries(
    levels.map((level, depth): [string, string] => {
      const ups = ports.map((port) => `port(${port}, "${written(level.ports[port] ?? [])}")`)
      const expands = level.instances.map((macros, index) => {
        const downs = Object.entries(macros).map(
          ([name, text]) => `macro(${name}, "${written(text)}")`,
        )
        return `expand("l${depth + 1}.vdb", i${index}) {\n${downs.join('\n')}\n}\n`
      })
      const records = level.records.map((text) => recordOf(written(text)))
      const body = [`template() { ${ups.join(' ')} }\n`, ...records, ...turn(expands)]
      return [depth === 0 ? 'main.vdb' : `l${depth}.vdb`, body.join('')]
    }),
  )
}

interface Scope {
  readonly depth: number
  readonly macros: Readonly<Record<string, Text>>
  readonly parent: Scope | undefined
}

/** The rules of the design document as they are told, with nothing kept. */
function naive(levels: readonly Level[]): string[] {
  const found: string[] = []
  const write = (scope: Scope): void => {
    const level = levels[scope.depth]
    for (const text of level?.records ?? []) found.push(value(text, scope))
    for (const macros of level?.instances ?? []) {
      write({ depth: scope.depth + 1, macros, parent: scope })
    }
  }
  const value = (text: Text, scope: Scope): string =>
    text.map((part) => valueOfPart(part, scope)).join('')
  const valueOfPart = (part: Part, scope: Scope): string => {
    if (part.kind === 'text') return part.text
    if (part.kind === 'macro') {
      const text = scope.macros[part.name]
      return text && scope.parent ? value(text, scope.parent) : `$(${part.name})`
    }
    const macros = levels[scope.depth]?.instances[part.instance] ?? {}
    const inner: Scope = { depth: scope.depth + 1, macros, parent: scope }
    return value(levels[inner.depth]?.ports[part.port] ?? [], inner)
  }
  write({ depth: 0, macros: {}, parent: undefined })
  return found
}

function fieldsOf(files: Record<string, string>): string[] {
  const { text, diagnostics } = flattenTexts(files)
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  return [...text.matchAll(/field\(DESC, "(.*)"\)/g)].map(([, value = '']) => value)
}

const asIs = <T>(list: readonly T[]): T[] => [...list]

test('random hierarchies agree with a naive reading of the rules', () => {
  fc.assert(
    fc.property(hierarchies, (levels) => {
      expect(fieldsOf(filesOf(levels, asIs))).toEqual(naive(levels))
    }),
    { numRuns: 500 },
  )
}, 20_000)

test('the order of expands does not change values', () => {
  fc.assert(
    fc.property(hierarchies, (levels) => {
      const turned = filesOf(levels, (list) => list.toReversed())
      expect(fieldsOf(turned).sort()).toEqual(fieldsOf(filesOf(levels, asIs)).sort())
    }),
  )
})

test('what is flat stays as it is', () => {
  fc.assert(
    fc.property(hierarchies, (levels) => {
      const { text } = flattenTexts(filesOf(levels, asIs), { markers: true })
      expect(flattenTexts({ 'main.vdb': text }).text).toBe(text)
    }),
  )
})

test('each character was written where it is said, or a reference made it', () => {
  fc.assert(
    fc.property(hierarchies, (levels) => {
      const { text, origins } = flattenTexts(filesOf(levels, asIs), { origins: true })
      for (let at = 0; at < text.length; at++) {
        const { source, start, end } = origins?.writtenAt(at, at + 1) ?? { start: 0, end: 0 }
        const written = source?.text.slice(start, end) ?? ''
        if (/\w/.test(text.charAt(at)) && !written.startsWith('$(')) {
          expect(written).toBe(text.charAt(at))
        }
      }
    }),
    { numRuns: 50 },
  )
})
