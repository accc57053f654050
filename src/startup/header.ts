import type { ResolvedModule } from '../modules/resolution.ts'
import { quoteShellWord } from '../text/shell-words.ts'
import type { IocFacts } from './ioc-environment.ts'

/** What the header of a startup script is made from. */
export interface HeaderFacts {
  readonly productVersion: string
  readonly started: string
  readonly commandLine: readonly string[]
  readonly environment: ReadonlyMap<string, string>
}

/** Variables that decide how an IOC behaves; others may hold secrets and stay out. */
const shown =
  /^(EPICS_|E3_|IOC|REQUIRE_|PATH$|LD_LIBRARY_PATH$|LD_PRELOAD$|STREAM_PROTOCOL_PATH$|USER$|LOGNAME$)/

/** Time, versions, command line and environment of a start, for whoever reads the script later. */
export function header(
  { productVersion, started, commandLine, environment }: HeaderFacts,
  { iocName, cwd, base }: IocFacts,
  modules: readonly ResolvedModule[],
): [label: string, value: string][] {
  const variables = [...environment].filter(([name]) => shown.test(name)).sort(byName)
  return [
    ['e3-iocsh', productVersion],
    ['started', started],
    ['command', ['iocsh', ...commandLine].map(quoteShellWord).join(' ')],
    ['directory', cwd],
    ['ioc', iocName],
    ['base', `${base.version.text} ${base.arch} ${base.directory}`],
    ...modules.map(({ name, version, directory }): [string, string] => [
      'module',
      `${name} ${version.text} ${directory}`,
    ]),
    ...variables.map(([name, value]): [string, string] => ['env', `${name}=${value}`]),
  ]
}

function byName([a]: [string, string], [b]: [string, string]): number {
  return a < b ? -1 : 1
}
