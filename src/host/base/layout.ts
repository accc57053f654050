import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expandDefinitions } from '../../database/dbd/expand.ts'
import { templatePath } from '../package-root.ts'
import { recordFile } from './embedded.ts'
import { type BaseRecord, makefileFlags } from './flags.ts'
import { type BaseVersion, formatBaseVersion, parseVersionHeader } from './version.ts'
import { versionHeaders } from './version-headers.ts'

/** Libraries in link order, what each needs behind it; an IOC is linked against all of them. */
export const libraryOrder = [
  ...['qsrv', 'pvAccessIOC', 'pvAccessCA', 'pvAccess', 'pvData'],
  ...['dbRecStd', 'dbCore', 'ca', 'Com'],
] as const

/** What base's own executables register. */
const softIoc = ['base.dbd', 'dlload.dbd', 'system.dbd']
const softIocPva = [
  ...softIoc,
  'PVAServerRegister.dbd',
  'PVAClientRegister.dbd',
  'PVACommonRegister.dbd',
  'qsrv.dbd',
]

/** The folders of an unpacked wheel and of the base that is made of it, on one file system. */
export interface LayoutPlan {
  readonly wheel: string
  readonly base: string
  readonly arch: string
}

/**
 * Moves the files of an unpacked wheel to where an EPICS base has them and adds what wheels lack.
 * Returns the version of base; throws system errors. The executable is made afterwards.
 */
export function layOutBase({ wheel, base, arch }: LayoutPlan): BaseVersion | undefined {
  for (const folder of ['bin', 'lib', 'configure', 'db']) {
    mkdirSync(join(base, folder), { recursive: true })
  }
  mkdirSync(join(base, 'bin', arch))
  renameSync(join(wheel, 'include'), join(base, 'include'))
  renameSync(join(wheel, 'dbd'), join(base, 'dbd'))
  moveLibraries(join(wheel, 'lib'), join(base, 'lib', arch))
  writeDefinitions(join(base, 'dbd'))
  copyFileSync(templatePath('softIocExit.db'), join(base, 'db', 'softIocExit.db'))
  const version = parseVersionHeader(readFileSync(join(base, 'include', 'epicsVersion.h'), 'utf8'))
  if (version) {
    writeHeaders(join(base, 'include'), version)
    writeFileSync(join(base, 'configure', 'CONFIG_BASE_VERSION'), formatBaseVersion(version))
  }
  return version
}

/** Writes how the base was made; its presence says that the base is complete. */
export function writeBaseRecord(base: string, record: BaseRecord): void {
  writeFileSync(join(base, 'configure', 'CONFIG_E3'), makefileFlags(record))
  writeFileSync(join(base, recordFile), recordText(record))
}

/** The content of `configure/e3-base.json`. */
export function recordText(record: BaseRecord): string {
  return `${JSON.stringify(record, undefined, 2)}\n`
}

/**
 * A wheel cannot hold links: each library is there twice. Only the versioned file is kept, the
 * short name becomes a link to it, else two copies of libCom may get into one process.
 */
function moveLibraries(from: string, to: string): void {
  mkdirSync(to, { recursive: true })
  for (const name of readdirSync(from)) {
    const short = /^(lib\w+\.so)\.[\d.]+$/.exec(name)?.[1]
    if (short === undefined) continue
    renameSync(join(from, name), join(to, name))
    symlinkSync(name, join(to, short))
  }
}

function writeDefinitions(dbd: string): void {
  const read = (name: string): string | undefined => {
    const path = join(dbd, name)
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined
  }
  writeFileSync(join(dbd, 'softIoc.dbd'), expandDefinitions(softIoc, read))
  writeFileSync(join(dbd, 'softIocPVA.dbd'), expandDefinitions(softIocPva, read))
}

function writeHeaders(include: string, version: BaseVersion): void {
  for (const { name, text } of versionHeaders(version)) {
    const path = join(include, name)
    if (!existsSync(path)) writeFileSync(path, text)
  }
}
