import { type ModuleVersion, parseVersion } from './version.ts'

/** What `require` and `.dep` lines ask for: any version, or the one they write down. */
export type VersionRequest = { readonly kind: 'any' } | NamedVersionRequest

export interface NamedVersionRequest {
  readonly kind: 'named'
  readonly version: ModuleVersion
  /** This one, and no other revision of it. */
  readonly isExact?: boolean
}

export const anyVersion: VersionRequest = { kind: 'any' }

/** A request for the version of this text; no text or an empty one asks for any version. */
export function parseVersionRequest(text: string | undefined): VersionRequest {
  return text ? { kind: 'named', version: parseVersion(text) } : anyVersion
}

/** The text of the request, empty for any version. */
export function formatVersionRequest(request: VersionRequest): string {
  return request.kind === 'any' ? '' : request.version.text
}

/**
 * Whether a version fulfils a request. Without revision in the request every revision does, with
 * one exactly that does; a higher release never does. The same rule decides for installed and for
 * already loaded versions. require 3.4-5: compareVersions in version.c.
 */
export function matchesRequest(version: ModuleVersion, request: VersionRequest): boolean {
  if (request.kind === 'any') return true
  const asked = request.version
  if (version.name !== asked.name || version.kind !== asked.kind) return false
  if (asked.revision === undefined && !request.isExact) return true
  return version.revision === asked.revision
}
