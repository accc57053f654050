import { resolve } from 'node:path'
import type { Argument } from '../../startup/request.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { quoteShellWord } from '../../text/shell-words.ts'
import { argumentsOf } from '../iocsh/argument-source.ts'
import { type FileWord, groupWords, type IocWord, iocWord } from './file-words.ts'
import { nameableFiles } from './nameable.ts'
import { isInputWord, type Overlay, standardInput } from './standard-input.ts'
import { filesOf, isNamedFile, type NamedFile } from './targets.ts'

/** What the user wrote, for all commands that look at IOCs. */
export interface InputWords {
  /** `e3 check`, as messages show it. */
  readonly command: string
  readonly words: readonly string[]
  readonly ioc?: readonly string[]
  readonly require?: readonly string[]
  readonly modulePath?: readonly string[]
  readonly stdinName?: string | undefined
  /** Macros belong to the one file before them only. */
  readonly hasOwnMacros?: boolean
  /** The command is about records. */
  readonly needsRecords?: boolean
}

/** The words with their places. */
export interface Arguments {
  readonly files: readonly FileWord[]
  readonly iocs: readonly IocWord[]
  readonly requires: readonly Argument[]
  readonly modulePaths: readonly Argument[]
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Takes the words apart.
 *
 * Errors: `OPTION_VALUE` for macros that belong to no file, for words that are empty, which a
 * variable of a shell without a value makes (as a folder they would be the present one), for files
 * without records where these are wanted, and for a name of standard input that is empty, or where
 * that is not read.
 */
export function readWords({ command, words, ...options }: InputWords): Arguments {
  const { ioc = [], require = [], modulePath = [] } = options
  const flagged = [
    ...ioc.flatMap((value) => ['--ioc', value]),
    ...require.flatMap((value) => ['-r', value]),
    ...modulePath.flatMap((value) => ['-l', value]),
  ]
  const all = argumentsOf(command, [...flagged, ...words])
  const values = all.slice(0, flagged.length).filter((_, index) => index % 2 === 1)
  const { files, common } = groupWords(all.slice(flagged.length), options.hasOwnMacros)
  const iocs = values.slice(0, ioc.length).map((value) => iocWord(value, common))
  const named = [...iocs, ...files]
  const [first] = named.length > 0 ? [] : common
  const message = `there is no file for the macro ${first?.name}`
  return {
    files,
    iocs,
    requires: values.slice(ioc.length, ioc.length + require.length),
    modulePaths: values.slice(ioc.length + require.length),
    diagnostics: [
      ...(first
        ? [diagnostic('OPTION_VALUE', message, { at: first.at, hint: `see ${command} --help` })]
        : []),
      ...files.filter(({ text }) => text === '').map(emptyWord),
      ...wrongInputName(named, options),
      ...(options.needsRecords ? files.flatMap((file) => withoutRecords(file, options)) : []),
    ],
  }
}

/** The name would have no effect, or there is none. */
function wrongInputName(
  files: readonly Argument[],
  { stdinName }: Pick<InputWords, 'stdinName'>,
): Diagnostic[] {
  if (stdinName === '') {
    const hint = 'name the file that standard input is, or leave out --stdin-name'
    return [diagnostic('OPTION_VALUE', 'the name of standard input is empty', { hint })]
  }
  if (stdinName === undefined || files.some(isInputWord)) return []
  const message = `--stdin-name ${stdinName} is for standard input, which is not among the files`
  return [diagnostic('OPTION_VALUE', message, { hint: 'add it: -' })]
}

function emptyWord({ at }: Argument): Diagnostic {
  const hint = 'name a file, or . for the present folder'
  return diagnostic('OPTION_VALUE', 'the name of a file is empty', { at, hint })
}

/** Such a file would be seen as one that is empty. */
function withoutRecords(
  { text, at }: Argument,
  { stdinName }: Pick<InputWords, 'stdinName'>,
): Diagnostic[] {
  const name = text === '-' ? (stdinName ?? text) : text
  if (!isNamedFile(name)) return []
  const what = name.endsWith('.req') ? 'a request file of autosave' : 'an access security file'
  const hint = `look at it: e3 check ${quoteShellWord(text)}`
  return [diagnostic('OPTION_VALUE', `${name} is ${what}: it has no records`, { at, hint })]
}

/** The files to look at, and what stands for some of them. */
export interface Inputs {
  readonly files: readonly NamedFile[]
  readonly overlay: Overlay
  /** Absolute; whose content says which files there are. */
  readonly folders: readonly string[]
  readonly diagnostics: readonly Diagnostic[]
}

/** The files that arguments name; `-` is standard input. */
export async function findInputs(
  { files, iocs }: Pick<Arguments, 'files' | 'iocs'>,
  { cwd, stdinName }: { readonly cwd: string; readonly stdinName?: string | undefined },
): Promise<Inputs> {
  const input = [...iocs, ...files].find(isInputWord)
  const piped = input && standardInput({ name: stdinName, cwd, at: input.at })
  const nameOf = (word: FileWord) => (isInputWord(word) ? piped?.name : word.text)
  const found = await Promise.all(
    files.map((word) =>
      isInputWord(word)
        ? { value: namedFiles(word, nameOf(word), cwd), folders: [], diagnostics: [] }
        : filesOf([word], cwd),
    ),
  )
  const { value: all, diagnostics } = nameableFiles([
    ...iocs.flatMap((word) => namedFiles(word, nameOf(word), cwd)),
    ...found.flatMap(({ value }) => value),
  ])
  return {
    files: all,
    folders: found.flatMap(({ folders }) => folders),
    overlay: piped?.overlay ?? new Map(),
    diagnostics: [
      ...found.flatMap((one) => one.diagnostics),
      ...diagnostics,
      ...(piped?.diagnostics ?? []),
    ],
  }
}

/** A name that is taken as it is; none if there is nothing to read. */
function namedFiles(
  { at, macros, ...word }: FileWord | IocWord,
  name: string | undefined,
  cwd: string,
): NamedFile[] {
  if (name === undefined) return []
  const ioc = 'iocName' in word && { iocName: word.iocName }
  return [{ name, path: resolve(cwd, name), isFound: false, macros, at, ...ioc }]
}
