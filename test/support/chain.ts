import { join } from 'node:path'
import { newWorkspace, type Workspace } from './launch.ts'
import { type Ended, runE3 } from './run-e3.ts'

/** Four modules of four lines each: alpha <- beta <- gamma <- delta, and a tree for them. */
export interface Chain extends Workspace {
  readonly tree: string
  /** Runs `e3` in the workspace; the tree is the site's. */
  readonly e3: (...args: string[]) => Promise<Ended>
}

export const names: readonly string[] = ['alpha', 'beta', 'gamma', 'delta']

/** Sources of all four; `ALPHA` is the number that the others multiply by ten. */
export function newChain(): Chain {
  const workspace = newWorkspace({ 'tree/.keep': '' })
  const tree = workspace.path('tree')
  for (const [index, name] of names.entries()) {
    workspace.write(filesOf(name, names[index - 1], `sources/${name}`))
  }
  const e3: Chain['e3'] = (...args) =>
    runE3(args, {
      cwd: workspace.directory,
      env: {
        ...{ E3_SITEMODS_PATH: tree, EPICS_DRIVER_PATH: '' },
        XDG_RUNTIME_DIR: workspace.runtime,
      },
    })
  return { ...workspace, tree, e3 }
}

/** Another value of the first of them: what was compiled with the one before is out of date. */
export function alphaHeader(value: number): Readonly<Record<string, string>> {
  return { 'sources/alpha/alpha.h': `#define ALPHA ${value}\n` }
}

function filesOf(name: string, needed: string | undefined, folder: string): Record<string, string> {
  const macro = name.toUpperCase()
  const recipe = {
    ...{ name, version: '1.0.0+0', ...(needed && { requires: needed }) },
    ...{ sources: '*.c', headers: '*.h', templates: '*.template' },
    ...(name === 'delta' && { dbds: '*.dbd' }),
  }
  const texts = {
    'module.yaml': JSON.stringify(recipe),
    [`${name}.h`]: needed
      ? `#include <${needed}.h>\n#define ${macro} (${needed.toUpperCase()} * 10)\n`
      : `#define ${macro} 1\n`,
    [`${name}.c`]: [
      '#include <epicsExport.h>',
      `#include <${name}.h>`,
      `int ${name}Value = ${macro};`,
      `epicsExportAddress(int, ${name}Value);`,
    ].join('\n'),
    [`${name}.template`]: `record(ai, "$(P)${name}") {}\n`,
    ...(name === 'delta' && { 'delta.dbd': 'variable(deltaValue, int)\n' }),
  }
  return Object.fromEntries(Object.entries(texts).map(([file, text]) => [join(folder, file), text]))
}
