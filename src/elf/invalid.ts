/** Why a file is not usable as a shared object. */
export interface Invalid {
  readonly kind: 'invalid'
  readonly reason: string
  readonly hint?: string
}
