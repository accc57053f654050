import type { ArgumentDefinition } from '../../elf/command-definitions.ts'
import { alignedLines } from '../../text/table.ts'
import { formatVersionRequest } from '../../version/request.ts'
import type { MacroFile, ModuleContents } from '../contents.ts'
import type { Dependent } from '../dependents.ts'
import type { ModuleMeta } from '../meta.ts'
import type { ResolvedModule } from '../resolution.ts'

/** A command of the IOC shell that a module brings. */
export interface BroughtCommand {
  readonly name: string
  /** Absent if nobody knows them. */
  readonly arguments?: readonly ArgumentDefinition[]
}

/** All there is to say about a version. */
export interface ModuleInfo {
  readonly module: ResolvedModule
  /** As `architectureText` gives them. */
  readonly architectures: readonly string[]
  readonly contents: ModuleContents
  readonly commands: readonly BroughtCommand[]
  /** Variables of the IOC shell and the rest are in `contents.definitions`. */
  readonly dependents: readonly Dependent[]
  readonly metas: readonly ModuleMeta[]
}

/** The facts in sections, those without any left out. */
export function infoLines(info: ModuleInfo): string[] {
  const { module, contents, commands, dependents } = info
  const dependencies = module.dependencies.map((one) =>
    `${one.module} ${formatVersionRequest(one.version)}`.trimEnd(),
  )
  const requiring = dependents.map(({ place }) => `${place.module} ${place.version.text}`)
  return [
    `${module.name} ${module.version.text}`,
    ...indented(alignedLines(factRows(info))),
    ...section('requires', dependencies),
    ...section('required by', [...new Set(requiring)]),
    ...definitionSections(contents),
    ...section('commands', commands.map(commandText)),
    ...section('templates', alignedLines(contents.templates.map(macroRow))),
    ...section('snippets', alignedLines(contents.snippets.map(macroRow))),
    ...section('other files in db', contents.otherFiles),
    ...section('headers', contents.headers),
  ]
}

/** The same as one object; the keys are documented in docs/reference/formats.md. */
export function infoJson({ module, architectures, contents, ...info }: ModuleInfo): string {
  const { definitions, otherFiles, headers } = contents
  return JSON.stringify({
    ...{ module: module.name, version: module.version.text, directory: module.directory },
    architectures,
    ...(module.library && { library: module.library }),
    requires: module.dependencies.map((one) => ({
      ...{ module: one.module, version: formatVersionRequest(one.version) },
    })),
    requiredBy: info.dependents.map(({ place, architecture, dependency }) => ({
      ...{ module: place.module, version: place.version.text, architecture },
      asksFor: formatVersionRequest(dependency.version),
    })),
    definitions: definitions.map(({ at: _at, ...one }) => one),
    commands: info.commands,
    ...{ otherFiles, headers },
    templates: contents.templates.map(macroFileJson),
    snippets: contents.snippets.map(macroFileJson),
    builds: info.metas.map(({ files: hashes, requires: _pins, ...meta }) => ({
      ...meta,
      files: Object.fromEntries(hashes),
    })),
  })
}

function macroFileJson({ path, macros }: MacroFile) {
  return {
    path,
    macros: macros.map(({ name, fallback, isRequired }) => ({
      ...{ name, required: isRequired },
      ...(fallback !== undefined && { default: fallback }),
    })),
  }
}

function factRows({ module, architectures, metas }: ModuleInfo): string[][] {
  return [
    ['directory', module.directory],
    ['built for', architectures.join(' ')],
    ...metas.flatMap(({ source, compiler, base }) => [
      ...(source ? [['source', sourceText(source)]] : []),
      ...(compiler ? [['compiler', compiler]] : []),
      ...(base ? [['base', base]] : []),
    ]),
  ]
}

function sourceText({ url, commit, dirty }: NonNullable<ModuleMeta['source']>): string {
  const words = [url, commit, ...(dirty ? ['with local changes'] : [])]
  return words.filter((word) => word !== undefined).join(' ')
}

/** The kinds of a dbd file that people look for, in their order. */
const kinds = [
  ['record type', 'record types'],
  ['device support', 'device support'],
  ['link type', 'link types'],
  ['driver', 'drivers'],
  ['registrar', 'registrars'],
  ['function', 'functions'],
  ['variable', 'variables'],
  ['menu', 'menus'],
  ['breaktable', 'breakpoint tables'],
] as const

function definitionSections({ definitions }: ModuleContents): string[] {
  return kinds.flatMap(([kind, title]) => {
    const some = definitions.filter((one) => one.kind === kind)
    const rows = some.map(({ name, recordType }) =>
      recordType === undefined ? [name] : [recordType, name],
    )
    return section(title, alignedLines(rows))
  })
}

function commandText({ name, arguments: list }: BroughtCommand): string {
  const words = (list ?? []).map((one) => (one.name.includes(' ') ? `'${one.name}'` : one.name))
  return [name, ...words].join(' ')
}

/** `P`, or `PORT=L0` if it has a default. */
function macroRow({ path, macros }: MacroFile): string[] {
  const words = macros.map(({ name, fallback = '', isRequired }) =>
    isRequired ? name : `${name}=${fallback}`,
  )
  return [path, words.join(' ')]
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? [title, ...indented(lines)] : []
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`)
}
