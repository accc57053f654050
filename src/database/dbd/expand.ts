/**
 * Puts included files in place of their `include` lines, so that the result loads from anywhere:
 * includes are looked up in the current directory of the IOC, not beside the file.
 *
 * A file is taken once where it stands alone and every time inside braces: each record type has
 * the fields of `dbCommon.dbd`. `read` gives the text of a file; a missing one stays an include.
 */
export function expandDefinitions(
  names: readonly string[],
  read: (name: string) => string | undefined,
): string {
  const taken = new Set<string>()
  const lines: string[] = []
  let depth = 0
  for (const name of names) include(name, '')
  return `${lines.join('\n')}\n`

  function include(name: string, line: string): void {
    if (depth === 0 && taken.has(name)) return
    taken.add(name)
    const text = read(name)
    if (text === undefined) lines.push(line)
    else for (const inner of text.split(/\r?\n/)) take(inner)
  }

  function take(line: string): void {
    const name = includedIn(line)
    if (name !== undefined) include(name, line)
    else if (!/^\s*(#|$)/.test(line)) {
      depth += bracesOf(line)
      lines.push(line)
    }
  }
}

/** dbLex.l: the name of the file stands in quotes or is a bare word. */
function includedIn(line: string): string | undefined {
  const match = /^\s*include\s+(?:"([^"]+)"|([\w\-+:./\\[\]<>;]+))\s*(?:#.*)?$/.exec(line)
  return match?.[1] ?? match?.[2]
}

/** Opened minus closed braces of a line; those in strings, in comments and in C lines do not count. */
function bracesOf(line: string): number {
  if (/^\s*%/.test(line)) return 0
  const bare = line.replace(/"(\\.|[^"\\])*"/g, '').replace(/#.*$/, '')
  return (bare.match(/\{/g)?.length ?? 0) - (bare.match(/\}/g)?.length ?? 0)
}
