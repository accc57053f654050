import { baseName, directoryOf } from '../text/paths.ts'
import type { RecipeFlags } from './recipe.ts'
import { type Language, languageOf } from './source-language.ts'
import type { Toolchain } from './toolchain.ts'

/** All commands that make the library of a module; plain data, in an order that works. */
export interface BuildGraph {
  readonly steps: readonly BuildStep[]
  /** `lib<module>.so`; absent for a module without sources. */
  readonly library?: string
}

/** One command. Paths are absolute, or start in the folder of the module, where commands run. */
export interface BuildStep {
  readonly kind: 'preprocess' | 'translate' | 'compile' | 'link'
  readonly output: string
  /** Known before; those that a compiler finds itself are in its dependency file. */
  readonly inputs: readonly string[]
  readonly command: readonly string[]
  /** Written by the compiler: the headers that it read. */
  readonly dependencyFile?: string
  /** Everything that the command prints. */
  readonly log: string
  /** What is said while it runs: the path of the source, the name of the library. */
  readonly subject: string
}

/** What a graph is made from. */
export interface GraphInput {
  readonly module: string
  /** Relative to the folder of the module: where results go, `.e3/linux-x86_64`. */
  readonly output: string
  readonly sources: readonly string[]
  /** Made by us, below `output`. */
  readonly generated: readonly string[]
  /** Folders with headers of the module, in the order of the search. */
  readonly includes: readonly string[]
  /** Those of the modules that are required; base follows. */
  readonly foreign: readonly string[]
  readonly flags: Omit<RecipeFlags, 'includes'>
  /** Files that flags of the linker name: objects, archives, version scripts. */
  readonly linked: readonly string[]
  readonly toolchain: Toolchain
  /** The translator of state notation, with its flags; empty if there is no such source. */
  readonly snc: readonly string[]
}

export function buildGraph(input: GraphInput): BuildGraph {
  const { module, output, sources, generated, linked, toolchain, flags } = input
  const all = [...sources, ...generated]
  if (all.length === 0) return { steps: [] }
  const steps = all.flatMap((source) => stepsOf(input, source))
  const objects = steps.filter(({ kind }) => kind === 'compile').map((step) => step.output)
  const library = `${output}/objects/lib${module}.so`
  const link: BuildStep = {
    kind: 'link',
    output: library,
    inputs: [...objects, ...linked],
    command: [
      ...toolchain.cxx,
      ...['-shared', '-fPIC', '-o', library, ...objects],
      ...toolchain.ldflags,
      ...flags.ldflags,
      ...flags.libraries.map((name) => `-l${name}`),
      // What is not used is not needed: an IOC without PVA need not have its libraries.
      ...['-Wl,--as-needed', ...toolchain.libs],
    ],
    log: `${library}.log`,
    subject: baseName(library),
  }
  return { steps: [...steps, link], library }
}

function stepsOf(input: GraphInput, source: string): BuildStep[] {
  const language = languageOf(source)
  if (language !== 'snl') return [compile(input, source, language ?? 'c')]
  const before = source.endsWith('.st') ? [preprocess(input, source)] : []
  const translated = translate(input, before[0]?.output ?? source)
  return [...before, translated, compile(input, translated.output, 'c')]
}

/** driver.makefile: `.st` goes through the preprocessor, `.stt` does not. */
function preprocess(input: GraphInput, source: string): BuildStep {
  const { output, toolchain, flags } = input
  const target = `${output}/objects/${safePath(source)}.i`
  return {
    kind: 'preprocess',
    output: target,
    inputs: [source],
    command: [
      ...[...toolchain.cc, '-E', '-x', 'c', ...toolchain.cppflags, ...flags.cppflags],
      ...includeFlags(input),
      ...['-MD', '-MF', `${target}.d`, '-o', target, asPath(source)],
    ],
    dependencyFile: `${target}.d`,
    log: `${target}.log`,
    subject: source,
  }
}

function translate({ output, snc }: GraphInput, source: string): BuildStep {
  const target = `${output}/objects/${safePath(withoutPrefix(source, `${output}/objects/`))}.c`
  return {
    kind: 'translate',
    output: target,
    inputs: [source, ...snc.slice(0, 1)],
    command: [...snc, '-o', target, asPath(source)],
    log: `${target}.log`,
    subject: source,
  }
}

function compile(input: GraphInput, source: string, language: Language): BuildStep {
  const { output, toolchain, flags } = input
  const object = `${output}/objects/${safePath(withoutPrefix(withoutPrefix(source, `${output}/objects/`), `${output}/`))}.o`
  const dependencyFile = object.replace(/o$/, 'd')
  const isC = language === 'c'
  return {
    kind: 'compile',
    output: object,
    inputs: [source],
    command: [
      ...toolchain.launcher,
      ...(isC ? toolchain.cc : toolchain.cxx),
      ...['-fPIC', '-O2', '-g', '-Wall'],
      ...toolchain.cppflags,
      ...(isC ? toolchain.cflags : toolchain.cxxflags),
      ...flags.cppflags,
      ...(isC ? flags.cflags : flags.cxxflags),
      ...includeFlags(input),
      ...['-MD', '-MF', dependencyFile, '-c', '-o', object, asPath(source)],
    ],
    dependencyFile,
    log: `${object}.log`,
    subject: source,
  }
}

/** A path that make takes as it is; where it had to be changed, it gets something of its own. */
function safePath(path: string): string {
  const safe = path.replace(/(^|\/)\.\.?(?=\/)/g, '$1_').replace(/[^A-Za-z0-9_.+/-]|^[/-]/g, '_')
  return safe === path ? safe : `${safe}-${checksum(path)}`
}

/** Adler-32, as hexadecimal digits: two paths of one module do not meet by accident. */
function checksum(text: string): string {
  let [a, b] = [1, 0]
  for (const character of text) {
    a = (a + (character.codePointAt(0) ?? 0)) % 65521
    b = (b + a) % 65521
  }
  return (b * 65536 + a).toString(16)
}

/** Nobody here can mend what is wrong with the headers of others: no warnings about them. */
function includeFlags({ includes, foreign, toolchain }: GraphInput): string[] {
  const own = includes.map((folder) => `-I${folder}`)
  return [
    ...own,
    ...foreign.flatMap((folder) => ['-isystem', folder]),
    ...toolchain.includes.flatMap(asSystem),
  ]
}

function withoutPrefix(path: string, prefix: string): string {
  return path.startsWith(prefix) ? path.slice(prefix.length) : path
}

function asSystem(flag: string): string[] {
  return flag.startsWith('-I') ? ['-isystem', flag.slice(2)] : [flag]
}

/** A path that no program takes for an option. */
function asPath(path: string): string {
  return path.startsWith('-') ? `./${path}` : path
}

/** The folders of files, each once, in their order; `.` is the folder of the module. */
export function foldersOf(files: readonly string[]): string[] {
  return [...new Set(files.map((file) => (file.includes('/') ? directoryOf(file) : '.')))]
}
