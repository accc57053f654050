import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'

/** What a program answered. */
export interface Answer {
  /** Undefined if the program could not be started or was ended by a signal. */
  readonly exitCode: number | undefined
  readonly stdout: string
}

interface Question {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd?: string
}

/**
 * Asks a program that answers at once, such as git or a compiler for its version: without a shell,
 * with an empty stdin; never throws. Whoever waits for a build waits for this: no package is loaded.
 */
export async function askProgram(
  [file, ...words]: readonly [string, ...string[]],
  question: Question,
): Promise<Answer> {
  try {
    return await answerOf(file, words, question)
  } catch {
    return { exitCode: undefined, stdout: '' }
  }
}

function answerOf(file: string, words: readonly string[], question: Question): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, words, { ...question, stdio: ['ignore', 'pipe', 'ignore'] })
    const stdout = textOf(child.stdout)
    child.on('error', reject)
    child.on('close', (code) => resolve({ exitCode: code ?? undefined, stdout: stdout() }))
  })
}

function textOf(stream: Readable): () => string {
  const pieces: Buffer[] = []
  stream.on('data', (piece: Buffer) => pieces.push(piece))
  return () => Buffer.concat(pieces).toString()
}
