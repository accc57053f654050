import { createSourceReader } from '../../host/source-reader.ts'
import { isReadable } from '../../startup/source-reader.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { spanOf } from '../../text/span.ts'
import type { CliContext } from '../context.ts'
import type { FlatFiles } from './job.ts'

/** Whether a flat file is what its hierarchy gives today; the first difference is reported. */
export function compareFlat(
  { pieces }: FlatFiles,
  name: string,
  { cwd }: CliContext,
): Diagnostic[] {
  const path = name.startsWith('/') ? name : `${cwd}/${name}`
  const read = createSourceReader(cwd).read(path)
  const hint = `e3 flatten ... -o ${name}`
  if (!isReadable(read)) {
    const message = `${name} cannot be compared: ${read.reason}`
    return [diagnostic('FLAT_FILE_OUTDATED', message, { hint })]
  }
  const { source } = read
  const wanted = pieces.join('')
  if (source.text === wanted) return []
  const start = lineStartOf(source.text, firstDifference(source.text, wanted))
  const line = lineAt(wanted, start)
  const message = `${name} is not up to date: ${line === '' ? 'an empty line or the end' : JSON.stringify(line)} is expected here`
  const end = start + lineAt(source.text, start).length
  return [diagnostic('FLAT_FILE_OUTDATED', message, { at: spanOf(source, start, end), hint })]
}

function firstDifference(one: string, other: string): number {
  let at = 0
  while (at < one.length && one.charCodeAt(at) === other.charCodeAt(at)) at++
  return at
}

function lineStartOf(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1
}

function lineAt(text: string, start: number): string {
  const end = text.indexOf('\n', start)
  return text.slice(start, end < 0 ? text.length : end)
}
