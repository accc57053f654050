import { mkdirSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { runMsi } from '../../database/msi/msi.ts'
import { toBytes } from '../../macro/bytes.ts'
import type { ResolvedModule } from '../../modules/resolution.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import { openMsiFiles } from '../msi-files.ts'
import type { Work } from './build-module.ts'
import { accepted } from './failure.ts'
import { withFlatTemplates } from './flat-templates.ts'

/**
 * Expands the substitution files of a module to databases, as msi does. Templates are searched beside
 * them, among those of the module and of the modules that it requires; they may be hierarchical.
 *
 * @returns paths of the databases, from the folder of the module
 */
export function expandSubstitutions(work: Work, modules: readonly ResolvedModule[]): string[] {
  const { folder, output, files, order, recipe, surroundings, diagnostics } = work
  if (files.substitutions.length === 0) return []
  mkdirSync(join(folder, output, 'db'), { recursive: true })
  const named = (recipe.templateFolders ?? []).map((path) => resolve(folder, path))
  const templates = [...new Set(files.templates.map((file) => join(folder, dirname(file))))]
  const others = modules.flatMap(({ dbDirectory }) => dbDirectory ?? [])
  return files.substitutions.map((file) => {
    const target = `${output}/db/${basename(file).replace(/\.\w+$/, '')}.db`
    const place = { cwd: folder, output: toBytes(target) }
    const path = [join(folder, dirname(file)), ...named, ...templates, ...others]
    const machine = withFlatTemplates(openMsiFiles(order.env, place), {
      ...{ reader: surroundings.reader, cwd: folder, folders: path, diagnostics },
    })
    const {
      status,
      diagnostics: found,
      unsaid,
    } = runMsi(
      {
        ...{
          macros: (recipe.templateMacros ?? []).map(toBytes),
          substitutions: toBytes(join(folder, file)),
          path: path.map(toBytes),
          template: undefined,
        },
        ...{ output: undefined, isVerbose: false, isGlobal: false, isDependencies: false },
      },
      machine,
    )
    machine.close(status !== 1)
    accepted({ value: target, diagnostics: [...found.map(ofModule), ...unsaid] }, diagnostics)
    return target
  })
}

/** Nobody gives `-I` here. */
function ofModule(one: Diagnostic): Diagnostic {
  if (one.code !== 'FILE_NOT_FOUND') return one
  return { ...one, hint: 'put it into the module, or add the module that has it to: requires' }
}
