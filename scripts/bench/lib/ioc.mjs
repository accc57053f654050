// A softIocPVA with the four modules: started by `iocsh`, or alone with the same lines.
import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { iocshPath } from './site.mjs'
import { runToEnd } from './timing.mjs'

/**
 * @param {import('./site.mjs').Site} site
 * @returns {import('./timing.mjs').Program}
 */
export function byLauncher({ env, modules }) {
  return { command: [iocshPath, ...modules], env }
}

/**
 * What a start has written, as a program: the same lines for the same softIocPVA, without a launcher.
 *
 * @param {import('./site.mjs').Site} site
 * @param {import('./timing.mjs').Program} program what `iocsh` is started with
 * @returns {import('./timing.mjs').Program}
 */
export function alone({ env, folder }, { command }) {
  // In a folder of its own, where no later start sweeps it.
  const own = join(folder, 'alone')
  mkdirSync(own, { recursive: true })
  runToEnd({ command, env: { ...env, XDG_RUNTIME_DIR: own }, input: 'exit\n' })
  const [user] = readdirSync(own)
  const [run] = readdirSync(join(own, user))
  return { command: ['/bin/sh', join(own, user, run, 'launch.sh')], env }
}

/**
 * Starts an IOC that waits for input, looks at it once it runs, and stops it.
 *
 * @template Result
 * @param {import('./timing.mjs').Program} program
 * @param {(pid: number) => Result} look
 * @returns {Promise<Result>}
 */
export async function whileRunning({ command: [name, ...args], env }, look) {
  const child = spawn(name, args, { env, stdio: 'pipe', detached: true })
  const ended = new Promise((resolve) => child.once('close', resolve))
  try {
    await running(child)
    await setTimeout(500) // threads of servers start and end a little later
    return look(child.pid)
  } finally {
    child.kill('SIGTERM')
    await ended
  }
}

function running(child) {
  return new Promise((resolve, reject) => {
    let text = ''
    const read = (data) => {
      text += data
      if (text.includes('iocRun: All initialization complete')) resolve()
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('error', reject)
    child.once('close', (status) => reject(new Error(`the IOC ended with ${status}:\n${text}`)))
  })
}
