import { expect, test } from 'vitest'
import { chooseSettings, otherSettings } from '../../../../src/cli/check/chosen-settings.ts'
import { findSettings } from '../../../../src/host/find-settings.ts'
import { spanOf } from '../../../../src/text/span.ts'
import { sourcesOf } from '../../../support/sources.ts'

const at = spanOf({ name: '<command line>', text: 'e3 check' })

/** Files, with the folder in which they were found in front of a colon. */
function chosen(words: string[], yaml: Record<string, string>) {
  const files = words.map((word) => {
    const [name = '', folder] = word.split(':').toReversed()
    return {
      ...{ name, path: `/w/${name}`, isFound: folder !== undefined, macros: [], at },
      ...(folder !== undefined && { folder: folder === '.' ? '/w' : `/w/${folder}` }),
    }
  })
  const search = { cwd: '/w', uid: process.getuid?.() ?? 0, reader: sourcesOf(yaml, '/w') }
  const choice = chooseSettings({ files, folders: ['/w/empty'] }, search)
  const settings = findSettings(choice.folder, search).value
  return [choice.path, ...otherSettings(choice, settings, '/w').map(({ message }) => message)]
}

const one = { '/w/a/e3.yaml': '' }
const two = { ...one, '/w/b/e3.yaml': '' }
const nested = { '/w/e3.yaml': '', ...two }

test.each<[string, string[], Record<string, string>, (string | undefined)[]]>([
  ['none', ['a/st.cmd'], {}, [undefined]],
  ['that of the file', ['a/st.cmd'], one, ['/w/a/e3.yaml']],
  ['the first one that there is', ['x/st.cmd', 'a/st.cmd'], one, ['/w/a/e3.yaml']],
  ['no file, but a folder', [], { '/w/e3.yaml': '' }, ['/w/e3.yaml']],
  [
    'two',
    ['a/st.cmd', 'b/c/st.cmd', 'b/x.db'],
    two,
    [
      '/w/a/e3.yaml',
      'b/e3.yaml does not count for b/c/st.cmd: the settings are those of a/e3.yaml',
    ],
  ],
  [
    'found in a folder: that of the folder',
    ['.:a/st.cmd', '.:x/st.cmd'],
    nested,
    ['/w/e3.yaml', 'a/e3.yaml does not count for a/st.cmd: the settings are those of e3.yaml'],
  ],
  [
    'which has none',
    ['x:x/a/st.cmd'],
    { '/w/x/a/e3.yaml': '' },
    [
      undefined,
      'x/a/e3.yaml does not count for x/a/st.cmd: settings are looked for from x upwards',
    ],
  ],
  [
    'its folder is ignored',
    ['.:a/st.cmd', '.:b/st.cmd'],
    { ...two, '/w/e3.yaml': 'ignore: [a, b/]\n' },
    ['/w/e3.yaml'],
  ],
])('%s', (_title, words, yaml, expected) => {
  expect(chosen(words, yaml)).toEqual(expected)
})
