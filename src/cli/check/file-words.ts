import type { Argument, MacroArgument } from '../../startup/request.ts'

/** A word of the command line that names files, and the macros given for it. */
export interface FileWord extends Argument {
  readonly macros: readonly MacroArgument[]
}

/** The file of `--ioc NAME=FILE`. */
export interface IocWord extends FileWord {
  readonly iocName: string
}

/**
 * Files with their macros. Macros belong to the files that stand directly before them, so that
 * `a.db P=1 b.db P=2` gives each its own and `*.db P=1` the same to all; macros in front of all files
 * are for every file, and the macros of a file replace them.
 *
 * @param isOwn - macros belong to the one file before them only
 * @returns `common`: the macros in front of all files, also where there is no file
 */
export function groupWords(
  words: readonly Argument[],
  isOwn = false,
): {
  files: FileWord[]
  common: MacroArgument[]
} {
  const common: MacroArgument[] = []
  const files: (Argument & { macros: MacroArgument[] })[] = []
  let group: MacroArgument[] = common
  let isGroupOpen = false
  for (const word of words) {
    const [, name, value = ''] = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s.exec(word.text) ?? []
    if (name !== undefined) {
      group.push({ name, value, at: word.at })
      isGroupOpen = false
      continue
    }
    if (!isGroupOpen || isOwn) group = []
    isGroupOpen = true
    files.push({ ...word, macros: group })
  }
  return {
    files: files.map((file) => ({ ...file, macros: [...common, ...file.macros] })),
    common,
  }
}

/** @param common - macros that are for every file */
export function iocWord({ text, at }: Argument, common: readonly MacroArgument[]): IocWord {
  const equals = text.indexOf('=')
  const [iocName, file] = [text.slice(0, equals), text.slice(equals + 1)]
  return { text: file, at, macros: common, iocName }
}
