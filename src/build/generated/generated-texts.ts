import { expandDefinitions } from '../../database/dbd/expand.ts'
import type { Result } from '../../text/diagnostic.ts'
import type { ModuleFiles } from '../recipe.ts'
import { declarationsOf } from './declarations.ts'
import { headersOf } from './record-headers.ts'
import { registrationSource } from './registration.ts'
import { releaseSource } from './release.ts'

/** What texts are generated from. */
export interface GenerationInput {
  readonly module: string
  readonly version: string
  /** Where results go, from the folder of the module: `.e3/linux-x86_64`. */
  readonly output: string
  readonly files: Pick<ModuleFiles, 'sources' | 'dbds'>
  /** Programs in state notation among the sources. */
  readonly programs: readonly string[]
  /** Finds a dbd file by the name in `include`; undefined if there is none. */
  findDefinitions(name: string): DefinitionFile | undefined
}

export interface DefinitionFile {
  readonly path: string
  readonly text: string
  /** Of the module itself, not of base or of a module that it requires. */
  readonly isOwn: boolean
}

/** All that is generated. Paths start in the folder of the module. */
export interface GeneratedTexts {
  readonly dbd: string | undefined
  readonly headers: readonly string[]
  readonly sources: readonly string[]
  readonly texts: ReadonlyMap<string, string>
}

/**
 * The dbd file of a module, the headers of its record types and menus, and the sources that each
 * library has: the version it was built as, and the registration of what the dbd file declares.
 *
 * Errors: those of `declarationsOf`.
 */
export function generateTexts(input: GenerationInput): Result<GeneratedTexts> {
  const { module, version, output, files } = input
  const texts = new Map<string, string>()
  const add = (path: string, text: string): string => {
    texts.set(`${output}/${path}`, text)
    return `${output}/${path}`
  }
  if (files.sources.length === 0 && files.dbds.length === 0) {
    return { value: { dbd: undefined, headers: [], sources: [], texts }, diagnostics: [] }
  }
  const { text, own } = expand(input)
  const read = (name: string): string | undefined => input.findDefinitions(name)?.text
  const headers = own
    .flatMap((file) => headersOf({ name: file.path, text: file.text }, read))
    .map((header) => add(`include/${header.name}`, header.text))
  const released = add(
    `generated/${module}_version_${version.replace(/\W/g, '_')}.c`,
    releaseSource(module, version),
  )
  if (files.dbds.length === 0 && input.programs.length === 0) {
    return { value: { dbd: undefined, headers, sources: [released], texts }, diagnostics: [] }
  }
  const dbd = add(`generated/${module}.dbd`, text)
  const { value: declared, diagnostics } = declarationsOf({ name: dbd, text })
  const registration = add(
    `generated/${module}_registerRecordDeviceDriver.cpp`,
    registrationSource(module, declared),
  )
  return { value: { dbd, headers, sources: [released, registration], texts }, diagnostics }
}

/** One text of all dbd files, and those of them that belong to the module. */
function expand({ files, programs, findDefinitions }: GenerationInput): {
  text: string
  own: DefinitionFile[]
} {
  const own = new Map<string, DefinitionFile>()
  const expanded = expandDefinitions(files.dbds, (name) => {
    const found = findDefinitions(name)
    if (found?.isOwn) own.set(found.path, found)
    return found?.text
  })
  const registrars = programs.map((program) => `registrar(${program}Registrar)\n`)
  return { text: `${expanded}${registrars.join('')}`.trimStart(), own: [...own.values()] }
}
