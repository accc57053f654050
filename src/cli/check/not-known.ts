import { isIncomplete } from '../../check/commands/calls.ts'
import type { ModuleFacts } from '../../check/providers.ts'
import type { Site } from '../../modules/site.ts'
import type { WalkOutcome } from '../../startup/walk-types.ts'
import { type Diagnostic, diagnostic, type Note, type Unknown } from '../../text/diagnostic.ts'
import { countOf } from '../../text/finding-list.ts'
import { baseName } from '../../text/paths.ts'
import { isOffer } from '../../text/suggest.ts'

/**
 * The findings without those that follow from others: a module or a dbd file is missing, so what it
 * would define is unknown. Without any module tree the modules are no mistake of the script either,
 * see `withoutTree`.
 */
export function knowableFindings(
  found: readonly Diagnostic[],
  { outcome, site }: { readonly outcome: WalkOutcome; readonly site: Site },
): Diagnostic[] {
  const isPartial = isIncomplete(outcome)
  const hasTree = site.roots.length > 0
  return found.filter(({ code, unknown }) => {
    if (unknown) return !isPartial
    return hasTree || code !== 'MODULE_NOT_FOUND'
  })
}

/** What an IOC does, and where its modules are looked for. */
export interface IocWithSite {
  readonly outcome: WalkOutcome | undefined
  readonly site: Site
}

/** Said once if some script requires modules and nobody named a module tree. */
export function withoutTree(iocs: readonly IocWithSite[]): Diagnostic[] {
  const modules = new Set(
    iocs
      .filter(({ site }) => site.roots.length === 0)
      .flatMap(({ outcome }) => outcome?.requests.map(({ module }) => module) ?? []),
  )
  if (modules.size === 0) return []
  const names = [...modules].sort()
  const listed = names.slice(0, mostNames).join(', ')
  const more = names.length > mostNames ? ` and ${names.length - mostNames} more` : ''
  const whose = names.length === 1 ? 'it brings' : 'they bring'
  const message = `there is no module tree: ${listed}${more} and what ${whose} are not checked`
  const hint = 'name one: e3 check -l <directory>, EPICS_DRIVER_PATH, or module-path in e3.yaml'
  return [diagnostic('CHECK_WITHOUT_MODULES', message, { hint })]
}

const mostNames = 5

/**
 * Sums up what databases that no script loads want of modules: nobody said which IOC has them, so
 * each name is told once, as a warning, with the module that would bring it.
 */
export function summedUp(found: readonly Diagnostic[], facts: ModuleFacts): Diagnostic[] {
  const groups = new Map<string, Diagnostic[]>()
  const others: Diagnostic[] = []
  for (const item of found) {
    if (!item.unknown) {
      others.push(isPart(item) ? partOf(item, facts) : item)
      continue
    }
    const key = `${item.unknown.kind} ${item.unknown.name}`
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return [...others, ...[...groups.values()].flatMap((group) => sumOf(group, facts))]
}

/** What a lone file includes or names may come from a module, or be made by a build. */
function isPart({ code, at }: Diagnostic): boolean {
  return code === 'FILE_NOT_FOUND' && at !== undefined && !at.source.name.startsWith('<')
}

/** The file that is not there, with the modules that have one of its name. */
function partOf({ absent, ...item }: Diagnostic, facts: ModuleFacts): Diagnostic {
  const providers = absent === undefined ? [] : facts.filesOf(baseName(absent))
  const [first] = providers
  if (!first) return { ...item, severity: 'warning' }
  const names = [...new Set(providers.map((one) => `${one.module} ${one.version}`))]
  const older = first.newest === undefined ? '' : ', not by newer versions'
  const message = `provided by ${names.slice(0, mostProviders).join(', ')}${older}`
  const wanted = first.newest === undefined ? first.module : `${first.module},${first.version}`
  return {
    ...item,
    severity: 'warning',
    notes: [...item.notes, { message }],
    hint: `if the IOC has it: e3 check -r ${wanted}`,
  }
}

function sumOf([first, ...others]: readonly Diagnostic[], facts: ModuleFacts): Diagnostic[] {
  if (!first?.unknown) return []
  const providers = facts.providersOf(first.unknown)
  const module = providers[0]?.module
  const shown = providers.slice(0, mostProviders).map((one) => `${one.module} ${one.version}`)
  const notes: Note[] = [
    ...first.notes,
    ...(others.length > 0 ? [{ message: countText(others) }] : []),
    ...(module ? [{ message: `provided by ${shown.join(', ')}` }] : []),
  ]
  const { fixes: _, ...plain } = first
  // A near name may be what was meant; what else would do is for startup scripts.
  const near = isOffer(first.hint) ? first.hint : undefined
  const hint = module
    ? `if the IOC has it: e3 check -r ${module}`
    : (near ??
      nearInstalled(first.unknown, facts) ??
      'name the module of the IOC that has it: e3 check -r <module>')
  return [{ ...plain, severity: 'warning', notes, hint }]
}

const mostProviders = 3

function nearInstalled(unknown: Unknown, facts: ModuleFacts): string | undefined {
  const [name] = facts.nearTo(unknown)
  const module = name && facts.providersOf({ ...unknown, name })[0]?.module
  return module && `did you mean "${name}", of module ${module}? then: e3 check -r ${module}`
}

function countText(others: readonly Diagnostic[]): string {
  const files = new Set(others.flatMap(({ at }) => (at ? [at.source.name] : [])))
  const count = others.reduce((sum, item) => sum + countOf(item), 0)
  const places = count === 1 ? 'place' : 'places'
  return `the same at ${count} more ${places} in ${files.size} ${files.size === 1 ? 'file' : 'files'}`
}
