import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { type MakeError, readMakeErrors } from '../../../build/make-output.ts'
import { type MakeVariables, readMakeVariables } from '../../../build/recipe/make-variables.ts'
import { type Diagnostic, diagnostic } from '../../../text/diagnostic.ts'
import { spanOf } from '../../../text/span.ts'
import { templatePath } from '../../package-root.ts'
import { BuildFailure } from '../failure.ts'
import { makeEnvironment, makeProgram } from '../make.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** One run of GNU make over a makefile of a user. */
export interface MakeCall {
  /** Absolute. */
  readonly cwd: string
  /** Absolute, or from `cwd`. */
  readonly makefile: string
  readonly env: Environment
  /** Those of the command line: no makefile can change them. */
  readonly variables: Readonly<Record<string, string>>
  readonly goals: readonly string[]
  /** Where the user has a file that make read as a copy. */
  original?(path: string): string
  /** Absolute: where all that it printed is kept if a rule fails. */
  readonly log?: string
}

/** How it ended. */
export interface MakeRun {
  readonly isDone: boolean
  readonly output: string
  readonly errors: readonly MakeError[]
}

/** Throws `PREREQUISITE_MISSING`. */
export async function runMake(call: MakeCall): Promise<MakeRun> {
  const { cwd, makefile, env, variables, goals } = call
  const settings = Object.entries(variables).map(([name, value]) => `${name}=${value}`)
  const { execa } = await import('execa')
  const { all, exitCode } = await execa(
    makeProgram(env),
    ['--no-print-directory', '-f', makefile, ...settings, ...goals],
    { cwd, env: makeEnvironment(env), extendEnv: false, stdin: 'ignore', reject: false, all: true },
  )
  return { isDone: exitCode === 0, output: all, errors: readMakeErrors(all) }
}

/**
 * Lets make read a makefile and returns the variables that the goal e3-print writes.
 *
 * @param file - absolute: where they are written on their way
 *
 * Throws `MAKEFILE_ERROR`, `PREREQUISITE_MISSING`.
 */
export async function printVariables(call: MakeCall, file: string): Promise<MakeVariables> {
  mkdirSync(dirname(file), { recursive: true })
  rmSync(file, { force: true })
  const run = await runMake({ ...call, variables: { ...call.variables, E3_PRINT: file } })
  if (run.isDone && existsSync(file)) return readMakeVariables(readFileSync(file, 'utf8'))
  throw new BuildFailure([makefileError(run, call)])
}

/** `MAKEFILE_ERROR`: what make says about a makefile, with its place there. */
function makefileError({ errors, output }: MakeRun, call: MakeCall): Diagnostic {
  const [first] = errors
  if (!first) {
    const makefile = resolve(call.cwd, call.makefile)
    return diagnostic('MAKEFILE_ERROR', `make does not get through ${makefile}`, {
      notes: lastLines(output),
    })
  }
  const { at, where } = placeOfError(first, call)
  const hint = first.missing?.includes('e3-print')
    ? 'a wrapper includes $(TOP)/configure/CONFIG and RULES, a module driver.makefile'
    : undefined
  return diagnostic('MAKEFILE_ERROR', `${where}make says: ${first.text}`, { at, hint })
}

/**
 * `MAKEFILE_RULE`: rules of a makefile failed, with the last that their commands said. All of it is in
 * the log.
 */
export function ruleFailure(
  errors: readonly MakeError[],
  run: MakeRun,
  call: MakeCall,
): BuildFailure {
  if (call.log !== undefined) writeFileSync(call.log, `${run.output}\n`)
  return new BuildFailure(errors.map((error) => ruleError(error, run, call)))
}

function ruleError(error: MakeError, { output }: MakeRun, call: MakeCall): Diagnostic {
  const { at, where } = placeOfError(error, call)
  const what =
    error.failed === undefined
      ? `make says: ${error.text}`
      : `the commands for ${error.failed} failed: ${error.text.replace(/^\[.*\] /, '')}`
  return diagnostic('MAKEFILE_RULE', where + what, {
    at,
    notes: [
      ...lastLines(output.split(/^(?:g?make(?:\[\d+\])?): \*\*\* /m)[0] ?? ''),
      ...(call.log === undefined ? [] : [{ message: `all it said: ${call.log}` }]),
    ],
    hint: 'are the programs that it calls installed?',
  })
}

/** As a span, else as a text in front of the message. */
function placeOfError({ file, line = 1 }: MakeError, { cwd, original }: MakeCall) {
  if (file === undefined) return { at: undefined, where: '' }
  const path = resolve(cwd, file)
  const own = original?.(path) ?? path
  const at = lineOf(own, line)
  return { at, where: at ? '' : `${own}:${line}: ` }
}

function lastLines(output: string): { message: string }[] {
  const lines = output.split('\n').filter((line) => line.trim() !== '')
  return lines.slice(-5).map((message) => ({ message }))
}

/** A line of a file without its indentation; nothing if it cannot be read. */
function lineOf(path: string, line: number) {
  if (!existsSync(path)) return undefined
  const text = readFileSync(path, 'utf8')
  const lines = text.split('\n')
  const before = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0)
  const content = lines[line - 1] ?? ''
  const start = Math.min(before + (content.length - content.trimStart().length), text.length)
  return spanOf({ name: path, text }, start, Math.max(start, start + content.trim().length))
}

/** The folder of what makefiles include; what they find there stands for e3's require. */
export const requireFolder: string = templatePath('require')

/** `MAKEFILE_PLACE`: make takes blanks, `$`, `#`, `:` and `%` in paths for its own. */
export function requirePlainPaths(paths: readonly string[]): void {
  const wrong = paths.find((path) => /[\s$#:%]/.test(path))
  if (wrong === undefined) return
  const message = `makefiles of modules cannot be read at ${wrong}`
  const hint = 'make knows no blanks, "$", "#", ":" and "%" in paths: move it'
  throw new BuildFailure([diagnostic('MAKEFILE_PLACE', message, { hint })])
}
