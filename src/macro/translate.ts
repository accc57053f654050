import { utf8Length } from './bytes.ts'
import type { Cursor, Engine, Job, Pass, Trial } from './engine.ts'
import { isFull, newOutput, type Output, write } from './output.ts'
import {
  addFinding,
  type Entry,
  type Finding,
  type Findings,
  lookUp,
  maxBytes,
  noFindings,
  popScope,
  pushScope,
  putValue,
} from './table.ts'

/** No sensible text nests deeper; macLib would go on until its stack is used up. */
const maxDepth = 400

/** Reads up to a terminator or the end and writes the expanded text (macLib: trans). */
export function translate(pass: Pass, cursor: Cursor, output: Output): void {
  const { text } = cursor
  const keepsQuotes = pass.level === 0
  let quoted = ''
  for (; cursor.at < text.length; cursor.at++) {
    const character = text.charAt(cursor.at)
    if (pass.terminators.includes(character)) return
    if (isExhausted(pass, cursor)) return
    const plain = plainAt(text, cursor.at)
    if (plain !== '') {
      write(output, plain)
      pass.engine.budget -= plain.length
      cursor.at += plain.length - 1
    } else if (quoted === '' ? character === '"' || character === "'" : character === quoted) {
      quoted = quoted === '' ? character : ''
      if (keepsQuotes) write(output, character)
    } else if (quoted !== "'" && startsReference(text, cursor.at)) {
      const start = cursor.at
      const outputStart = output.text.length
      refer(pass, cursor, output)
      pass.onReference?.({ start, end: Math.min(cursor.at + 1, text.length), outputStart })
    } else if (character === '\\' && cursor.at + 1 < text.length) {
      if (keepsQuotes) write(output, character)
      // macLib: in a full buffer the escaped character is not stepped over, so it acts again.
      if (isFull(output)) continue
      cursor.at += 1
      write(output, text.charAt(cursor.at))
    } else write(output, character)
  }
  // macLib: at the end it steps back, and the last character is looked at again as a terminator:
  // a name that ends with a protected `=` has an empty default.
  if (!keepsQuotes) cursor.at -= 1
}

/** The text up to the next character that may mean something. */
function plainAt(text: string, at: number): string {
  plainText.lastIndex = at
  return plainText.exec(text)?.[0] ?? ''
}

const plainText = /[^$"'\\=,)}]+/y

function startsReference(text: string, at: number): boolean {
  if (text.charAt(at) !== '$') return false
  const next = text.charAt(at + 1)
  return next === '(' || next === '{'
}

/** Gives up on texts that grow or nest without end; the rest of the text is dropped. */
function isExhausted(pass: Pass, cursor: Cursor): boolean {
  const { engine, level } = pass
  engine.budget -= 1
  if (engine.budget >= 0 && level <= maxDepth) return false
  giveUp(pass, cursor)
  return true
}

function giveUp({ job, within }: Pass, cursor: Cursor): void {
  addFinding(job.findings, { kind: 'endless', name: within ?? '', within })
  job.findings.bad = true
  cursor.at = cursor.text.length
}

/**
 * One reference, the cursor on its `$`; afterwards on the closing bracket or at the end of the
 * text (macLib: refer).
 */
function refer(pass: Pass, cursor: Cursor, output: Output): void {
  const { table } = pass.engine
  const close = cursor.text.charAt(cursor.at + 1) === '(' ? ')' : '}'
  const inner: Pass = { ...inside(pass), terminators: `=,${close}` }
  const rest: Pass = { ...inner, terminators: `,${close}` }
  cursor.at += 2
  const name = readPart(inner, cursor)
  const fallback = at(cursor) === '=' ? skipDefault(rest, cursor) : undefined
  const scoped = at(cursor) === ','
  if (scoped) {
    pass.engine.trials.clear()
    pushScope(table)
    defineScoped(inner, rest, cursor)
  }
  substitute(rest, { name, fallback }, output)
  if (scoped) {
    popScope(table)
    pass.engine.trials.clear()
  }
}

function inside({ onReference: _, ...pass }: Pass): Pass {
  return { ...pass, level: pass.level + 1 }
}

function at(cursor: Cursor): string {
  return cursor.text.charAt(cursor.at)
}

/** A name, or the value of a scoped definition: at most 256 bytes. */
function readPart(pass: Pass, cursor: Cursor): string {
  const { exact } = pass.engine.table
  const part = newOutput(exact ? maxBytes : undefined)
  translate({ ...pass, isTrial: false }, cursor, part)
  // Names of names of names may double with each level.
  pass.engine.budget -= part.text.length
  if (exact ? part.isCut : utf8Length(part.text) > maxBytes) noteCut(pass, part.text)
  return part.text
}

function noteCut({ engine, job, within }: Pass, name: string): void {
  engine.trials.clear()
  addFinding(job.findings, { kind: 'cut', name, within })
}

/**
 * Steps over the default and says where it starts. macLib: this scan writes to a buffer of no size,
 * so a backslash does not protect the bracket here, though it does when the default is used.
 */
function skipDefault(pass: Pass, cursor: Cursor): Cursor {
  cursor.at += 1
  const start: Cursor = { ...cursor }
  const { engine } = pass
  const known = engine.trials.get(cursor.text)?.get(cursor.at)
  if (known) {
    cursor.at = known.end
    charge(pass, known, cursor)
    return start
  }
  const before = engine.budget
  const job: Job = { type: 'default value', name: '', findings: noFindings() }
  const trial: Pass = { ...pass, job, isTrial: true }
  quietly(engine, () => translate(trial, cursor, newOutput(0)))
  mergeTrial(pass.job.findings, job.findings, ['endless'])
  const trials = engine.trials.get(cursor.text) ?? new Map<number, Trial>()
  const found = { end: cursor.at, work: before - engine.budget }
  engine.trials.set(cursor.text, trials.set(start.at, found))
  return start
}

/** Work that macLib does once more and that is spared here: it may be more than it ever ends. */
function charge(pass: Pass, { work }: Trial, cursor: Cursor): void {
  pass.engine.budget -= work
  if (pass.engine.budget < 0) giveUp(pass, cursor)
}

/** The `,name=value` items of a reference, in a scope of their own; bad ones are no error here. */
function defineScoped(inner: Pass, rest: Pass, cursor: Cursor): void {
  const { engine } = inner
  const job: Job = { type: 'scoped macro', name: '', findings: noFindings() }
  quietly(engine, () => {
    while (at(cursor) === ',') {
      const comma = cursor.at
      cursor.at += 1
      const name = readPart({ ...inner, job }, cursor)
      // macLib: a comma at the very end of the text is read again and again, for ever.
      if (cursor.at === comma) return giveUp(inner, cursor)
      if (at(cursor) !== '=') continue
      cursor.at += 1
      putValue(engine.table, name, readPart({ ...rest, job }, cursor))
    }
  })
  for (const used of job.findings.used) inner.job.findings.used.add(used)
  mergeTrial(inner.job.findings, job.findings, ['endless', 'cut'])
}

/** Of a trial only what holds whether or not its result is good. */
function mergeTrial(into: Findings, from: Findings, kinds: readonly Finding['kind'][]): void {
  const problems = from.problems.filter(({ kind }) => kinds.includes(kind))
  for (const problem of problems) addFinding(into, problem)
  into.bad ||= problems.some(({ kind }) => kind === 'endless')
}

function quietly(engine: Engine, action: () => void): void {
  const { quiet } = engine
  engine.quiet = true
  action()
  engine.quiet = quiet
}

/** Writes the value of a macro, its default, or the mark of a bad reference. */
function substitute(
  pass: Pass,
  { name, fallback }: { readonly name: string; readonly fallback: Cursor | undefined },
  output: Output,
): void {
  const { engine, job } = pass
  job.findings.used.add(name)
  const entry = lookUp(engine.table, name)
  if (entry && !entry.visited) writeValue(pass, entry, output)
  else if (!entry && fallback) {
    const trial = engine.trials.get(fallback.text)?.get(fallback.at)
    // A trial within a trial has just been there.
    if (pass.isTrial && trial) charge(pass, trial, fallback)
    else translate(pass, fallback, output)
  } else writeMark(pass, { name, entry }, output)
}

function writeValue(pass: Pass, entry: Entry, output: Output): void {
  const { engine, job } = pass
  if (!engine.table.dirty) {
    engine.budget -= entry.value.length
    write(output, entry.value)
    merge(job.findings, entry.findings)
    return
  }
  // A variable just copied from the environment: from the next text on its value is cut.
  if (entry.type === 'environment variable') merge(job.findings, entry.findings)
  entry.visited = true
  const value: Pass = { ...pass, terminators: '', within: entry.name }
  translate(value, { text: entry.raw, at: 0 }, output)
  entry.visited = false
}

/** A reference to nothing or to a value that is at work: it stays, with round brackets. */
function writeMark(
  { engine, job, within }: Pass,
  { name, entry }: { readonly name: string; readonly entry: Entry | undefined },
  output: Output,
): void {
  const kind = entry ? 'recursive' : 'undefined'
  job.findings.bad = true
  addFinding(job.findings, { kind, name, within })
  write(output, `$(${name}${engine.quiet ? '' : `,${kind}`})`)
  if (engine.quiet) return
  // macLib: for a loop the text at work is called recursive, not the macro that was named.
  engine.warnings.push(
    entry
      ? { kind, type: job.type, name: job.name, expanding: { type: entry.type, name: entry.name } }
      : { kind, type: 'macro', name, expanding: { type: job.type, name: job.name } },
  )
}

function merge(into: Findings, from: Findings): void {
  into.bad ||= from.bad
  for (const problem of from.problems) addFinding(into, problem)
  for (const name of from.used) into.used.add(name)
}
