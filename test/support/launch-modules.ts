import { join } from 'node:path'
import { buildModule, type ModuleSpec } from './build-module.ts'
import type { Workspace } from './launch.ts'

/**
 * Compiles the modules of the launch tests into the folder `modules` of a workspace, and returns
 * its path: `alpha` in three versions, `beta`, `gamma` which pins `beta`, and `proto` without code.
 */
export async function buildLaunchModules(workspace: Workspace, base: string): Promise<string> {
  const root = join(workspace.directory, 'modules')
  for (const spec of specs) await buildModule({ root, base, ...spec })
  return root
}

/** Requires another module, as snippets may, and shows its macro. */
const snippet = `# set-up of alpha
require $(NEXT=beta)
$(NEXT=beta)Hello
echo 'snippet' "$(P=none)" $(alpha_VERSION)
`

const template = 'record(ai, "$(P)Alpha") {\n  field(DESC, "$(D=)")\n}\n'

const specs: readonly Omit<ModuleSpec, 'root' | 'base'>[] = [
  {
    ...{ name: 'alpha', version: '1.0.0+0' },
    files: { 'setup.iocsh': snippet, 'db/alpha.template': template },
  },
  {
    ...{ name: 'alpha', version: '1.0.0+1' },
    files: { 'setup.iocsh': snippet, 'db/alpha.template': template },
  },
  { name: 'alpha', version: '2.0.0+0' },
  { name: 'beta', version: '1.0.0+0' },
  { name: 'beta', version: '1.1.0+0' },
  { name: 'gamma', version: '1.0.0+0', dep: [{ name: 'beta', version: '1.0.0+0' }] },
  {
    ...{ name: 'proto', version: '1.0.0+0', sources: null, dbd: null },
    files: { 'db/proto.db': 'record(ai, "LAB:Proto") {}\n' },
  },
]
