import { readSubstitutions } from '../database/substitutions/substitutions.ts'
import { flatDatabase } from './flat-database.ts'
import type { FileFormats } from './walk-types.ts'

/** Readers of files that few scripts load; the launcher gets them when there is one. */
export const fileFormats: FileFormats = { readSubstitutions, flatDatabase }
