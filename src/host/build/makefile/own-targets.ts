import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { type OwnTarget, ownTargets } from '../../../build/recipe/own-targets.ts'
import { type MakeCall, ruleFailure, runMake } from './module-make.ts'
import type { ModuleMakefile } from './read-wrapper.ts'

/** A makefile that is about to be read in a copy of its sources. Paths are absolute. */
export interface TargetRun {
  readonly makefile: ModuleMakefile
  readonly copy: string
  /** Where `vlibs` puts libraries: E3_MODULES_VENDOR_LIBS_LOCATION. */
  readonly vendor: string
  readonly call: Omit<MakeCall, 'goals'>
}

/**
 * Runs the targets `prebuild`, `vlibs` and `db` of a module and its wrapper in the copy of the
 * sources, where they have work of their own.
 *
 * @param progress - told the name of each before it runs
 *
 * Throws `MAKEFILE_RULE` and system errors.
 */
export async function runOwnTargets(
  run: TargetRun,
  progress: (line: string) => void,
): Promise<void> {
  const { makefile, vendor } = run
  rmSync(vendor, { recursive: true, force: true })
  const own = ownTargets(makefile.texts)
  if (own.length === 0) return
  mkdirSync(vendor, { recursive: true })
  for (const target of own) {
    progress(`run ${target.name} of the ${target.level}`)
    const call =
      target.level === 'module' ? { ...run.call, goals: [target.name] } : wrapperCall(run, target)
    const ended = await runMake(call)
    if (ended.isDone) continue
    const errors =
      ended.errors.length > 0 ? ended.errors : [{ text: `the target ${target.name} was ended` }]
    throw ruleFailure(errors, ended, call)
  }
}

/** The wrapper finds the copy in place of the sources, and calls the module where that has work. */
function wrapperCall({ makefile, copy, call }: TargetRun, { name }: OwnTarget): MakeCall {
  const { wrapper, texts } = makefile
  if (!wrapper) return { ...call, goals: [name] }
  const [module] = texts
  const isCalled = ownTargets([module]).some((one) => one.name === name)
  return {
    ...wrapper,
    ...(call.log !== undefined && { log: call.log }),
    variables: {
      ...wrapper.variables,
      ...call.variables,
      E3_MODULE_SRC_PATH: relative(wrapper.cwd, copy),
      E3_MODULE_MAKE_CMDS: isCalled
        ? `$(MAKE) -C $(E3_MODULE_SRC_PATH) -f ${basename(makefile.makefile)}`
        : ':',
    },
    goals: [...wrapper.goals, name],
  }
}

/** The files of `vendor`, from there. */
export function vendorFiles(vendor: string): string[] {
  try {
    const entries = readdirSync(vendor, { recursive: true, withFileTypes: true })
    return entries
      .filter((entry) => !entry.isDirectory())
      .map(({ parentPath, name }) => relative(vendor, join(parentPath, name)))
      .sort()
  } catch {
    return []
  }
}
