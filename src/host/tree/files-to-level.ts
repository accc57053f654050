import { type Dirent, readdirSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { reasonOf } from '../errors.ts'

/**
 * What is in a directory, a line each: so many levels deep, indented by level, by name; links are not
 * followed.
 */
export function filesToLevel(directory: string, levels: number, indent = '  '): string[] {
  if (levels < 1) return []
  try {
    return readdirSync(directory, { withFileTypes: true })
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((entry) => [
        `${indent}${nameOf(entry, directory)}`,
        ...(entry.isDirectory()
          ? filesToLevel(join(directory, entry.name), levels - 1, `${indent}  `)
          : []),
      ])
  } catch (error) {
    return [`${indent}(cannot be read: ${reasonOf(error)})`]
  }
}

function nameOf(entry: Dirent, directory: string): string {
  const { name } = entry
  if (entry.isDirectory()) return `${name}/`
  return entry.isSymbolicLink() ? `${name} -> ${readlinkSync(join(directory, name))}` : name
}
