import { splitShellWords } from '../../text/shell-words.ts'
import { wordsFor } from './make-variables.ts'
import type { ReadMakefile } from './makefile.ts'

/** What USR_DBFLAGS says to msi. */
export interface DatabaseFlags {
  /** `-I`: folders with templates, from the folder of the module. */
  readonly folders: readonly string[]
  /** `-M`: definition lists such as `P=A:,R=B`, in their order. */
  readonly macros: readonly string[]
}

/** Options with a value stand in one word with it, or in front of it; others say how msi prints. */
export function databaseFlags({ variables, target, locate }: ReadMakefile): DatabaseFlags {
  const text = (wordsFor(variables, 'USR_DBFLAGS', target) ?? []).join(' ')
  const words = splitShellWords({ text }).words.map((word) => word.text)
  const valuesOf = (option: string): string[] =>
    words.flatMap((word, index) => {
      if (word === option) return words[index + 1] ?? []
      return word.startsWith(option) && words[index - 1] !== '-o' ? word.slice(option.length) : []
    })
  const folders = valuesOf('-I').flatMap((folder) => locate(folder, 'folder') ?? [])
  return { folders: [...new Set(folders)], macros: valuesOf('-M') }
}
