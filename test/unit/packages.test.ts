import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

interface LockedPackage {
  optionalDependencies?: Record<string, string>
  resolved?: string
}

function lockedPackages(): Record<string, LockedPackage> {
  const lock = readFileSync(join(import.meta.dirname, '../../package-lock.json'), 'utf8')
  return (JSON.parse(lock) as { packages: Record<string, LockedPackage> }).packages
}

describe('package-lock.json', () => {
  const packages = lockedPackages()

  it('has the packages of every platform, so that npm ci takes it', () => {
    const wanted = Object.values(packages).flatMap((entry) =>
      Object.keys(entry.optionalDependencies ?? {}),
    )
    expect(wanted.length).toBeGreaterThan(0)
    expect(wanted.filter((name) => packages[`node_modules/${name}`] === undefined)).toEqual([])
  })

  it('names no registry, so that the one of the site is asked', () => {
    expect(Object.values(packages).filter((entry) => entry.resolved !== undefined)).toEqual([])
  })
})
