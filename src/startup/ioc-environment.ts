/** What the variables of an IOC are made from. */
export interface IocFacts {
  readonly iocName: string
  /** `REQUIRE_IOC`: the name as it begins records. */
  readonly recordPrefix: string
  readonly cwd: string
  readonly base: BaseFacts
}

/** What a start needs to know of the base. */
export interface BaseFacts {
  readonly directory: string
  readonly arch: string
  readonly version: {
    readonly text: string
    readonly parts: readonly [number, number, number, number]
    readonly snapshot: string
    readonly site: string
  }
}

/** Variables that the launch file exports: they hold for tools and for `system`, too. */
export function exportedVariables({ iocName, base }: IocFacts): Map<string, string> {
  return new Map([
    ['EPICS_BASE', base.directory],
    ['EPICS_HOST_ARCH', base.arch],
    ['IOCNAME', iocName],
  ])
}

/** Variables that the startup script sets first (e3.md 2.1 and 3.2; both spellings of the top). */
export function shellVariables({
  iocName,
  recordPrefix,
  cwd,
  base,
}: IocFacts): Map<string, string> {
  const [version, revision, modification] = base.version.parts
  return new Map([
    ['REQUIRE_IOC', recordPrefix],
    ['IOCSH_TOP', cwd],
    ['E3_IOCSH_TOP', cwd],
    ['IOCSH_PS1', `${iocName} > `],
    ['T_A', base.arch],
    ['EPICS_RELEASE', [version, revision, modification].join('.')],
    ['EPICS_BASETYPE', [version, revision].join('.')],
    ['OS_CLASS', 'Linux'],
  ])
}

/** Variables that base itself sets before the first line (iocshRegisterCommon). */
export function baseVariables({ base: { arch, version } }: IocFacts): Map<string, string> {
  const [major, middle, minor, patch] = version.parts
  const short = patch === 0 ? [major, middle, minor] : [major, middle, minor, patch]
  return new Map([
    ['ARCH', arch],
    ['EPICS_VERSION_MAJOR', `${major}`],
    ['EPICS_VERSION_MIDDLE', `${middle}`],
    ['EPICS_VERSION_MINOR', `${minor}`],
    ['EPICS_VERSION_PATCH', `${patch}`],
    ['EPICS_VERSION_SNAPSHOT', version.snapshot],
    ['EPICS_VERSION_SITE', version.site],
    ['EPICS_VERSION_SHORT', short.join('.')],
    ['EPICS_VERSION_FULL', `${short.join('.')}${version.snapshot}`],
  ])
}
