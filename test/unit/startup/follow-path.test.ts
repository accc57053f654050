import { expect, test } from 'vitest'
import { followFolder, followPath } from '../../../src/startup/follow-path.ts'

/** `/site/ioc/link` leads to `/other/deep`; `/home` to `/site`, `/same` to a folder of its name. */
const links: Readonly<Record<string, string>> = {
  '/site/ioc/link': '/other/deep',
  '/home': '/site',
  '/home/ioc': '/site/ioc',
  '/home/ioc/link': '/other/deep',
  '/site/same': '/other/same',
}
const folders = ['/', '/site', '/site/ioc', '/other', '/other/deep', '/other/same']
const reader = {
  kindOf: (path: string) =>
    folders.includes(links[path] ?? path) ? ('directory' as const) : undefined,
  realPath: (path: string) => links[path] ?? path,
}

test.each([
  ['/site/ioc', 'st.cmd', '/site/ioc/st.cmd'],
  ['/site/ioc', './/a/./b//c.db', '/site/ioc/a/b/c.db'],
  ['/site/ioc', '.', '/site/ioc/'],
  ['/site/ioc', '..x/...', '/site/ioc/..x/...'],
  ['/site/ioc', '..', '/site'],
  ['/site/ioc', '../../../x', '/x'],
  ['/site/ioc', '/other/deep/../x', '/other/x'],
  ['/site/ioc', 'link/../x', '/other/x'],
  ['/site/ioc/link', '..', '/other'],
  ['/site/ioc/link', '../../x', '/x'],
  ['/site/same', '../x', '/other/x'],
  ['/home/ioc', '../x', '/home/x'],
  ['/home/ioc', 'link/../x', '/other/x'],
  ['/home', '..', '/'],
  ['/', '..', '/'],
  ['/site/ioc', 'nodir/../x', '/site/ioc/nodir/../x'],
  ['/site/ioc', '../nodir/../x', '/site/ioc/../nodir/../x'],
  ['/site/ioc', 'st.cmd/', '/site/ioc/st.cmd/'],
])('from %s: %s is %s', (directory, path, expected) => {
  expect(followPath(directory, path, reader)).toBe(expected)
})

test.each([
  ['.', '/site/ioc'],
  ['link/', '/site/ioc/link'],
  ['../../', '/'],
])('a folder has no slash at its end: %s', (path, expected) => {
  expect(followFolder('/site/ioc', path, reader)).toBe(expected)
})
