import { parseArguments } from '../../src/cli/iocsh/arguments.ts'
import { checkLibraries } from '../../src/modules/check/library-check.ts'
import { fileFormats } from '../../src/startup/file-formats.ts'
import type { PlanInput } from '../../src/startup/plan.ts'
import { spanOf } from '../../src/text/span.ts'
import { sourcesOf } from './sources.ts'
import { type Folder, memoryReader } from './tree.ts'

/** The modules asyn and stream below `/m`, without code: databases and snippets only. */
const tree: Folder = {
  m: {
    asyn: { '4.42.0+3': { lib: { 'linux-x86_64': { 'asyn.dep': '' } }, db: { 'a.db': 'x' } } },
    stream: {
      '2.8.26+0': { lib: { 'linux-x86_64': { 'stream.dep': 'asyn 4.42.0+3\n' } }, 'x.iocsh': '' },
    },
  },
}

/**
 * A start with the words of `iocsh`, in `/here`, with a base at `/base`.
 *
 * @param files by path
 */
export function planInput(
  words: readonly string[],
  files: Readonly<Record<string, string>> = {},
): PlanInput {
  const source = { name: '<command line>', text: words.join(' ') }
  const { request } = parseArguments(words.map((text) => ({ text, at: spanOf(source) }))).value
  return {
    request,
    base: {
      directory: '/base',
      arch: 'linux-x86_64',
      version: { text: '7.0.10.1', parts: [7, 0, 10, 1], snapshot: '', site: '' },
      executable: { path: '/base/bin/linux-x86_64/softIocPVA' },
      dbd: '/base/dbd/softIocPVA.dbd',
      libraryDirectory: '/base/lib/linux-x86_64',
    },
    site: {
      reader: memoryReader(tree),
      roots: [{ directory: '/m', origin: '-l' }],
      architecture: 'linux-x86_64',
    },
    reader: sourcesOf(files),
    checkLibraries,
    libraries: {
      open: () => undefined,
      exists: () => false,
      text: () => undefined,
      realPath: (path) => path,
    },
    environment: new Map([['PATH', '/bin']]),
    cwd: '/here',
    formats: () => fileFormats,
    iocName: 'LAB:X',
    directory: '/run/iocsh-0/LAB:X-1',
    productVersion: '0.1.0',
    started: '2026-11-22T05:00:00+01:00',
    commandLine: words,
    isStdinAtEnd: false,
  }
}
