import { type Diagnostic, diagnostic, type Note } from '../text/diagnostic.ts'
import { didYouMean } from '../text/suggest.ts'
import type { Cause } from './cause.ts'
import { askedModule, askedText, chainSpan, requesterText } from './chain.ts'
import type { ExplainContext } from './explain.ts'
import { installedText, missingTarget, unusableText } from './installed-text.ts'
import { listModules } from './list-installed.ts'
import { type ModuleTree, openModuleTree } from './module-tree.ts'
import { isSolvable } from './remedy.ts'
import type { Requester } from './resolution.ts'
import { askedVersion } from './search-state.ts'
import type { SearchRoot, Site } from './site.ts'
import type { VersionPlace } from './version-place.ts'

/** No root has a folder for the module with a version in it. */
export function explainMissingModule(
  { requesters, demands }: Cause,
  context: ExplainContext,
): Diagnostic {
  const { tree, remedy, notes } = context
  const [requester] = requesters
  const module = requester ? askedModule(requester) : ''
  const elsewhere = otherPlaces(context, requester)
  const unreadable = tree.unreadable(module)
  return diagnostic('MODULE_NOT_FOUND', `module ${module} is not installed`, {
    at: requester && chainSpan(requester, demands),
    notes: [
      ...askingNotes(requesters),
      ...folderNotes(tree, module),
      ...elsewhere.map(({ message }) => ({ message })),
      { message: searchedText(tree) },
      ...notes,
    ],
    hint:
      unreadable.map(({ folder }) => `ls -ld ${folder}`)[0] ??
      remedy?.text ??
      helpOf(elsewhere) ??
      didYouMean(module, otherModules(tree, module)) ??
      'give the module tree that has it: -l <directory>',
  })
}

/** The module is there, no version of it is the one asked for. */
export function explainMissingVersion(cause: Cause, context: ExplainContext): Diagnostic {
  const { requesters, demands } = cause
  const { tree, remedy, notes } = context
  const [requester] = requesters
  if (!requester) return explainMissingModule(cause, context)
  const module = askedModule(requester)
  const others = (demands.get(module) ?? []).filter((other) => other !== requester)
  const elsewhere = otherPlaces(context, requester)
  return diagnostic(
    'REQUIRE_NOT_FOUND',
    `${askedText(requester)} is not installed for ${tree.site.architecture}`,
    {
      at: chainSpan(requester, demands),
      notes: [
        ...askingNotes(requesters),
        { message: installedText(tree, module, askedVersion(requester)) },
        ...others.flatMap((other) => alsoRequired(other, demands)),
        ...elsewhere.map(({ message }) => ({ message })),
        ...notes,
      ],
      hint: remedy?.text ?? helpOf(elsewhere) ?? `build and install ${askedText(requester)}`,
    },
  )
}

/** All versions that would do are built for something else, or are links that mislead. */
export function explainUnusable(
  { requesters, demands, installed }: Extract<Cause, { kind: 'unusable' }>,
  { tree, remedy, notes }: ExplainContext,
): Diagnostic {
  const { module, version, places } = installed
  const [requester] = requesters
  const at = requester && chainSpan(requester, demands)
  const asking = askingNotes(requesters)
  for (const place of places) {
    const wrong = wrongLinkText(tree, installed)
    if (tree.state(place).kind !== 'wrong link' || !wrong) continue
    return diagnostic('VERSION_LINK_WRONG', wrong.message, {
      at,
      notes: [...asking, ...notes],
      hint: remedy?.text ?? wrong.hint,
    })
  }
  for (const place of places) {
    const unreadable = unreadableText(tree, place)
    if (!unreadable) continue
    const { message, hint } = unreadable
    return diagnostic('FILE_UNREADABLE', message, { at, notes: [...asking, ...notes], hint })
  }
  const target = missingTarget(tree, installed)
  return diagnostic(
    'MODULE_ARCH_MISSING',
    `${module} ${version.text} is not installed for ${target}`,
    {
      at,
      notes: [
        { message: `${module} ${version.text} is ${unusableText(tree, installed)}` },
        ...asking,
        ...notes,
      ],
      hint: remedy?.text ?? `build ${module} ${version.text} for ${target}`,
    },
  )
}

/** Message and remedy for a link that has the name of a version and leads to another one. */
export function wrongLinkText(
  tree: ModuleTree,
  { version, places }: Extract<Cause, { kind: 'unusable' }>['installed'],
): { readonly message: string; readonly hint: string } | undefined {
  for (const place of places) {
    const state = tree.state(place)
    if (state.kind !== 'wrong link') continue
    const message = `${place.directory} is named ${version.text} but leads to ${state.target}`
    return { message, hint: `rename the link, e.g. to stable: an alias has no numeric name` }
  }
  return undefined
}

/** Message and remedy for a version that cannot be looked into. */
export function unreadableText(
  tree: ModuleTree,
  place: VersionPlace,
): { readonly message: string; readonly hint: string } | undefined {
  const state = tree.state(place)
  if (state.kind !== 'unreadable') return undefined
  const { module, version, directory } = place
  const message = `${module} ${version.text} in ${directory} cannot be read: ${state.problem}`
  return { message, hint: `ls -ld ${directory} ${directory}/lib` }
}

/** Folders of the module that are there all the same. */
function folderNotes({ site }: ModuleTree, module: string): Note[] {
  return site.roots.flatMap(({ directory }) => {
    const folder = `${directory}/${module}`
    const listing = site.reader.list(folder)
    if (!listing) return []
    const { problem } = listing
    const message = problem ? `cannot be read: ${problem}` : 'has no folder of a version'
    return [{ message: `${folder} ${message}` }]
  })
}

/** For what another module asks for: which one; its place and chain are those of the message. */
function askingNotes(requesters: readonly Requester[]): Note[] {
  return requesters
    .filter(({ kind }) => kind === 'module')
    .map((requester) => ({ message: requesterText(requester) }))
}

function alsoRequired(requester: Requester, demands: Cause['demands']): Note[] {
  const at = chainSpan(requester, demands)
  return [{ message: `also required: ${requesterText(requester)}`, ...(at && { at }) }]
}

/** Roots that are known but not searched and have what is asked for; help if all else is there, too. */
function otherPlaces(
  { tree: { site }, requests }: ExplainContext,
  requester: Requester | undefined,
): { readonly message: string; readonly hint?: string }[] {
  if (!requester) return []
  return (site.otherRoots ?? []).flatMap((root) => {
    const tree = openModuleTree(withRoots(site, [root]))
    const found = tree
      .versions(askedModule(requester))
      .find((one) => tree.accepts(one, askedVersion(requester)) && tree.usable(one))
    if (!found) return []
    const message = `there is ${found.module} ${found.version.text} in ${rootText(root)}`
    const wider = openModuleTree(withRoots(site, [root, ...site.roots]))
    return [{ message, ...(isSolvable(wider, requests) && { hint: `-l ${root.directory}` }) }]
  })
}

function helpOf(places: ReturnType<typeof otherPlaces>): string | undefined {
  return places.find(({ hint }) => hint !== undefined)?.hint
}

function withRoots(
  { reader, architecture, baseRelease }: Site,
  roots: readonly SearchRoot[],
): Site {
  return { reader, roots, architecture, ...(baseRelease !== undefined && { baseRelease }) }
}

function searchedText({ site }: ModuleTree): string {
  if (site.roots.length === 0) {
    return 'no module tree is known: neither -l nor EPICS_DRIVER_PATH nor E3_SITEMODS_PATH'
  }
  const roots = site.roots.map((root) => {
    const text = rootText(root)
    return site.reader.isDirectory(root.directory) ? text : `${text}, which is no directory`
  })
  return `searched: ${roots.join(', ')}`
}

function rootText({ directory, origin }: SearchRoot): string {
  return `${directory} (${origin})`
}

/** Reads whole roots, as only `listModules` does otherwise. */
function otherModules({ site }: ModuleTree, module: string): string[] {
  return listModules(site).filter((name) => name !== module)
}
