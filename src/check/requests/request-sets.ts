import type { CommandCall, Word } from '../../shell/types.ts'
import { followFolder } from '../../startup/follow-path.ts'
import type { SourceReader } from '../../startup/source-reader.ts'
import type { WalkOutcome } from '../../startup/walk-types.ts'
import { baseName } from '../../text/paths.ts'
import { commandCalls } from '../commands/calls.ts'

/** A command that makes autosave save the PVs of a request file. */
export interface RequestSet {
  readonly call: CommandCall
  readonly name: Word
  readonly macros: Word | undefined
  /** Absolute; where request files are looked for. */
  readonly folders: readonly string[]
  /** They were named: then absolute names are looked for below them, too. */
  readonly isSearched: boolean
}

/** What a startup script says about request files. */
export interface RequestSets {
  readonly sets: readonly RequestSet[]
  /** Names of files that the IOC itself writes. */
  readonly made: ReadonlySet<string>
  /** Names of files that were not found: one message is enough. */
  readonly missing: Set<string>
  /** A program may have made files. */
  readonly mayMakeFiles: boolean
}

/** Words of the definition list (autoSaveRestore.html, "User-callable functions"). */
const creators: ReadonlyMap<string, number> = new Map([
  ...['periodic', 'triggered', 'monitor'].flatMap((kind): [string, number][] => [
    [`create_${kind}_set`, 3],
    [`reload_${kind}_set`, 3],
  ]),
  ['create_manual_set', 2],
  ['reload_manual_set', 2],
])

/** Reads the commands of autosave in their order: folders count for the sets behind them. */
export function requestSets(outcome: WalkOutcome, reader: SourceReader): RequestSets {
  const folders: string[] = []
  const sets: RequestSet[] = []
  const made = new Set<string>()
  let mayMakeFiles = false
  for (const { call, cwd } of commandCalls(outcome)) {
    const [, first, second] = call.words
    const list = creators.get(call.name)
    mayMakeFiles ||= call.name === 'system'
    for (const file of madeFiles(call)) made.add(baseName(file))
    if (call.name === 'set_requestfile_path') {
      const folder = folderOf(first?.text, second?.text)
      if (folder !== undefined) folders.push(folder)
    } else if (list !== undefined && first) {
      const searched = (folders.length > 0 ? folders : ['.']).map((one) =>
        followFolder(cwd, one, reader),
      )
      const macros = call.words[list]
      const isSearched = folders.length > 0
      sets.push({ call, name: first, macros, folders: [...new Set(searched)], isSearched })
    }
  }
  return { sets, made, missing: new Set(), mayMakeFiles }
}

/** save_restore.c: concatenate_paths. */
function folderOf(path = '', below = ''): string | undefined {
  if (path === '' || below === '') return path || below || undefined
  return `${path}/${below}`
}

/** Request files that autosave makes of the database, and files that lines are written to. */
function madeFiles({ name, words, redirections }: CommandCall): string[] {
  const written = redirections.filter(({ mode }) => mode !== 'read').map(({ file }) => file.text)
  const first = words[1]?.text ?? ''
  switch (name) {
    case 'makeAutosaveFiles':
      return ['info_settings.req', 'info_positions.req', ...written]
    case 'makeAutosaveFileFromDbInfo':
      return [first.endsWith('.req') ? first : `${first}.req`, first, ...written]
    case 'autosaveBuild':
    case 'appendToFile':
      return [first, ...written]
    default:
      return written
  }
}
