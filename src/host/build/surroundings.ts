import { resolve } from 'node:path'
import type { Site } from '../../modules/site.ts'
import type { Written } from '../../settings/shape.ts'
import type { SourceReader } from '../../startup/source-reader.ts'
import { type Diagnostic, hasErrors } from '../../text/diagnostic.ts'
import { type BaseInstallation, locateBase } from '../base/locate.ts'
import { findSettings } from '../find-settings.ts'
import { siteOf } from '../site.ts'
import { createSourceReader } from '../source-reader.ts'
import { createTreeReader } from '../tree-reader.ts'

/** Who builds, and what was chosen on the command line. */
export interface BuildRequest {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Absolute. */
  readonly cwd: string
  readonly uid: number
  /** The folder of the module; its `e3.yaml`, or one above, counts. */
  readonly folder: string
  /** The value of `--base`. */
  readonly base?: string | undefined
  /** The base that an e3 wrapper names. */
  readonly release?: Written | undefined
  /** The value of `--arch`; default: the architecture of the base. */
  readonly arch?: string | undefined
  /** Those of `-l`, in the order of the command line. */
  readonly modulePaths: readonly string[]
}

/** Base and module trees that a module is built with. */
export interface BuildSurroundings {
  readonly base: BaseInstallation
  readonly arch: string
  readonly site: Site
  readonly reader: SourceReader
}

/**
 * Finds base and module trees as `iocsh` does: options, then `e3.yaml`, then the environment.
 *
 * Errors: those of `findSettings`, `locateBase`, `siteOf`.
 */
export function findSurroundings(request: BuildRequest): {
  readonly value: BuildSurroundings | undefined
  readonly diagnostics: readonly Diagnostic[]
} {
  const { env, cwd, uid, folder, modulePaths } = request
  const reader = createSourceReader(cwd)
  const { value: settings, diagnostics: found } = findSettings(resolve(cwd, folder), {
    ...{ cwd, reader, uid },
  })
  const located = locateBase({
    ...{ option: request.base, setting: settings.base?.text, env, cwd },
    release: request.release?.text,
  })
  const diagnostics = [
    ...found,
    ...located.diagnostics.filter(({ severity }) => severity !== 'info'),
  ]
  const base = located.value
  if (!base) return { value: undefined, diagnostics }
  const arch = request.arch ?? base.arch
  const site = siteOf({
    ...{ env, cwd, reader: createTreeReader() },
    // The last one is searched first.
    modulePaths: [
      ...settings.modulePath.toReversed(),
      ...modulePaths.map((text) => ({ text, at: commandLinePlace(text) })),
    ],
    architecture: arch,
    baseRelease: base.version.text,
  })
  const all = [...diagnostics, ...site.diagnostics]
  return {
    value: hasErrors(all) ? undefined : { base, arch, site: site.value, reader },
    diagnostics: all,
  }
}

function commandLinePlace(text: string) {
  return { source: { name: '<command line>', text: `-l ${text}` }, start: 3, end: 3 + text.length }
}
