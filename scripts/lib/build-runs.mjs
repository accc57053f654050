// Runs of `e3 build` for the cache of its code: a module is built, then again with one source changed.
// Base and compiler are stand-ins, as dist/ is made before there is a base; all the rest is as usual.
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const arch = 'linux-standin'

/**
 * @param {string} folder for the files of these runs; it is removed by whoever made it
 * @returns {import('./compile-cache.mjs').Run[]}
 */
export function buildRuns(folder) {
  const [base, module, compiler] = ['base', 'module', 'compiler'].map((name) => join(folder, name))
  write(folder, { ...baseFiles, ...moduleFiles, compiler: compilerScript })
  for (const program of [compiler, join(base, 'bin', arch, 'softIocPVA')]) chmodSync(program, 0o755)
  const { PATH, HOME } = process.env
  const env = { PATH, HOME, EPICS_HOST_ARCH: arch, CC: compiler, CXX: compiler }
  const args = ['build', module, '--base', base, '-j', '2', '--no-ccache']
  const change = () => write(folder, { 'module/src/one.c': 'int one = 2;\n' })
  return [
    { args, env },
    { args, env, before: change },
  ]
}

const baseFiles = {
  'base/configure/CONFIG_BASE_VERSION': 'EPICS_VERSION = 7\nEPICS_REVISION = 0\n',
  'base/configure/e3-base.json': JSON.stringify({
    ...{ format: 1, version: '7.0', arch },
    flags: { cppflags: ['-Dlinux'], cflags: [], cxxflags: [], ldflags: [], libs: ['-lCom'] },
  }),
  'base/dbd/softIocPVA.dbd': `menu(menuScan) { choice(menuScanPassive, "Passive") }
recordtype(ai) { field(NAME, DBF_STRING) { prompt("name") size(61) } }
`,
  [`base/bin/${arch}/softIocPVA`]: '',
  [`base/lib/${arch}/libCom.so`]: '',
}

const moduleFiles = {
  'module/module.yaml': `name: standin
version: 1.0.0
sources: src/*.c
dbds: src/standin.dbd
headers: src/standin.h
templates: db/*.template
cppflags: -DUSE_TYPED_DSET
`,
  'module/src/one.c': 'int one = 1;\n',
  'module/src/two.c': '#include "standin.h"\nint two = 2;\n',
  'module/src/standin.h': 'extern int one;\n',
  'module/src/standin.dbd': 'device(ai, INST_IO, devStandin, "standin")\nregistrar(standin)\n',
  'module/db/standin.template': 'record(ai, "$(P)standin") {}\n',
}

/** Copies the source, and says that it was read. */
const compilerScript = `#!/bin/sh
for word; do
  case $before in -o) output=$word ;; -MF) rule=$word ;; esac
  before=$word
done
[ -z "$output" ] || cat "$before" >"$output" 2>/dev/null || :
[ -z "$rule" ] || echo "$output: $before" >"$rule"
`

function write(folder, texts) {
  for (const [name, text] of Object.entries(texts)) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
}
