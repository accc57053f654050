import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { dependencyText } from '../../src/build/module-texts.ts'
import { machineArchitecture } from '../../src/host/base/architecture.ts'
import { buildModule as buildFolder } from '../../src/host/build/build-module.ts'
import { renderText } from '../../src/text/render.ts'

/** A module to be made for a test. Only `root`, `name`, `version` and `base` are needed. */
export interface ModuleSpec {
  /** Module tree. */
  readonly root: string
  readonly name: string
  readonly version: string
  /** Folder of the EPICS base to compile for. */
  readonly base: string
  /**
   * Texts by file name (`dev.cpp`, `table.c`, `api.h`). Not given: one function
   * `<name>_version()`. Null: a module without a library.
   */
  readonly sources?: Readonly<Record<string, string>> | null
  /** Text without includes. Not given: a registrar that registers the command `<name>Hello`. */
  readonly dbd?: string | null
  /** Lines of the `.dep` file as they shall be, or pins. Null: no such file. */
  readonly dep?: string | readonly { readonly name: string; readonly version: string }[] | null
  /** Further files by their path in the version folder: `db/x.template`, `x.iocsh`. */
  readonly files?: Readonly<Record<string, string>>
  /** The version compiled in, if it shall differ from the name of the folder. */
  readonly builtAs?: string
  /** False: no `<name>_registerRecordDeviceDriver` in the library. */
  readonly registration?: boolean
  readonly linkFlags?: readonly string[]
  /** Folder under `lib/` if it shall differ from the architecture of the base. */
  readonly arch?: string
}

/** What was made. */
export interface BuiltModule {
  readonly directory: string
  readonly arch: string
  /** Path of `lib<name>.so`, or undefined if it has none. */
  readonly library: string | undefined
}

/** Modules are kept under a hash of all that makes them, so a second test run compiles nothing. */
const cache = join(import.meta.dirname, '../../build/test-modules')

/** The builder itself: another state of it is another module. */
const builder = ['src/build', 'src/host/build'].flatMap((folder) =>
  textsIn(join(import.meta.dirname, '../..', folder)),
)

/**
 * Builds a real module into a module tree. Without sources and dbd it has a command `<name>Hello`
 * that prints `<name> <version>`, as proof of what was loaded.
 */
export async function buildModule(spec: ModuleSpec): Promise<BuiltModule> {
  const { root, name, version, files = {} } = spec
  const arch = spec.arch ?? machineArchitecture()
  const directory = join(root, name, version)
  const dbd = spec.dbd === undefined ? `registrar(${name}Registrar)\n` : spec.dbd
  const sources = sourcesOf(spec)
  rmSync(directory, { recursive: true, force: true })
  if (sources) {
    const stage = await stageOf(spec, { ...sources, ...(dbd !== null && { [`${name}.dbd`]: dbd }) })
    cpSync(stage, directory, { recursive: true })
    const built = join(directory, 'lib', machineArchitecture())
    if (spec.arch !== undefined) renameSync(built, join(directory, 'lib', arch))
  }
  const dep = join(directory, 'lib', arch, `${name}.dep`)
  rmSync(dep, { force: true })
  const { dep: pins = [] } = spec
  const texts = {
    ...(pins !== null && { [dep]: typeof pins === 'string' ? pins : dependencyText(pins) }),
    ...(dbd !== null && { [join(directory, 'dbd', `${name}.dbd`)]: dbd }),
    ...Object.fromEntries(Object.entries(files).map(([to, text]) => [join(directory, to), text])),
  }
  for (const [path, text] of Object.entries(texts)) write(path, text)
  const library = sources && join(directory, 'lib', arch, `lib${name}.so`)
  return { directory, arch, library }
}

function sourcesOf({ name, sources }: ModuleSpec): Readonly<Record<string, string>> | undefined {
  if (sources === null) return undefined
  return sources ?? { [`${name}Hello.cpp`]: helloSource(name) }
}

/** The folder with the built files of a module, which is made if no test has made it before. */
async function stageOf(spec: ModuleSpec, texts: Readonly<Record<string, string>>): Promise<string> {
  const recipe = recipeOf(spec, Object.keys(texts))
  const all = { ...texts, 'module.yaml': recipe }
  const hash = createHash('sha256')
    .update(JSON.stringify([all, spec.base, builder]))
    .digest('hex')
  const folder = join(cache, `${spec.name}-${hash.slice(0, 16)}`)
  const output = join(folder, '.e3', machineArchitecture())
  for (const [name, text] of Object.entries(all)) {
    if (!existsSync(join(folder, name))) write(join(folder, name), text)
  }
  // Another test may be at it.
  for (let tries = 0; tries < 300 && !existsSync(join(output, 'built.json')); tries++) {
    const { value, diagnostics } = await buildFolder({
      ...{ folder, cwd: folder, uid: process.getuid?.() ?? 0, base: spec.base, modulePaths: [] },
      ...{ env: process.env, jobs: 2, useCcache: false, searchAll: false, progress: () => {} },
    })
    const isBusy = diagnostics.some(({ code }) => code === 'BUILD_BUSY')
    if (!value && !isBusy) throw new Error(diagnostics.map((one) => renderText(one)).join('\n'))
    if (isBusy) await sleep(100)
  }
  return join(output, 'stage')
}

function recipeOf(
  { name, version, builtAs = version, registration = true, linkFlags = [] }: ModuleSpec,
  files: readonly string[],
): string {
  const recipe = {
    ...{ name, version: builtAs },
    sources: files.filter((file) => /\.(c|cpp)$/.test(file)),
    ...(registration && { dbds: files.filter((file) => file.endsWith('.dbd')) }),
    cppflags: '-O0 -DUSE_TYPED_RSET -DUSE_TYPED_DSET',
    ...(linkFlags.length > 0 && { ldflags: linkFlags }),
  }
  const filled = Object.entries(recipe).filter(([, value]) => value.length > 0)
  // JSON is YAML.
  return JSON.stringify(Object.fromEntries(filled))
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

function textsIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'))
}

/** A command that prints which version of the module is in the process. */
function helloSource(name: string): string {
  return `
#include <epicsStdio.h>
#include <iocsh.h>
#include <epicsExport.h>

extern "C" char _${name}LibRelease[];

static const iocshFuncDef definition = {"${name}Hello", 0, NULL, "Prints the version.\\n"};

static void hello(const iocshArgBuf *)
{
    printf("${name} %s\\n", _${name}LibRelease);
}

static void ${name}Registrar()
{
    iocshRegister(&definition, hello);
}

epicsExportRegistrar(${name}Registrar);
`
}
