import { loadText } from '../../database/text/load-text.ts'
import type { CommandCall } from '../../shell/types.ts'
import type { Source } from '../../text/source.ts'
import { spanOf } from '../../text/span.ts'
import { hasPvxs } from '../records/group-server.ts'
import type { GroupFile } from '../types.ts'
import type { LoadState, Opened } from './state.ts'

/**
 * One `dbLoadGroup`. The QSRV of base takes no macros (qsrv.cpp); that of pvxs expands the lines of
 * a file that is given some, the environment included (groupconfigprocessor.cpp). Both read a file
 * once, at its last place.
 */
export function loadGroups(state: LoadState, { file, source }: Opened): void {
  const list = listOf(state, file.call)
  forget(state, file.name, list)
  const { environment } = state.input.outcome
  const macros = { list, environment: (name: string) => environment.get(name) }
  const text = list ? loadText(source, { macros, limits: 'off' }).text : asWritten(source)
  state.groupFiles.push({ name: file.name, list, text })
}

function asWritten(source: Source): GroupFile {
  return { source, text: source.text, spanOf: (start, end) => spanOf(source, start, end) }
}

/** `dbLoadGroup -file` takes a file away, `dbLoadGroup -*` all of them. */
export function removeGroups(state: LoadState, call: CommandCall): void {
  const given = call.words[1]?.text ?? ''
  if (!given.startsWith('-')) return
  if (given === '-*') state.groupFiles.length = 0
  else forget(state, given.slice(1), listOf(state, call))
}

/** The macros of a call, as far as the server of groups takes them. */
function listOf({ definitions }: LoadState, { words }: CommandCall): string {
  return definitions && hasPvxs(definitions.registrars) ? (words[2]?.text ?? '') : ''
}

function forget({ groupFiles }: LoadState, name: string, list: string): void {
  const known = groupFiles.findIndex((one) => one.name === name && one.list === list)
  if (known >= 0) groupFiles.splice(known, 1)
}
