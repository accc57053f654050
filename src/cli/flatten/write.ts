import { reasonOf } from '../../host/errors.ts'
import { writeOutput } from '../../host/write-output.ts'
import { type Diagnostic, diagnostic } from '../../text/diagnostic.ts'
import { type CliContext, type CommandResult, exitCodes } from '../context.ts'

/** What a command has made. */
export interface Written {
  readonly pieces: Iterable<string>
  readonly encoding: 'utf8' | 'latin1'
  readonly diagnostics: readonly Diagnostic[]
}

/** Writes the file of `-o`, at once; the old one stays if that fails. */
export function writeTo(
  output: string,
  { pieces, encoding, diagnostics }: Written,
  { cwd }: CliContext,
): CommandResult {
  try {
    const path = output.startsWith('/') ? output : `${cwd}/${output}`
    writeOutput(path, bytesOf(pieces, encoding))
    return { diagnostics }
  } catch (error) {
    const message = `cannot write ${output}: ${reasonOf(error)}`
    const hint = 'name a file in a directory that exists and can be written'
    const failed = diagnostic('FILE_UNWRITABLE', message, { hint })
    return { diagnostics: [...diagnostics, failed], exitCode: exitCodes.environment }
  }
}

function* bytesOf(pieces: Iterable<string>, encoding: Written['encoding']): Generator<Buffer> {
  for (const piece of pieces) yield Buffer.from(piece, encoding)
}
