import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  compileModule,
  dependencyText,
  type FileToInstall,
  installVersion,
} from '../../scripts/lib/module-tree.mjs'
import { type Toolchain, toolchainOf } from '../../scripts/lib/toolchain.mjs'

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

/** Objects live in the repository's build folder, so a second test run compiles nothing. */
const cache = join(import.meta.dirname, '../../build/objects')

/**
 * Compiles a real module into a module tree. Without sources and dbd it has a command `<name>Hello`
 * that prints `<name> <version>`, as proof of what was loaded.
 */
export async function buildModule(spec: ModuleSpec): Promise<BuiltModule> {
  const { root, name, version, files = {} } = spec
  const toolchain = toolchainOf(spec.base)
  const arch = spec.arch ?? toolchain.arch
  const directory = join(root, name, version)
  const dbd = spec.dbd === undefined ? `registrar(${name}Registrar)\n` : spec.dbd
  const compiled = await compile(spec, { dbd, toolchain })
  const library = join('lib', arch, `lib${name}.so`)
  installVersion(directory, [
    ...(compiled ? [{ to: library, from: compiled }] : []),
    ...dependencyFile(spec, arch),
    ...(dbd === null ? [] : [{ to: `dbd/${name}.dbd`, text: dbd }]),
    ...Object.entries(files).map(([to, text]) => ({ to, text })),
  ])
  return { directory, arch, library: compiled && join(directory, library) }
}

interface Compilation {
  readonly dbd: string | null
  readonly toolchain: Toolchain
}

async function compile(
  spec: ModuleSpec,
  { dbd, toolchain }: Compilation,
): Promise<string | undefined> {
  if (spec.sources === null) return undefined
  const { name, version, builtAs = version, registration = true, linkFlags = [] } = spec
  const sources = spec.sources ?? { [`${name}Hello.cpp`]: helloSource(name) }
  // No such folder exists: headers of a test are texts too and are put into its sources.
  const folder = join(tmpdir(), 'e3-test-module', name)
  return compileModule({
    name,
    version: builtAs,
    dbd: dbd ?? undefined,
    registration,
    folder,
    sources: Object.entries(sources).map(([file, text]) => ({ file: join(folder, file), text })),
    flags: ['-O0'],
    linkFlags,
    toolchain,
    cache,
  })
}

function dependencyFile({ name, dep = [] }: ModuleSpec, arch: string): FileToInstall[] {
  if (dep === null) return []
  const text = typeof dep === 'string' ? dep : dependencyText(dep)
  return [{ to: join('lib', arch, `${name}.dep`), text }]
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
