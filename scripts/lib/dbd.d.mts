/** What a dbd declares, by kind. */
export interface Declarations {
  readonly recordTypes: readonly string[]
  readonly devices: readonly string[]
  readonly drivers: readonly string[]
  readonly links: readonly string[]
  readonly registrars: readonly string[]
  readonly functions: readonly string[]
  readonly variables: readonly { readonly name: string; readonly type: string }[]
}

export function expandDbd(files: readonly string[], path: readonly string[]): string
export function declarationsOf(text: string): Declarations
