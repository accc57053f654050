import type { Toolchain } from './toolchain.d.mts'

export interface SourceText {
  readonly file: string
  readonly text: string
}

export interface ModuleToCompile {
  readonly name: string
  readonly version: string
  readonly dbd?: string | undefined
  readonly registration?: boolean
  readonly folder: string
  readonly sources: readonly SourceText[]
  readonly includes?: readonly string[]
  readonly flags?: readonly string[]
  readonly linkFlags?: readonly string[]
  readonly toolchain: Toolchain
  readonly cache: string
}

export type FileToInstall =
  | { readonly to: string; readonly from: string }
  | { readonly to: string; readonly text: string }

export function compileModule(module: ModuleToCompile): Promise<string>
export function installVersion(directory: string, files: readonly FileToInstall[]): void
export function dependencyText(
  modules: readonly { readonly name: string; readonly version: string }[],
  comments?: readonly string[],
): string
