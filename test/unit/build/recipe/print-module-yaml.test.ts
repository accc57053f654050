import { expect, test } from 'vitest'
import { readModuleYaml } from '../../../../src/build/recipe/module-yaml.ts'
import { printModuleYaml } from '../../../../src/build/recipe/print-module-yaml.ts'

const read = (text: string) => readModuleYaml({ name: 'module.yaml', text }, 'linux-x86_64')

/** A recipe without its places: those of what was printed differ. */
const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, one) => (key === 'at' ? undefined : one)))

test.each([
  'name: a\nversion: 1.0.0\n',
  'name: a\nversion: "1.0"\nsources: x.c\n',
  'name: a\nversion: 1.0.0+1\nsources: [x.c, "a b.c", "*.cc", "!d.cc"]\n',
  'name: a\nversion: t\nrequires: [asyn, "calc,3.7.5"]\nlibraries: usb-1.0\n',
  `name: a\nversion: t\ncppflags: ["-DA='b c'", '-DB="x"']\nldflags: -Wl,-z,now\n`,
  'name: a\nversion: t\ndescription: "yes: it is"\nincludes: [src, ../x]\ncflags: -O3 -g\n',
])('read after print is the same: %j', (text) => {
  const { value } = read(text)
  if (!value) throw new Error('it cannot be read')
  expect(plain(read(printModuleYaml(value)))).toEqual(plain({ value, diagnostics: [] }))
})

test('what has no counterpart is told in comments', () => {
  const { value } = read('name: a\nversion: t\nsources: [x.c, .e3/linux-x86_64/source/a/made.c]\n')
  if (!value) throw new Error('it cannot be read')
  const others = [{ to: 'bin/linux-x86_64/snc', from: '.e3/snc' }]
  const upstream = { folder: 'a', copy: '.e3/linux-x86_64/source/a', patches: ['patch/a.patch'] }
  const further = { others, upstream, templateFolders: ['Db'], ifUsed: new Set(['asyn']) }
  expect(printModuleYaml({ ...value, ...further })).toBe(`name: a
version: t
sources: x.c
# sources: .e3/linux-x86_64/source/a/made.c is made by a rule or a patch: keep a copy of it
# patch/a.patch is applied to a copy of the sources: apply it to yours
# requires: asyn can go if no header of it is included
# .e3/snc is installed as bin/linux-x86_64/snc
# templates of substitution files are searched in Db, too
`)
})
