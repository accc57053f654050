import type { ArgumentDefinition } from '../../elf/command-definitions.ts'
import { toDouble, toInteger } from '../../shell/arguments.ts'
import type { CommandCall, Word } from '../../shell/types.ts'
import type { WalkOutcome } from '../../startup/walk-types.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import type { IocRule } from '../types.ts'
import { commandCalls } from './calls.ts'
import { refusedValue } from './refused-value.ts'
import type { CommandTable } from './table.ts'

/**
 * Words that a command cannot take. iocsh.cpp converts arguments one after the other; at the first
 * one that is wrong it prints an error and does not run the command. Words beyond the last argument
 * it ignores without a word.
 */
export function commandArguments({ commands }: CommandTable): IocRule {
  return function* ({ outcome }) {
    for (const { call } of commandCalls(outcome)) {
      const definition = commands.get(call.name)?.arguments
      if (!outcome) continue
      yield* missing(call, outcome)
      yield* refusedValue(call, outcome)
      if (!definition) continue
      yield* wrongTypes(call, definition, outcome)
      yield* extra(call, definition, outcome)
    }
  }
}

function* wrongTypes(
  call: CommandCall,
  definition: readonly ArgumentDefinition[],
  { places }: WalkOutcome,
): Generator<Diagnostic> {
  for (const [index, argument] of definition.entries()) {
    const word = call.words[index + 1]
    const problem = word && problemOf(word, argument)
    if (!problem) continue
    const message = `${call.name}: argument "${argument.name}" is ${problem}: the IOC does not run the command`
    yield diagnostic('ARGUMENT_TYPE', message, {
      at: places.of(call.line, word),
      hint: `usage: ${usage(call.name, definition)}`,
    })
    return
  }
}

function problemOf({ text }: Word, { type }: ArgumentDefinition): string | undefined {
  switch (type) {
    case 'int':
      return numberProblem(text, toInteger(text), 'an integer')
    case 'double':
      return numberProblem(text, toDouble(text), 'a number')
    case 'pdbbase':
      return text === '' || text === 'pdbbase' || text.startsWith('0')
        ? undefined
        : `always pdbbase, not "${text}"`
    default:
      return undefined
  }
}

function numberProblem(
  text: string,
  converted: ReturnType<typeof toInteger>,
  what: string,
): string | undefined {
  if (!('error' in converted)) return undefined
  return converted.error === 'illegal'
    ? `${what}, not "${text}"`
    : `${what} of 64 bits, "${text}" is too big`
}

function* extra(
  call: CommandCall,
  definition: readonly ArgumentDefinition[],
  { places }: WalkOutcome,
): Generator<Diagnostic> {
  const { name, words, line } = call
  if (name === '#' || definition.at(-1)?.type === 'argv') return
  const spare = words.slice(definition.length + 1)
  const [first] = spare
  const last = spare.at(-1)
  if (!first || !last || spare.every(({ text }) => text === '')) return
  const takes = definition.length === 1 ? '1 argument' : `${definition.length || 'no'} arguments`
  const isComment = first.text.startsWith('#')
  const ignored = isComment ? 'the comment' : quoted(spare)
  yield diagnostic('ARGUMENT_EXTRA', `${name} takes ${takes}: ${ignored} is ignored`, {
    at: places.of(line, { ...first, end: last.end }),
    // Nothing is lost but a remark.
    severity: name === 'echo' || isComment ? 'info' : 'warning',
    hint: isComment ? 'a comment needs a line of its own' : remedyFor(call, spare),
  })
}

function remedyFor({ name, words, line }: CommandCall, spare: readonly Word[]): string {
  if (spare.length === words.length - 1) return `usage: ${name}`
  // A number behind a comma is no part of a text that lacks its quotes.
  const start = words.at(-spare.length - 1)?.end
  const isList =
    /^"?\s*,/.test(line.text.slice(start)) && spare.every(({ text }) => number.test(text))
  if (isList) return `take ${spare.length === 1 ? 'it' : 'them'} away`
  return 'text with blanks, commas or brackets must be in double quotes'
}

const number = /^[\d.+-]+$/

function quoted(words: readonly Word[]): string {
  return words.map(({ text }) => `"${text}"`).join(', ')
}

function usage(name: string, definition: readonly ArgumentDefinition[]): string {
  const words = definition.map((one) => (/\s/.test(one.name) ? `'${one.name}'` : one.name))
  return [name, ...words].join(' ')
}

/**
 * Words without which base prints its usage or fails: softIocPVA 7.0.10. Names of records and files
 * only; other commands take what is missing as a default.
 */
const needed: Readonly<Record<string, number>> = {
  dbLoadDatabase: 1,
  dbLoadRecords: 1,
  dbLoadTemplate: 1,
  dbgf: 1,
  dbpf: 2,
  dbpr: 1,
  dbtgf: 1,
  dbtpf: 2,
  dbtr: 1,
}

function* missing({ name, words, line }: CommandCall, { places }: WalkOutcome) {
  const wanted = Object.hasOwn(needed, name) ? (needed[name] ?? 0) : 0
  const given = words.length - 1
  if (given >= wanted) return
  const what = wanted === 1 ? 'an argument' : `${wanted} arguments`
  const message = `${name} needs ${what}, ${given === 0 ? 'none' : given} given: the IOC would print its usage`
  yield diagnostic('ARGUMENT_MISSING', message, {
    at: places.of(line),
    hint: `its usage: iocsh -c 'help ${name}' -c exit`,
  })
}
