/** A message of a compiler with its place. */
export interface CompilerMessage {
  readonly kind: 'error' | 'warning'
  readonly file: string
  readonly line: number
  /** 0 where the compiler gives none. */
  readonly column: number
  /** In the column, a tab counts as blanks up to the next multiple of 8 (GCC 11 and later). */
  readonly hasWideTabs: boolean
  readonly text: string
  /** `note:` lines that belong to it. */
  readonly notes: readonly Omit<CompilerMessage, 'kind' | 'notes'>[]
}

/** `file:line:column: kind: text` is what GCC, Clang and snc print, in the language C. */
const messageLine =
  /^(.+?):(\d+):(?:(\d+):)? (?:(fatal error|error|warning|note): )(.*?)(?: \[(-W[^\]]+)\])?$/

/** `      |         ^~~~`: the mark below an excerpt, which has blanks for tabs. */
const markLine = /^ *\| ([ ~]*)\^/

/** All messages in what a compiler printed, in its order. */
export function readCompilerOutput(output: string): CompilerMessage[] {
  const messages: (CompilerMessage & { notes: Omit<CompilerMessage, 'kind' | 'notes'>[] })[] = []
  const lines = output.split('\n')
  for (const [index, line] of lines.entries()) {
    const [, file = '', row, given = '0', kind, text = '', flag] = messageLine.exec(line) ?? []
    if (!kind) continue
    const column = Number(given)
    const hasWideTabs = markLine.exec(lines[index + 2] ?? '')?.[1]?.length === column - 1
    const place = { file, line: Number(row), column, hasWideTabs }
    const shown = flag ? `${text} [${flag}]` : text
    if (kind === 'note') messages.at(-1)?.notes.push({ ...place, text: shown })
    else {
      const isWarning = kind === 'warning'
      messages.push({ kind: isWarning ? 'warning' : 'error', ...place, text: shown, notes: [] })
    }
  }
  return messages
}

/** How many characters of a line are in front of the column of a message. */
export function charactersTo(
  line: string,
  { column, hasWideTabs }: Pick<CompilerMessage, 'column' | 'hasWideTabs'>,
): number {
  let at = 1
  let count = 0
  for (; count < line.length && at < column; count++) {
    at += hasWideTabs && line[count] === '\t' ? 8 - ((at - 1) % 8) : 1
  }
  return count
}

/** The header that a compiler did not find, as it is written in the source. */
export function missingHeader({ text }: Pick<CompilerMessage, 'text'>): string | undefined {
  return (
    /^([^:]+): No such file or directory$/.exec(text)?.[1] ??
    /^'(.+)' file not found$/.exec(text)?.[1]
  )
}

/** What a linker complains about: symbols that nobody has, or that two objects have. */
export function linkerErrors(output: string): string[] {
  const lines = output.split('\n').map((line) => line.trim())
  const wanted = lines.filter((line) =>
    /undefined reference|multiple definition|cannot find|relocation|error:/.test(line),
  )
  return [...new Set((wanted.length > 0 ? wanted : lines).filter((line) => line !== ''))]
}
