import type { Declarations } from './dbd.d.mts'

export function registrationSource(module: string, declared: Declarations): string
