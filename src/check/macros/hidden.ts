import { inRaw } from '../../shell/place.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import type { Source } from '../../text/source.ts'
import { type Origin, spanOf, withOrigin, writtenSpan } from '../../text/span.ts'
import type { CheckedIoc } from '../types.ts'
import { type HiddenReference, hiddenReferences, writtenMacros } from './references.ts'

/** References in single quotes: macLib does not expand them (hierarchy-and-macros.md 6.3, 9). */
export function* hiddenMacros(ioc: CheckedIoc): Generator<Diagnostic> {
  yield* inDatabases(ioc)
  yield* inCommands(ioc)
}

function* inDatabases({ loads, assumed = [] }: CheckedIoc): Generator<Diagnostic> {
  const seen = new Set<Source>()
  for (const { text, includes = [] } of [...loads, ...assumed]) {
    for (const { source, from } of [text, ...includes]) {
      if (seen.has(source)) continue
      seen.add(source)
      for (const hidden of writtenMacros(source).hidden) {
        const what = textOf(source, hidden)
        const message = `${what} stands in single quotes: the IOC does not expand it`
        yield finding(source, { hidden, from, message })
      }
    }
  }
}

/**
 * Commands that run a text later, or keep one that is expanded when it is used: here single quotes
 * are what is meant. For a shell `$(...)` is a command.
 */
const meant: ReadonlySet<string> = new Set([
  ...['iocshCmd', 'iocshRun', 'iocshLoad', 'afterInit', 'afterIocRunning', 'on'],
  ...['epicsEnvSet', 'echo', 'system', 'bash', 'sh', 'atExit'],
])

function* inCommands({ outcome }: CheckedIoc): Generator<Diagnostic> {
  const seen = new Set<string>()
  for (const event of outcome?.events ?? []) {
    if (event.kind !== 'command' || meant.has(event.call.name)) continue
    const { line, name } = event.call
    if (!line.raw.includes("'")) continue
    const { source } = line.run
    for (const hidden of hiddenReferences(line.raw, { start: 0, end: line.raw.length })) {
      const key = `${source.name}\0${line.start + hidden.start}`
      const what = line.raw.slice(hidden.start, hidden.end)
      if (seen.has(key) || definesName(line.raw, what)) continue
      seen.add(key)
      yield diagnostic(
        'MACRO_QUOTED',
        `${what} stands in single quotes: ${name} gets it as it is`,
        {
          at: outcome?.places.shown(inRaw(line, hidden.start, hidden.end)),
          hint: 'use double quotes',
        },
      )
    }
  }
}

/** The list that holds the reference defines its name, too: `'P=$(S):,S=x'`. */
function definesName(line: string, what: string): boolean {
  const name = /^\$[({]([^=,)}]*)/.exec(what)?.[1] ?? ''
  return ['"', "'", ',', ' '].some((before) => line.includes(`${before}${name}=`))
}

interface Hidden {
  readonly hidden: HiddenReference
  readonly from: Origin | undefined
  readonly message: string
}

function finding(source: Source, { hidden, from, message }: Hidden): Diagnostic {
  const { quote, start, end } = hidden
  return diagnostic('MACRO_QUOTED', message, {
    at: withOrigin(writtenSpan(spanOf(source, start, end)), from),
    notes: [
      { message: 'switched off by this quote', at: writtenSpan(spanOf(source, quote, quote + 1)) },
    ],
    hint: 'use double quotes',
  })
}

function textOf({ text }: Source, { start, end }: HiddenReference): string {
  return text.slice(start, end)
}
