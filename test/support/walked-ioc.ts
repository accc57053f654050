import { type LoadedIoc, loadIoc } from '../../src/check/load/ioc.ts'
import type { IocRule } from '../../src/check/types.ts'
import { fileFormats } from '../../src/startup/file-formats.ts'
import { partsOf } from '../../src/startup/parts.ts'
import type { MacroArgument } from '../../src/startup/request.ts'
import type { SourceReader } from '../../src/startup/source-reader.ts'
import { walk } from '../../src/startup/walk.ts'
import { formatPlace, spanOf } from '../../src/text/span.ts'
import { sourcesOf } from './sources.ts'

/** Files of an IOC, `st.cmd` is its script; and its environment. */
export interface IocFiles {
  readonly files: Readonly<Record<string, string>>
  readonly environment?: Readonly<Record<string, string>>
}

/** The IOC as it is checked, without a base. */
export function walkedIoc({
  files,
  environment = {},
}: IocFiles): LoadedIoc & { readonly reader: SourceReader } {
  const reader = sourcesOf(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [`/here/${name}`, text])),
  )
  const at = spanOf({ name: '<command line>', text: 'iocsh st.cmd' }, 6, 12)
  const macros: MacroArgument[] = []
  const action = { kind: 'file', path: 'st.cmd', isDatabase: false, macros, at } as const
  const { value: parts } = partsOf([action], { cwd: '/here', reader })
  const outcome = walk({
    ...{ parts, cwd: '/here', reader, modules: [], incomplete: false },
    formats: () => fileFormats,
    environment: new Map(Object.entries(environment)),
  })
  return { ...loadIoc({ name: 'st.cmd', outcome, reader, dbd: undefined }), reader }
}

/** What a rule says: `st.cmd:1:1 CODE message`. */
export function saidOf(rule: IocRule, ioc: IocFiles): string[] {
  return [...rule(walkedIoc(ioc).ioc)].map(
    ({ at, code, message }) => `${at ? formatPlace(at) : '-'} ${code} ${message}`,
  )
}
