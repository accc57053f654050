/** What the environment of a module is made from. Directories are absolute, without final slash. */
export interface ModuleDirectories {
  readonly name: string
  readonly version: string
  readonly directory: string
  /** Its `db` directory, if it has one. */
  readonly dbDirectory?: string | undefined
}

/** The part of the environment that `require` reads and extends. */
export type Environment = ReadonlyMap<string, string>

/** A variable and its new value; undefined: it is removed. */
export type Setting = readonly [name: string, value: string | undefined]

/**
 * The settings that `require` makes for a module once it is loaded, in their order (require.c of
 * e3 5.0: registerModule and setupDbPath). Directories end with a slash, as scripts rely on.
 *
 * @param loaded - names of the modules loaded so far, this one included
 * @param initialTemplates - `TEMPLATES` as it was before any module was loaded
 */
export function moduleSettings(
  module: ModuleDirectories,
  environment: Environment,
  {
    loaded,
    initialTemplates,
  }: { loaded: ReadonlySet<string>; initialTemplates: string | undefined },
): Setting[] {
  const { name, version, dbDirectory } = module
  const directory = `${module.directory}/`
  const settings: Setting[] = [
    ['MODULE', name],
    [`${name}_VERSION`, version],
    ['MODULE_DIR', directory],
    [`${name}_DIR`, directory],
    ['SCRIPT_PATH', pathWith(environment.get('SCRIPT_PATH'), directory)],
  ]
  if (dbDirectory === undefined) {
    if (environment.get('TEMPLATES') !== initialTemplates)
      settings.push(['TEMPLATES', initialTemplates])
    return settings
  }
  const db = `${dbDirectory}/`
  settings.push(
    [`${name}_DB`, db],
    [`${name}_TEMPLATES`, db],
    ['TEMPLATES', db],
    ['EPICS_DB_INCLUDE_PATH', pathWith(environment.get('EPICS_DB_INCLUDE_PATH'), db)],
  )
  if (loaded.has('stream')) {
    const path = pathWith(environment.get('STREAM_PROTOCOL_PATH'), db)
    settings.push(['STREAM_PROTOCOL_PATH', path])
  }
  return settings
}

/**
 * A search path with a directory moved or added to its front, but behind a leading `.`
 * (require.c: the module required last wins a name clash, the working directory always does).
 */
function pathWith(path: string | undefined, directory: string): string {
  const entries = (path || '.').split(':').filter((entry) => entry !== directory)
  const [first, ...rest] = entries
  return first === '.' ? ['.', directory, ...rest].join(':') : [directory, ...entries].join(':')
}
