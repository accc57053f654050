import { createHash } from 'node:crypto'
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { buildModule, type ModuleSpec } from './build-module.ts'
import { pathsBelow } from './stage.ts'

/** Writes what a build says about itself into a version's directory or a stage. */
export function writeMeta(
  directory: string,
  { name, version, arch, dep = [] }: Pick<ModuleSpec, 'name' | 'version' | 'arch' | 'dep'>,
  more = '',
): void {
  const hash = (path: string) =>
    createHash('sha256')
      .update(readFileSync(join(directory, path)))
      .digest('hex')
  const meta = `${name}_meta.yaml`
  rmSync(join(directory, meta), { force: true })
  const files = pathsBelow(directory).map((path) => `  ${path}: ${hash(path)}\n`)
  const pins = Array.isArray(dep) ? dep : []
  const dependencies = pins.map((pin) => `  ${pin.name}: ${pin.version}\n`)
  const lines = [
    `module: ${name}\nversion: "${version}"\narch: ${arch}\n${more}`,
    dependencies.length > 0 ? `requires:\n${dependencies.join('')}` : '',
    `files:\n${files.join('')}`,
  ]
  writeFileSync(join(directory, meta), lines.join(''))
}

/**
 * Compiles a module and leaves it as `e3 build` does: in `.e3/<arch>/stage` of a folder, with its
 * description. Returns the stage.
 */
export async function buildStage(
  folder: string,
  spec: Omit<ModuleSpec, 'root'>,
): Promise<{ readonly stage: string; readonly arch: string }> {
  const { directory, arch } = await buildModule({ ...spec, root: join(folder, '.e3/compiled') })
  const place = join(folder, '.e3', arch)
  const stage = join(place, 'stage')
  rmSync(stage, { recursive: true, force: true })
  cpSync(directory, stage, { recursive: true })
  rmSync(dirname(dirname(directory)), { recursive: true })
  writeMeta(stage, { ...spec, arch })
  const built = { module: spec.name, version: spec.version, arch, stage: 'stage' }
  writeFileSync(join(place, 'built.json'), JSON.stringify(built))
  return { stage, arch }
}
