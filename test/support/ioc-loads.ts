import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { machineArchitecture } from '../../src/host/base/architecture.ts'

/** A database that is loaded, with its macros. */
export interface DatabaseText {
  readonly text: string
  readonly macros?: string
}

/** What a real IOC says to a database. */
export interface IocVerdict {
  /** It calls something an error, or it crashes. */
  readonly isError: boolean
  /** Its messages, without colours. */
  readonly messages: string
}

/**
 * Loads databases in a real softIocPVA, one after the other in one process; one that makes it crash
 * is an error, and the next ones get a new process.
 *
 * @param base - folder of an EPICS base
 * @param env - environment, see `privateNetwork`
 */
export function loadInIoc(
  databases: readonly DatabaseText[],
  { base, env }: { readonly base: string; readonly env: NodeJS.ProcessEnv },
): IocVerdict[] {
  const folder = mkdtempSync(join(tmpdir(), 'ioc-loads-'))
  const program = join(base, 'bin', machineArchitecture(), 'softIocPVA')
  const verdicts: IocVerdict[] = []
  try {
    while (verdicts.length < databases.length) {
      const script = writeScript(folder, databases, verdicts.length)
      const options = { env, cwd: folder, input: '', encoding: 'utf8', maxBuffer: 2 ** 28 } as const
      const { stdout } = spawnSync('sh', ['-c', '"$0" "$1" 2>&1', program, script], options)
      const parts = stdout
        .replace(colours, '')
        .split(/^@@\d+\n/m)
        .slice(1)
      const isWhole = stdout.includes('@@end')
      for (const [index, part] of parts.entries()) {
        const crashed = !isWhole && index === parts.length - 1
        const messages = part.split('@@end')[0] ?? ''
        verdicts.push({ isError: crashed || messages.includes('ERROR'), messages })
      }
      if (parts.length === 0) throw new Error(`the IOC does not start:\n${stdout}`)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
  return verdicts
}

const colours = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, 'g')

function writeScript(folder: string, databases: readonly DatabaseText[], from: number): string {
  const lines: string[] = []
  for (const [index, { text, macros = '' }] of databases.entries()) {
    if (index < from) continue
    writeFileSync(join(folder, `${index}.db`), text)
    lines.push(`#-`, `echo "@@${index}"`, `dbLoadRecords ${index}.db '${macros}'`)
  }
  const script = join(folder, 'st.cmd')
  writeFileSync(script, `${lines.join('\n')}\necho "@@end"\n`)
  return script
}
