import { baseName, directoryOf } from '../../text/paths.ts'
import type { TargetResult } from './check-run.ts'

/** What of a file that was looked at tells whether it is an IOC of its own. */
export type Looked = Pick<TargetResult, 'target' | 'sources'>

/**
 * The files without those found in a folder that are no IOCs but parts of some: what another one
 * loads; scripts that another one names at the end of a path that could not be followed; scripts
 * that do nothing of what makes an IOC, while others do; scripts beside these parts that do not
 * start an IOC themselves. Texts that a generator completes are none either.
 */
export function withoutParts<T extends Looked>(looked: readonly T[]): T[] {
  const loaded = new Set(looked.flatMap(loadedPaths))
  const scripts = looked.map(scriptOf)
  const named = namedScripts(scripts)
  const hasWhole = scripts.some((script) => script?.isWhole)
  const found = new Set(looked.map(({ target }) => target.path))
  const loadsParts = (one: T): boolean => loadedPaths(one).some((path) => found.has(path))
  const kindOf = (one: T, script: Script | undefined): 'whole' | 'part' | 'unsure' => {
    const { target } = one
    if (!target.isFound) return 'whole'
    if (loaded.has(target.path) || (script && isForGenerator.test(script.text))) return 'part'
    if (!script || baseName(target.path) === 'st.cmd') return 'whole'
    if (isNamed(script, named)) return 'part'
    if (script.isWhole || loadsParts(one)) return 'whole'
    return hasWhole && !loadsSomething.test(script.text) ? 'part' : 'unsure'
  }
  const kinds = looked.map((one, index) => kindOf(one, scripts[index]))
  const folders = new Set(
    looked
      .filter((_, index) => kinds[index] === 'part')
      .map(({ target }) => directoryOf(target.path)),
  )
  return looked.filter(({ target }, index) => {
    if (kinds[index] === 'unsure') return !folders.has(directoryOf(target.path))
    return kinds[index] === 'whole'
  })
}

function loadedPaths({ target, sources }: Looked): string[] {
  return [...sources.keys()].filter((path) => path !== target.path)
}

interface Script {
  readonly path: string
  /** The lines that the IOC shell would run. */
  readonly text: string
  /** It does what only the script does that becomes an IOC. */
  readonly isWhole: boolean
}

function scriptOf({ target: { kind, path }, sources }: Looked): Script | undefined {
  const source = kind === 'script' ? sources.get(path)?.source : undefined
  if (!source) return undefined
  const text = source.text.replace(/^[ \t]*#.*$/gm, '')
  return { path, text, isWhole: baseName(path) === 'st.cmd' || startsIoc.test(text) }
}

const startsIoc = /(?<![\w$({.-])(?:iocInit|require|\w+_registerRecordDeviceDriver)(?![\w.-])/

/** Without records, an IOC serves nothing. */
const loadsSomething =
  /(?<![\w$({.-])(?:dbLoad(?:Records|Template|Database|Group)|iocshLoad|iocshRun)(?![\w.-])|^[^"'\n]*<\s*\S/m

/** `$$NAME` and the words of `makeBaseApp.pl`. */
const isForGenerator = /\$\$[A-Z]|(?<!\w)_(?:(?:CSAFE)?APPNAME_|IOC(?:NAME)?_(?!\w))/

/** A script that is written in another one: the fixed end of its path. */
interface NamedScript {
  readonly end: string
  /** The script in which it is written. */
  readonly by: string
}

/** By base name. */
function namedScripts(scripts: readonly (Script | undefined)[]): Map<string, NamedScript[]> {
  const named = new Map<string, NamedScript[]>()
  for (const script of scripts) {
    for (const [written] of script?.text.matchAll(/[^\s"'(){}$,;=<]+\.(?:cmd|iocsh)\b/g) ?? []) {
      const end = written.replace(/^(?:\.{0,2}\/)+/, '')
      const one = { end, by: script?.path ?? '' }
      const known = named.get(baseName(end))
      if (known) known.push(one)
      else named.set(baseName(end), [one])
    }
  }
  return named
}

/** For a script that starts an IOC, a base name counts only if it is written in a folder nearby. */
function isNamed({ path, isWhole }: Script, named: ReadonlyMap<string, NamedScript[]>): boolean {
  const ends = named.get(baseName(path)) ?? []
  return ends.some(({ end, by }) => {
    if (by === path || !`/${path}`.endsWith(`/${end}`)) return false
    return !isWhole || end.includes('/') || areNear(path, by)
  })
}

/** In one folder, or in two that are in one. */
function areNear(a: string, b: string): boolean {
  const [one, other] = [directoryOf(a), directoryOf(b)]
  return one === other || directoryOf(one) === directoryOf(other)
}
