import { expect, test } from 'vitest'
import { withFileProviders } from '../../../src/check/file-providers.ts'
import type { FileVersion } from '../../../src/modules/file-search.ts'
import type { ResolvedModule } from '../../../src/modules/resolution.ts'
import { type DiagnosticDetails, diagnostic } from '../../../src/text/diagnostic.ts'
import { spanOf } from '../../../src/text/span.ts'
import { parseVersion } from '../../../src/version/version.ts'

const files: Readonly<Record<string, readonly FileVersion[]>> = {
  'sim.template': [{ module: 'sim', version: '1.0.0+0', kind: 'db' }],
  'sim.iocsh': [{ module: 'sim', version: '1.0.0+0', kind: 'snippet' }],
  'sim.dbd': [{ module: 'sim', version: '1.0.0+0', kind: 'dbd' }],
  'old.template': [{ module: 'sim', version: '0.8.0', newest: '1.0.0+0', kind: 'db' }],
  'old.iocsh': [{ module: 'sim', version: '0.8.0', newest: '1.0.0+0', kind: 'snippet' }],
  'old.dbd': [{ module: 'sim', version: '0.8.0', newest: '1.0.0+0', kind: 'dbd' }],
  'older.proto': ['a', 'b'].map((module) => ({
    ...{ module, version: '1.0.0', newest: '2.0.0', kind: 'db' },
  })),
  'both.proto': ['a', 'b'].map((module) => ({ module, version: '1.0.0', kind: 'db' })),
}

/** The last note and the hint of what is said about a missing file. */
function found(name: string, loaded: readonly string[] = [], details: DiagnosticDetails = {}) {
  const item = diagnostic('FILE_NOT_FOUND', name, { ...details, absent: name })
  const modules = loaded.map((version): ResolvedModule => {
    const places = { directory: '/m', root: '/', archDirectory: '/m/lib' }
    const made = { ...places, dependencies: [], requestedBy: [] }
    return { name: 'sim', version: parseVersion(version), ...made }
  })
  const facts = {
    providersOf: () => [],
    nearTo: () => [],
    filesOf: (one: string) => files[one] ?? [],
  }
  return withFileProviders(item, name, { facts, loaded: modules })
}

const notRequired = 'module sim 1.0.0+0 has it, not required'
const inIoc = 'module sim 1.0.0+0, which the IOC has, has it'

test.each([
  ['sim.template', [], notRequired, 'add the line: require sim'],
  ['both.proto', [], 'modules a 1.0.0, b 1.0.0 have it, not required', 'add the line: require a'],
  ['sim.iocsh', [], notRequired, 'add the line: require sim, and write "$(sim_DIR)/sim.iocsh"'],
  [
    'db/sim.template',
    [],
    notRequired,
    'add the line: require sim, and write "$(sim_DB)/sim.template"',
  ],
  [
    'sim.dbd',
    [],
    notRequired,
    'require loads the dbd file of a module, write in place of this: require sim',
  ],
  ['sim.iocsh', ['1.0.0+0'], inIoc, 'write "$(sim_DIR)/sim.iocsh"'],
  ['sim.template', ['1.0.0+0'], inIoc, 'move in front of what wants the file: require sim'],
  [
    'sim.template',
    ['0.9.0'],
    'module sim 1.0.0+0 has it, but the IOC has sim 0.9.0',
    'ask for that version: require sim 1.0.0+0',
  ],
  ['other.db', [], undefined, undefined],
  [
    'old.template',
    [],
    'module sim 0.8.0 has it, not required; 1.0.0+0, the newest, has it not',
    'add the line: require sim 0.8.0',
  ],
  [
    'old.iocsh',
    [],
    'module sim 0.8.0 has it, not required; 1.0.0+0, the newest, has it not',
    'add the line: require sim 0.8.0, and write "$(sim_DIR)/old.iocsh"',
  ],
  [
    'old.dbd',
    [],
    'module sim 0.8.0 has it, not required; 1.0.0+0, the newest, has it not',
    'require loads the dbd file of a module, write in place of this: require sim 0.8.0',
  ],
  [
    'older.proto',
    [],
    'modules a 1.0.0, b 1.0.0 have it, not required; their newest versions have it not',
    'add the line: require a 1.0.0',
  ],
  [
    'old.template',
    ['1.0.0+0'],
    'module sim 0.8.0 has it, but the IOC has sim 1.0.0+0',
    'ask for that version: require sim 0.8.0',
  ],
  [
    'old.template',
    ['0.8.0'],
    'module sim 0.8.0, which the IOC has, has it',
    'move in front of what wants the file: require sim',
  ],
])('%s, with sim %j loaded', (name, loaded, note, hint) => {
  const { notes, hint: given, absent } = found(name, loaded)
  expect([notes.at(-1)?.message, given, absent]).toEqual([note, hint, undefined])
})

test('a near name beside it is no longer certain', () => {
  const fixes = [{ at: spanOf({ name: 'x', text: 'x' }), replacement: 'simm.template' }]
  const near = { hint: 'did you mean "simm.template"?', fixes }
  const { hint, fixes: kept } = found('sim.template', [], near)
  expect(hint).toBe('did you mean "simm.template"? Or add the line: require sim')
  expect(kept).toBeUndefined()
  expect(found('other.db', [], near)).toMatchObject(near)
})

test.each([
  ['sim.template', [], 'add in front of it: -r sim'],
  ['old.template', [], 'add in front of it: -r sim,0.8.0'],
  ['sim.iocsh', [], "add in front of it: -r sim, and write '$(sim_DIR)/sim.iocsh'"],
  ['sim.template', ['0.9.0'], 'ask for that version: -r sim,1.0.0+0'],
])('%s as an argument, with sim %j loaded', (name, loaded, hint) => {
  const at = spanOf({ name: '<command line>', text: name })
  expect(found(name, loaded, { at }).hint).toBe(hint)
})
