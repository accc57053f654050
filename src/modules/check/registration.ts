import type { Dbd } from '../../database/dbd/dbd.ts'
import type { SharedObject } from '../../elf/shared-object.ts'
import { symbolName } from '../../elf/symbol-name.ts'
import { type Diagnostic, diagnostic, type Result } from '../../text/diagnostic.ts'
import { didYouMean } from '../../text/suggest.ts'
import type { CheckContext } from './context.ts'
import { readDefinitions } from './definitions.ts'
import { type Demand, demandsOf } from './demands.ts'
import type { CheckedModule, Registration } from './input.ts'
import { placeOf } from './libraries.ts'

/**
 * How a module's dbd is made known to the IOC, and whether everything it names is there.
 *
 * @param object the module's library, already part of the image
 */
export function planRegistration(
  module: CheckedModule,
  object: SharedObject,
  context: CheckContext,
): Result<Registration> {
  if (!module.dbd) return { value: 'none', diagnostics: [] }
  const { value: files, diagnostics } = readDefinitions(module.dbd, context)
  const demands = files.flatMap(demandsOf)
  const hasCommand = isCommand(`${module.name}_registerRecordDeviceDriver`, object)
  const value = hasCommand ? 'function' : 'all'
  const missing = demands
    .filter(({ symbol }) => !object.symbols.find(symbolName(symbol)))
    .filter(({ symbol }) => context.image.hasBase && !context.image.exporter(symbol))
    .filter(({ name }) => !(hasCommand && object.symbols.containsText(name)))
  return {
    value,
    diagnostics: [
      ...diagnostics,
      ...files.flatMap(checkVariables),
      ...(value === 'all' ? checkRegisterAll(module, context) : []),
      ...missingDemands({ module, object, missing }),
    ],
  }
}

/**
 * The generated function makes itself a command of the IOC shell; a plain C function of the same
 * name could not be called from a script.
 */
function isCommand(name: string, { symbols }: SharedObject): boolean {
  if (!symbols.find(symbolName(name))) return false
  for (const symbol of symbols.undefined()) if (symbol.name === 'iocshRegister') return true
  return false
}

/** registerAllRecordDeviceDrivers.cpp: only `int` and `double`, others are refused. */
function checkVariables({ variables }: Dbd): Diagnostic[] {
  return variables
    .filter(({ type }) => type !== 'int' && type !== 'double')
    .map(({ name, type, at }) =>
      diagnostic('DBD_VARIABLE_TYPE', `variable ${name} has the type ${JSON.stringify(type)}`, {
        at,
        notes: [{ message: 'variables of the IOC shell are int or double' }],
        hint: `variable(${name}, int)`,
      }),
    )
}

function checkRegisterAll(
  { name, dbd, library = '' }: CheckedModule,
  { image }: CheckContext,
): Diagnostic[] {
  if (!image.hasBase || image.exporter('registerAllRecordDeviceDrivers')) return []
  const message = `${name} has no command ${name}_registerRecordDeviceDriver, and this base cannot do without`
  return [
    diagnostic('REGISTRATION_IMPOSSIBLE', message, {
      at: placeOf(library),
      notes: [
        { message: `needed for ${dbd}; registerAllRecordDeviceDrivers is in base 7.0.5 and later` },
      ],
      hint: 'build the module with its generated <module>_registerRecordDeviceDriver.cpp, or use a newer base',
    }),
  ]
}

interface MissingDemands {
  readonly module: CheckedModule
  readonly object: SharedObject
  readonly missing: readonly Demand[]
}

const noted = 20

/** One message a module: base stops at the first missing symbol and leaves all others out. */
function missingDemands({ module, object, missing }: MissingDemands): Diagnostic[] {
  const [first, ...others] = missing
  if (!first) return []
  const { name, version, library } = module
  const what =
    others.length > 0
      ? `${first.what} and ${others.length} more of its dbd are`
      : `${first.what} is`
  const message = `${what} not in the library of ${name} ${version.text}`
  return [
    diagnostic('DBD_SYMBOL_MISSING', message, {
      at: first.at,
      notes: [
        {
          message: `${first.symbol} is exported neither by ${library} nor by what is loaded before`,
        },
        ...others
          .slice(0, noted)
          .map(({ what, at }) => ({ message: `${what} is missing too`, at })),
      ],
      hint:
        nearName(first, object) ??
        `add to its source: ${first.source} or remove the line from the dbd file`,
    }),
  ]
}

/** A table of the same kind with nearly this name: `pvar_dset_devAiSim` for `devAiSimm`. */
function nearName({ symbol, name }: Demand, { symbols }: SharedObject): string | undefined {
  const prefix = symbol.slice(0, symbol.length - name.length)
  const exported = Array.from(symbols.defined(), (one) => one.name)
  const names = exported
    .filter((one) => one.startsWith(prefix))
    .map((one) => one.slice(prefix.length))
  return didYouMean(name, names)
}
