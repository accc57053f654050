import type { ResolvedModule } from './resolution.ts'

/** A module that two IOCs load in different versions, or that only one of them loads. */
export interface VersionDifference {
  readonly name: string
  readonly before?: string
  readonly after?: string
}

/** How the modules of two IOCs differ, by name. */
export function versionDifferences(
  before: readonly ResolvedModule[],
  after: readonly ResolvedModule[],
): VersionDifference[] {
  const [was, is] = [before, after].map(
    (modules) => new Map(modules.map(({ name, version }) => [name, version.text])),
  )
  const names = [...new Set([...before, ...after].map(({ name }) => name))].sort()
  return names.flatMap((name) => {
    const [one, other] = [was?.get(name), is?.get(name)]
    if (one === other) return []
    return [
      {
        name,
        ...(one !== undefined && { before: one }),
        ...(other !== undefined && { after: other }),
      },
    ]
  })
}
