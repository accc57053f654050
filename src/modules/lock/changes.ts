import type { ModuleLock } from './lock.ts'
import type { LockContents, ModuleContents } from './lock-text.ts'

/** How new contents differ from a lock, a line each: `asyn 4.42.0+3 -> 4.43.0+0`. */
export function lockChanges(before: ModuleLock, after: LockContents): string[] {
  const { base, modules } = before
  const now = new Map(after.modules.map((module) => [module.name, module]))
  const gone = [...modules.keys()].filter((name) => !now.has(name))
  return [
    ...baseChanges(base, after.base),
    ...[...now.values()].flatMap((module) => moduleChange(before, module)),
    ...gone.map((name) => `${name} is no longer needed`),
  ].sort()
}

function baseChanges(before: ModuleLock['base'], after: LockContents['base']): string[] {
  const [was, is] = [before, after].map(({ version, arch }) => `base ${version} for ${arch}`)
  if (was !== is) return [`${was} -> ${is}`]
  return before.libCom === after.libCom ? [] : ['libCom.so of base has changed']
}

function moduleChange({ modules }: ModuleLock, { name, version, files }: ModuleContents): string[] {
  const before = modules.get(name)
  if (!before) return [`${name} ${version} is new`]
  if (before.version.text !== version) return [`${name} ${before.version.text} -> ${version}`]
  const isSame = JSON.stringify(before.files) === JSON.stringify(files)
  return isSame ? [] : [`${name} ${version} has other files`]
}
