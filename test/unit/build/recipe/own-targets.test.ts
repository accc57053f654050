import { expect, test } from 'vitest'
import { ownTargets } from '../../../../src/build/recipe/own-targets.ts'

const source = (text: string) => ({ name: 'm', text })
const found = (module: string, wrapper = ''): string[] =>
  ownTargets([source(module), source(wrapper)]).map(({ name, level }) => `${level} ${name}`)

test.each([
  ['nothing', ''],
  ['no commands', 'db:\nvlibs:\n.PHONY: db vlibs\n'],
  ['what e3 does', 'db: $(SUBS) $(TMPS)\n$(SUBS):\n\t$(MSI) -S $@\nvlibs: ${VENDOR_LIBS}\n'],
  ['a message', 'db: conf\n\t$(QUIET) echo db\n\t@# nothing\n\n\t@:\n'],
  ['another target', 'dbs: ; touch x\nmydb:\n\ttouch x\ndb := x\ndb = y\n'],
  ['commands of the next rule', 'db:\n# next\nother:\n\ttouch x\n'],
  ['in a comment', '# db: x\n\tdb: x\n'],
])('nothing to call: %s', (_, text) => {
  expect(found(text)).toEqual([])
  expect(found('', text)).toEqual([])
})

test.each([
  ['db:\n\tcp a b\n', 'db'],
  ['db: made.db\n', 'db'],
  ['db: $(SUBS) \\\n  more\n', 'db'],
  ['db vlibs:: ; touch x\n', 'vlibs db'],
  ['prebuild:\n\n# a comment\n\t$(QUIET)cmake .\n', 'prebuild'],
  ['db: $(SUBS)\n\techo x > y.db\n', 'db'],
  ['db:\r\n\tcp a b\r\n', 'db'],
])('%j', (text, names) => {
  const expected = (level: string) => names.split(' ').map((name) => `${level} ${name}`)
  expect(found(text)).toEqual(expected('module'))
  expect(found('', text)).toEqual(expected('wrapper'))
  expect(found(text, text)).toEqual(expected('wrapper'))
})

test('the call of the module, which wrappers have, is none of the wrapper', () => {
  const wrapper = 'db: conf\n\t$(QUIET) $(E3_MODULE_MAKE_CMDS) db\n'
  expect(found('db:\n', wrapper)).toEqual([])
  expect(found('db:\n\tcp a b\n', wrapper)).toEqual(['module db'])
  expect(found('db:\n', `${wrapper}\tcp a b\n`)).toEqual(['wrapper db'])
})
