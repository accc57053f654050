import { errnoOf, reasonOf } from '../host/errors.ts'
import { diagnostic } from '../text/diagnostic.ts'
import { renderText } from '../text/render.ts'
import { exitCodes } from './context.ts'
import type { Output } from './reporter.ts'

/**
 * A stream of this process as an output. Making such a stream loads a tenth of Node, so it is only
 * asked for when there is something to print: the start of an IOC prints nothing.
 */
export function streamOutput(stream: () => NodeJS.WriteStream): Output {
  let opened: NodeJS.WriteStream | undefined
  const open = (): NodeJS.WriteStream => {
    opened ??= stream().on('error', (error) => {
      if (opened === process.stdout) complain(error)
    })
    return opened
  }
  return {
    write: (text) => void open().write(text),
    writeAll: (pieces) => writePieces(open(), pieces),
    get isTerminal() {
      return open().isTTY === true
    },
    get columns() {
      // Some terminals do not know their size and say 0.
      return open().columns || undefined
    },
  }
}

/** Fewer calls of the system than pieces; a pipe takes 64 KiB at once. */
const chunkLength = 65_536

async function writePieces(stream: NodeJS.WriteStream, pieces: Iterable<string>): Promise<boolean> {
  let chunk = ''
  for (const piece of pieces) {
    chunk += piece
    if (chunk.length < chunkLength) continue
    if (!(await isWritten(stream, chunk))) return false
    chunk = ''
  }
  return isWritten(stream, chunk)
}

/** False once the stream takes nothing more. */
function isWritten(stream: NodeJS.WriteStream, chunk: string): Promise<boolean> {
  return new Promise((resolve) => {
    if (stream.destroyed) resolve(false)
    else stream.write(chunk, (error) => resolve(!error))
  })
}

/**
 * Who stops reading, as in `| head`, has seen enough; a full disk is a failure, whatever status the
 * command itself ends with. Messages that nobody gets stop nothing: an IOC must start when the disk of
 * its log is full.
 */
function complain(error: Error): void {
  if (errnoOf(error) === 'EPIPE' || hasFailed) return
  hasFailed = true
  process.once('exit', () => {
    process.exitCode = exitCodes.environment
  })
  const message = `cannot write standard output: ${reasonOf(error)}`
  const hint = 'what was written is not complete: make room, then run it again'
  process.stderr.write(`${renderText(diagnostic('FILE_UNWRITABLE', message, { hint }))}\n`)
}

let hasFailed = false
