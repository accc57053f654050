import type { FileWatch } from '../../host/observed-files.ts'
import type { RememberedAnswers } from '../../host/remembered-answers.ts'
import { ofOneProcess } from '../../host/remembered-plans.ts'
import type { LibraryCheckInput, Registration } from '../../modules/check/input.ts'
import type { CheckLibraries } from '../../modules/check/library-check.ts'
import type { SourceReader } from '../../startup/source-reader.ts'
import type { Checker } from './checker.ts'
import { contentKey } from './content-key.ts'

/** The check of libraries, or what an earlier one said that found nothing wrong. */
export function rememberLibraries(
  answers: RememberedAnswers,
  load: () => CheckLibraries,
): CheckLibraries {
  return (input, files) => {
    const question = { topic: 'libraries', key: libraryKey(input) }
    const known = answers.find(question)
    if (isPairs<Registration>(known)) return { registrations: new Map(known), diagnostics: [] }
    const watch = answers.watch()
    const text = (path: string): string | undefined => {
      watch.ask('contents', path)
      return files.text(path)
    }
    const exists = (path: string): boolean => {
      watch.ask('state', path)
      return files.exists(path)
    }
    const found = load()(input, { ...files, text, exists })
    const asked = watch.end()
    if (found.diagnostics.length === 0) answers.keep(question, [...found.registrations], asked)
    return found
  }
}

/** All but the places that messages point to. */
function libraryKey({ base, modules, libraryPath, otherLibraries, dbdPath }: LibraryCheckInput) {
  const checked = modules.map(({ name, version, library, dbd }) => [
    name,
    version.text,
    library,
    dbd,
  ])
  const others = otherLibraries?.map(({ path, isPreloaded, behind }) => [path, isPreloaded, behind])
  return JSON.stringify([base, checked, libraryPath, others, dbdPath])
}

/** By name. */
type Pairs<Value> = readonly (readonly [name: string, value: Value])[]

/** Whoever has written it, has written values of this kind. */
function isPairs<Value>(answer: unknown): answer is Pairs<Value> {
  return Array.isArray(answer) && answer.every((one) => Array.isArray(one) && one.length === 2)
}

/** Variables of the environment that a check has asked for, and their values. */
type AskedVariables = Pairs<string | null>

/** The check of databases and commands, or nothing where an earlier one has found nothing. */
export function rememberContents(answers: RememberedAnswers, load: () => Checker): Checker {
  return (input) => {
    const { reader, outcome } = input
    const { environment } = outcome
    const key = contentKey(input)
    if (key === undefined) return load()(input)
    const question = { topic: 'contents', key }
    const isSet = ([name, value]: AskedVariables[number]): boolean =>
      variable(environment, name) === value
    const known = answers.find(question)
    if (isPairs<string | null>(known) && known.every(isSet)) return []
    const watch = answers.watch()
    const watched = watchedVariables(environment)
    const found = load()({
      ...input,
      reader: watchedReader(reader, watch),
      outcome: { ...outcome, environment: watched.environment },
    })
    const asked = watch.end()
    const variables = watched.asked()
    if (found.length === 0 && variables) answers.keep(question, variables, asked)
    return found
  }
}

type Environment = ReadonlyMap<string, string>

function variable(environment: Environment, name: string): string | null {
  return environment.get(name) ?? null
}

/** A reader keeps what it has read: that it is asked again is noted here. */
function watchedReader(reader: SourceReader, { ask }: FileWatch): SourceReader {
  return {
    read(path) {
      ask('contents', path)
      return reader.read(path)
    },
    kindOf(path) {
      ask('state', path)
      return reader.kindOf(path)
    },
    list(directory) {
      ask('names', directory)
      return reader.list(directory)
    },
    realPath(path) {
      ask('target', path)
      return reader.realPath(path)
    },
  }
}

interface WatchedVariables {
  readonly environment: Environment
  /** Nothing if all of them were looked at, or those of a session, which are others each time. */
  asked(): AskedVariables | undefined
}

function watchedVariables(variables: Environment): WatchedVariables {
  const names = new Set<string>()
  let isWhole = false
  const all = (): Environment => {
    isWhole = true
    return variables
  }
  return {
    environment: {
      get(name) {
        names.add(name)
        return variables.get(name)
      },
      has(name) {
        names.add(name)
        return variables.has(name)
      },
      get size() {
        return all().size
      },
      forEach: (call) => all().forEach(call),
      entries: () => all().entries(),
      keys: () => all().keys(),
      values: () => all().values(),
      [Symbol.iterator]: () => all().entries(),
    },
    asked() {
      if (isWhole || [...names].some((name) => ofOneProcess.has(name))) return undefined
      return [...names].map((name) => [name, variable(variables, name)] as const)
    },
  }
}
