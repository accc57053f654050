import { type Diagnostic, diagnostic, hasErrors } from '../../text/diagnostic.ts'
import { checkInstalled, type InstalledCheck } from '../check/installed.ts'
import { overlayFiles, overlayReader, relocated } from './overlay.ts'
import type { StagedModule } from './staged-module.ts'

/** Where a stage is to be installed, and what is known there. */
export interface StageCheck extends InstalledCheck {
  /** Directory of the tree, the first root of the site. */
  readonly root: string
}

/** Whether a module could be required once it is in its place; see `checkInstalled`. */
export function checkStage(staged: StagedModule, check: StageCheck): Diagnostic[] {
  const { module, version, architecture, directory } = staged
  const { site, base, root } = check
  const overlay = { place: `${root}/${module}/${version.text}`, directory }
  const { roots, baseRelease } = site
  const reader = overlayReader(site.reader, overlay)
  if (!reader.isDirectory(`${overlay.place}/lib/${architecture}`)) {
    return [withoutArchitecture(staged)]
  }
  const { own, others } = checkInstalled(
    { root, module, version, architecture },
    {
      site: { reader, roots, architecture, ...(baseRelease !== undefined && { baseRelease }) },
      ...{ base, files: overlayFiles(check.files, overlay) },
    },
  )
  // What is wrong with others is told too, but it is not this module that has to be mended.
  const found = [...own.map(firmer), ...(hasErrors(own) ? [] : others.map(softer))]
  return found.map((one) => relocated(one, overlay))
}

/** require.c goes on without the file; whoever installs can still make one. */
function firmer(one: Diagnostic): Diagnostic {
  return one.code === 'DEP_FILE_MISSING' ? { ...one, severity: 'error' } : one
}

function softer(one: Diagnostic): Diagnostic {
  return one.severity === 'error' ? { ...one, severity: 'warning' } : one
}

function withoutArchitecture({ architecture, directory }: StagedModule): Diagnostic {
  return diagnostic('STAGE_INVALID', `${directory} has no directory lib/${architecture}`, {
    notes: [{ message: 'a module is seen by require only if it has one, even without a library' }],
    hint: 'build the module again: e3 build',
  })
}
