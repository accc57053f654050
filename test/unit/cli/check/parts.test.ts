import { expect, test } from 'vitest'
import { type Looked, withoutParts } from '../../../../src/cli/check/parts.ts'

const main = 'cd ${TOP}\n< ${TOP}/iocBoot/iocA/st-common.cmd\niocInit\n'

/** Files found in a folder; `path: text > what it loads`. */
function lookedAt(files: Readonly<Record<string, string>>, isFound = true): Looked[] {
  return Object.entries(files).map(([path, text]) => {
    const loads = /> (.*)/.exec(text)?.[1]
    const kind = path.endsWith('.db') ? 'database' : 'script'
    const source = { name: path, text }
    return {
      target: { path, kind, isFound } as Looked['target'],
      sources: new Map(
        [path, ...(loads ? [loads] : [])].map((one) => [
          one,
          { source, isScript: true, isForeign: false },
        ]),
      ),
    }
  })
}

const kept = (files: Readonly<Record<string, string>>) =>
  withoutParts(lookedAt(files)).map(({ target }) => target.path)

test.each<[string, Record<string, string>, string[]]>([
  ['nothing of another', { '/a/st.cmd': main, '/b/st.cmd': main }, ['/a/st.cmd', '/b/st.cmd']],
  ['loaded', { '/a/st.cmd': '#> /a/x.cmd', '/a/x.cmd': 'iocInit' }, ['/a/st.cmd']],
  [
    'named at the end of a path',
    { '/a/st.cmd': main, '/t/iocBoot/iocA/st-common.cmd': 'iocInit' },
    ['/a/st.cmd'],
  ],
  [
    'named with another folder',
    { '/a/st.cmd': main, '/t/iocBoot/iocB/st-common.cmd': 'iocInit' },
    ['/a/st.cmd', '/t/iocBoot/iocB/st-common.cmd'],
  ],
  [
    'named in a folder nearby',
    { '/i/a/st.cmd': '< $(X)/y.cmd', '/i/b/y.cmd': 'iocInit' },
    ['/i/a/st.cmd'],
  ],
  [
    'named far away, starts an IOC',
    { '/i/a/st.cmd': '< $(X)/y.cmd', '/j/b/y.cmd': 'require x' },
    ['/i/a/st.cmd', '/j/b/y.cmd'],
  ],
  [
    'named far away, starts none',
    { '/i/a/st.cmd': '${EXEC} ${D}y.cmd, "A=1"', '/j/b/y.cmd': 'dbLoadRecords x.db' },
    ['/i/a/st.cmd'],
  ],
  [
    'named in a comment',
    { '/i/a/st.cmd': '# < y.cmd', '/j/y.cmd': 'dbLoadRecords x.db' },
    ['/i/a/st.cmd', '/j/y.cmd'],
  ],
  ['named by itself', { '/j/y.cmd': 'dbLoadRecords y.cmd' }, ['/j/y.cmd']],
  [
    'only the end of its name',
    { '/i/a/st.cmd': '< $(X)/y.cmd', '/j/xy.cmd': 'dbLoadRecords x.db' },
    ['/i/a/st.cmd', '/j/xy.cmd'],
  ],
  [
    'st.cmd is none',
    { '/i/a/st.cmd': '< $(X)/st.cmd', '/i/b/st.cmd': 'dbl' },
    ['/i/a/st.cmd', '/i/b/st.cmd'],
  ],
  [
    'sets variables only',
    { '/i/a/st.cmd': 'dbl', '/j/x.cmd': 'epicsEnvSet A $(B)' },
    ['/i/a/st.cmd'],
  ],
  ['sets variables only, as all others', { '/j/x.cmd': 'epicsEnvSet A $(B)' }, ['/j/x.cmd']],
  [
    'runs another script',
    { '/i/a/st.cmd': 'dbl', '/j/x.cmd': '$(ON) < a.iocsh' },
    ['/i/a/st.cmd', '/j/x.cmd'],
  ],
  [
    'beside a part',
    { '/i/a/st.cmd': '< $(X)/y.cmd', '/p/y.cmd': 'dbLoadRecords a', '/p/z.cmd': 'dbLoadRecords b' },
    ['/i/a/st.cmd'],
  ],
  [
    'beside a part, starts an IOC',
    { '/i/a/st.cmd': '< $(X)/y.cmd', '/p/y.cmd': 'dbl', '/p/z.cmd': 'iocInit' },
    ['/i/a/st.cmd', '/p/z.cmd'],
  ],
  [
    'beside the parts that it loads',
    { '/p/x.cmd': 'dbl > /p/y.cmd', '/p/y.cmd': 'dbl' },
    ['/p/x.cmd'],
  ],
  [
    'text for a generator',
    {
      '/t/st.cmd': 'cd $$IOCTOP\niocInit',
      '/m/st.cmd': '_APPNAME__registerRecordDeviceDriver pdbbase',
    },
    [],
  ],
  ['databases', { '/a/x.db': '> /a/y.db', '/a/y.db': '', '/a/z.db': '' }, ['/a/x.db', '/a/z.db']],
])('parts of others: %s', (_title, files, expected) => {
  expect(kept(files)).toEqual(expected)
})

test('what was named is looked at, whatever it is', () => {
  const looked = lookedAt({ '/a/st.cmd': '> /a/x.cmd', '/a/x.cmd': 'cd $$TOP' }, false)
  expect(withoutParts(looked)).toEqual(looked)
})
