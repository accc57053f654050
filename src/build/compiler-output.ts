/** A message of a compiler with its place. */
export interface CompilerMessage {
  readonly kind: 'error' | 'warning'
  readonly file: string
  readonly line: number
  /** 0 where the compiler gives none. */
  readonly column: number
  readonly text: string
  /** `note:` lines that belong to it. */
  readonly notes: readonly Omit<CompilerMessage, 'kind' | 'notes'>[]
}

/** `file:line:column: kind: text` is what GCC, Clang and snc print, in the language C. */
const messageLine =
  /^(.+?):(\d+):(?:(\d+):)? (?:(fatal error|error|warning|note): )(.*?)(?: \[(-W[^\]]+)\])?$/

/** All messages in what a compiler printed, in its order. */
export function readCompilerOutput(output: string): CompilerMessage[] {
  const messages: (CompilerMessage & { notes: Omit<CompilerMessage, 'kind' | 'notes'>[] })[] = []
  for (const line of output.split('\n')) {
    const [, file = '', row, column = '0', kind, text = '', flag] = messageLine.exec(line) ?? []
    if (!kind) continue
    const place = { file, line: Number(row), column: Number(column) }
    const shown = flag ? `${text} [${flag}]` : text
    if (kind === 'note') messages.at(-1)?.notes.push({ ...place, text: shown })
    else {
      const isWarning = kind === 'warning'
      messages.push({ kind: isWarning ? 'warning' : 'error', ...place, text: shown, notes: [] })
    }
  }
  return messages
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
