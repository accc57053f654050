// Running other programs from the scripts of this repository.
import { spawn } from 'node:child_process'

/** What stops a script with a message and no stack trace. */
export class Stop extends Error {
  /**
   * @param {string} message
   * @param {number} status exit status: 3 if something is missing on this machine
   */
  constructor(message, status = 1) {
    super(message)
    this.status = status
  }
}

/**
 * Runs a program with the terminal of this one.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>} exit status, 128 + number for a signal as shells do
 */
export function run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit', ...options })
    child.on('error', reject)
    child.on('close', (code, signal) => resolve(code ?? 128 + signalNumber(signal)))
  })
}

/**
 * Runs a program without showing what it prints, as far as `options` leave it to that.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<{status: number, output: string, stdout: string}>} output: both streams
 */
export function capture(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options })
    const [output, stdout] = [[], []]
    child.stdout.on('data', (data) => {
      output.push(data)
      stdout.push(data)
    })
    child.stderr?.on('data', (data) => output.push(data))
    child.on('error', reject)
    child.on('close', (code, signal) =>
      resolve({
        status: code ?? 128 + signalNumber(signal),
        output: Buffer.concat(output).toString().trim(),
        stdout: Buffer.concat(stdout).toString().trim(),
      }),
    )
  })
}

function signalNumber(signal) {
  return { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGKILL: 9, SIGTERM: 15 }[signal] ?? 0
}

/**
 * Runs the main part of a script; a `Stop` ends it with its message and status.
 *
 * @param {() => Promise<number | void>} main may return an exit status
 */
export async function script(main) {
  try {
    process.exitCode = (await main()) ?? 0
  } catch (error) {
    if (!(error instanceof Stop)) throw error
    console.error(error.message)
    process.exitCode = error.status
  }
}
