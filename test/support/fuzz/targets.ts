import { readFileSync, statSync } from 'node:fs'
import { cachedPaths } from '../../../src/elf/loader-cache.ts'
import { bytesReader } from '../../../src/elf/reader.ts'
import { readElf } from '../../../src/elf/shared-object.ts'
import { symbolName } from '../../../src/elf/symbol-name.ts'
import { decode as decodeCa, decodeText } from '../../../src/host/channel-access/messages.ts'
import { decode as decodePva } from '../../../src/host/pv-access/messages.ts'
import { planLaunch, runFiles } from '../../../src/startup/plan.ts'
import { renderText } from '../../../src/text/render.ts'
import { spanOf } from '../../../src/text/span.ts'
import { planInput } from '../plan-input.ts'
import { buildTargets } from './build-targets.ts'
import type { Target } from './fuzz.ts'
import { hierarchyTarget } from './hierarchy-target.ts'
import { makeBytes, makeText } from './inputs.ts'
import { msiTarget } from './msi-target.ts'
import { namedFileTargets } from './named-file-targets.ts'
import { plainTarget } from './plain-target.ts'
import { templateTarget } from './template-target.ts'
import { textTargets } from './text-targets.ts'

/** Libraries that this process uses: real ones, and there on every machine. */
const libraries = smallLibraries()

const byteTargets: readonly Target[] = [
  bytesTarget('shared object', libraries, readLibrary),
  bytesTarget('loader cache', [loaderCache()], (bytes) => cachedPaths(bytes, 'libCom.so')),
  bytesTarget('Channel Access', [Uint8Array.of(0, 1, 0, 8, 0, 0, 0, 1, ...zeros(16))], (bytes) => {
    const decoded = decodeCa(Buffer.from(bytes))
    if (decoded) decodeText(decoded.message.payload)
  }),
  bytesTarget('PV Access', [Uint8Array.of(0xca, 2, 0, 4, 8, 0, 0, 0, ...zeros(8))], (bytes) =>
    decodePva(Buffer.from(bytes)),
  ),
]

/** A script, the files it loads, and modules: all that a start looks at, down to the texts written. */
const launch: Target = {
  name: 'startup scripts',
  bound: 10_000,
  make(random) {
    const files = ['st.cmd', 'a.iocsh', 'b.cmd'].map((name): [string, string] => [
      `/here/${name}`,
      // What is decoded from bytes has no halves of surrogate pairs.
      makeText(random, { samples: scripts, pieces: scriptPieces }).slice(0, 1500).toWellFormed(),
    ])
    const input = files.map(([name, text]) => `--- ${name}\n${text}`).join('\n')
    return { input, run: () => planScripts(Object.fromEntries(files)) }
  },
}

/** Every parser of the product. */
export const targets: readonly Target[] = [
  ...textTargets,
  ...namedFileTargets,
  ...byteTargets,
  launch,
  msiTarget,
  hierarchyTarget,
  templateTarget,
  ...buildTargets,
  plainTarget,
]

function bytesTarget(
  name: string,
  samples: readonly Uint8Array[],
  read: (bytes: Uint8Array) => void,
): Target {
  return {
    name,
    make(random) {
      const bytes = makeBytes(random, samples)
      const input = `${bytes.length} bytes: ${Buffer.from(bytes.subarray(0, 64)).toString('hex')}`
      return { input, run: () => read(bytes) }
    },
  }
}

function readLibrary(bytes: Uint8Array): void {
  const { value } = readElf(bytesReader(bytes), spanOf({ name: 'lib.so', text: '' }))
  if (!value) return
  for (const symbol of value.symbols.undefined()) void symbol.name
  for (const symbol of value.symbols.defined()) void symbol.name
  value.symbols.find(symbolName('main'))
}

function smallLibraries(): Uint8Array[] {
  const { sharedObjects } = process.report.getReport() as unknown as {
    readonly sharedObjects: readonly string[]
  }
  const files = sharedObjects.filter(
    (path) => path.startsWith('/') && statSync(path).size < 200_000,
  )
  return files.slice(0, 3).map((path) => readFileSync(path))
}

/** Of this machine; musl has none. */
function loaderCache(): Uint8Array {
  try {
    return readFileSync('/etc/ld.so.cache').subarray(0, 20_000)
  } catch {
    return Uint8Array.from(zeros(100))
  }
}

function zeros(count: number): number[] {
  return Array.from({ length: count }, () => 0)
}

const scripts = [
  'epicsEnvSet("P", "LAB:")\niocshLoad("a.iocsh", "N=1,P=$(P)")\niocInit\ndbl\n',
  'require asyn\nrequire stream,2.8.26+0\n< b.cmd\n',
  'iocshLoad "$(stream_DIR)x.iocsh"\ndbLoadRecords "a.db", "P=$(P)"\nafterInit "dbl"\n',
]

const scriptPieces = [
  ...['require asyn\n', 'require stream', 'require $(A)\n', '2.8.26+0', 'iocInit\n', 'dbl > f\n'],
  ...['< b.cmd\n', '< a.iocsh\n', 'iocshLoad a.iocsh\n', 'iocshLoad("b.cmd", "A=1")\n', '# x\n'],
  ...['iocshRun("dbl $(A)", "A=2")\n', 'iocshCmd("cd x")\n', 'epicsEnvSet A ', 'epicsEnvUnset A\n'],
  ...['cd /tmp\n', 'on error break\n', 'on error wait 1\n', 'exit\n', 'var x 1\n', 'dlload l.so\n'],
  ...['dbLoadTemplate x.subs\n', 'dbLoadDatabase x.dbd\n', 'afterInit "dbl"\n', 'system "ls"\n'],
  ...['$(A)', '${B=1}', '$(asyn_DIR)', '"', "'", '(', ')', ',', ' ', '\n', '\\\n', '#-', '2>>'],
]

function planScripts(files: Readonly<Record<string, string>>): void {
  const words = ['-n', 'LAB:X', 'st.cmd', 'P=1']
  const { value, diagnostics } = planLaunch({
    ...planInput(words, { ...files, '/m/stream/2.8.26+0/x.iocsh': 'dbl\n' }),
    environment: new Map([['B', '$(A)']]),
  })
  if (value) runFiles(value)
  for (const found of diagnostics.slice(0, 5)) renderText(found, { color: false, width: 80 })
}
