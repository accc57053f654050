import type { ModuleVersion } from '../version/version.ts'

/**
 * The first revision of a release behind all that are there: `1.0.0` is followed by `1.0.0+0`,
 * `1.0.0+9` by `1.0.0+10`. Gaps are not filled: what was there once may be pinned somewhere. Test
 * versions are counted by their name.
 *
 * @param version whatever its revision
 * @param installed versions of the module in all trees
 */
export function nextRevision(version: ModuleVersion, installed: readonly ModuleVersion[]): string {
  const same = installed.filter((other) => other.name === version.name)
  const highest = same.reduce(
    (most, { revision }) => (revision === undefined ? most : Math.max(most, Number(revision))),
    -1,
  )
  return `${version.name}+${highest + 1}`
}
