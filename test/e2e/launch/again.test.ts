import { spawnSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { observeFiles } from '../../../src/host/observed-files.ts'
import { privateNetwork } from '../../support/epics-network.ts'
import {
  type LaunchOptions,
  launch,
  launchEnvironment,
  newWorkspace,
  plain,
  type Workspace,
} from '../../support/launch.ts'
import { buildLaunchModules } from '../../support/launch-modules.ts'
import { repository, testBase } from '../../support/machine.ts'

const base = testBase()

const files = {
  'st.cmd': [
    'require alpha,1.0.0',
    'require beta',
    'iocshLoad "more/more.cmd" "P=LAB:"',
    'epicsEnvSet EPICS_DB_INCLUDE_PATH "first:second:."',
    'dbLoadRecords "in.template" "P=LAB:"',
    'dbLoadTemplate "rows.substitutions"',
    'echo "who: $(WHO=nobody)"',
    '',
  ].join('\n'),
  'more/more.cmd': 'require proto\necho "more $(P)"\n',
  'first/none.txt': '',
  'second/in.template': 'record(ai, "$(P)In") { field(DESC, "second") }\n',
  'rows.substitutions': 'file in.template { { P=A: } { P=B: } }\n',
}

const args = ['-i', '-l', 'modules', 'st.cmd', '-c', 'exit']

/** What is done to the files or the surroundings between two starts, and what must come of it. */
interface Change {
  readonly what: string
  readonly change?: (path: Workspace['path']) => void
  readonly env?: NonNullable<LaunchOptions['env']>
  readonly says: string
}

const changes: readonly Change[] = [
  {
    what: 'a line in the script',
    change: (path) => writeFileSync(path('st.cmd'), `${files['st.cmd']}echo new line\n`),
    says: 'new line',
  },
  {
    what: 'a line in a nested script',
    change: (path) => writeFileSync(path('more/more.cmd'), 'echo other more\n'),
    says: 'other more',
  },
  {
    what: 'a mistake in a template',
    change: (path) =>
      writeFileSync(path('second/in.template'), 'record(ai, "x") { field(NO, "") }'),
    says: 'error[FIELD_UNKNOWN]',
  },
  {
    what: 'a template in front of the one that was found',
    change: (path) => writeFileSync(path('first/in.template'), 'record(nope, "x") {}'),
    says: 'error[RECORD_TYPE_UNKNOWN]',
  },
  {
    what: 'a row of a substitution file',
    change: (path) => writeFileSync(path('rows.substitutions'), 'file gone.db { { P=A: } }\n'),
    says: 'gone.db',
  },
  {
    what: 'a file that is gone',
    change: (path) => rmSync(path('more/more.cmd')),
    says: 'more/more.cmd',
  },
  {
    what: 'a new version of a module',
    change: (path) =>
      cpSync(path('modules/alpha/1.0.0+1'), path('modules/alpha/1.0.0+7'), { recursive: true }),
    says: 'alpha 1.0.0+7',
  },
  {
    what: 'a version that is gone',
    change: (path) => rmSync(path('modules/alpha/1.0.0+1'), { recursive: true }),
    says: 'modules/alpha/1.0.0+0',
  },
  {
    what: 'a dependency file',
    change: (path) => writeFileSync(path(lib('proto', '1.0.0+0', 'proto.dep')), 'beta 1.0.0+0\n'),
    says: 'modules/beta/1.0.0+0',
  },
  {
    what: 'a library',
    change: (path) => writeFileSync(path(lib('beta', '1.1.0+0', 'libbeta.so')), 'no library'),
    says: 'libbeta.so',
  },
  {
    what: 'a dbd file',
    change: (path) => writeFileSync(path('modules/beta/1.1.0+0/dbd/beta.dbd'), 'registrar(none)\n'),
    says: 'error[',
  },
  {
    what: 'a link to a folder',
    change: (path) => {
      mkdirSync(path('third'))
      writeFileSync(path('third/in.template'), 'record(nope, "x") {}')
      renameSync(path('second'), path('was-second'))
      symlinkSync('third', path('second'))
    },
    says: 'error[RECORD_TYPE_UNKNOWN]',
  },
  { what: 'a variable of the environment', env: { WHO: 'somebody' }, says: 'who: somebody' },
  { what: 'the name of the IOC', env: { IOCNAME: 'LAB:OTHER' }, says: 'LAB:OTHER' },
]

function lib(module: string, version: string, file: string): string {
  return join('modules', module, version, 'lib/linux-x86_64', file)
}

/** The same ports for all starts: as services have them. */
let network: NodeJS.ProcessEnv = {}

function start(workspace: Workspace, env: LaunchOptions['env'] = {}) {
  return launch(workspace, args, { env: { ...network, ...env } })
}

/** One workspace a change, all made at once: a plan is kept only if its files are two seconds old. */
const workspaces = new Map<string, Workspace>()
const others = [
  'again',
  'fresh names',
  'warned',
  'observed',
  'damaged',
  'hostile',
  'streams',
  'mentioned',
  'answered',
  'damaged answers',
]

beforeAll(async () => {
  const built = newWorkspace()
  if (base) await buildLaunchModules(built, base)
  for (const name of [...others, ...changes.map(({ what }) => what)]) {
    const workspace = newWorkspace(files)
    if (base) cpSync(built.path('modules'), workspace.path('modules'), { recursive: true })
    workspaces.set(name, workspace)
  }
  built.remove()
  workspaceOf('warned').write({
    'st.cmd': 'require trial\n',
    'modules/trial/mine/lib/linux-x86_64/trial.dep': '',
  })
  workspaceOf('mentioned').write({ 'st.cmd': 'echo "$(SSH_TTY=none)"\n' })
  network = await privateNetwork()
  await delay(2100)
})
afterAll(() => {
  for (const workspace of workspaces.values()) workspace.remove()
})

function workspaceOf(name: string): Workspace {
  const workspace = workspaces.get(name)
  if (!workspace) throw new Error(`no workspace ${name}`)
  return workspace
}

const userFolder = ({ runtime }: Workspace) => join(runtime, `iocsh-${process.getuid?.() ?? 0}`)
const plansOf = (workspace: Workspace) => join(userFolder(workspace), 'plans')

/** Each plan with what tells whether it was written anew. */
function keptPlans(workspace: Workspace): string[] {
  try {
    return readdirSync(plansOf(workspace)).map((name) => {
      const { ino, mtimeMs } = statSync(join(plansOf(workspace), name))
      return `${name} ${ino} ${mtimeMs}`
    })
  } catch {
    return []
  }
}

/** Files of the only run directory, without what every start has differently. */
function runFiles(workspace: Workspace): Record<string, string> {
  const [name = ''] = workspace.runDirectories()
  const pid = /-(\d+)$/.exec(name)?.[1] ?? ''
  const directory = join(userFolder(workspace), name)
  const names = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'process')
    .map((entry) => join(entry.parentPath, entry.name))
  return Object.fromEntries(
    names.map((file) => [
      file.slice(directory.length),
      readFileSync(file, 'utf8')
        .replaceAll(pid, 'PID')
        .replaceAll(/\d{4}-\d\d-\d\dT[\d:]+[+-][\d:]+/g, 'TIME'),
    ]),
  )
}

describe.skipIf(!base)('a start with the plan of an earlier one', () => {
  test.each([
    ['a name of its own', 'again', {}],
    ['a name with its pid', 'fresh names', { IOCNAME: undefined, USER: 'operator' }],
  ])('writes what that one wrote: %s', async (_, name, env) => {
    const workspace = workspaceOf(name)
    const first = await start(workspace, env)
    expect(plain(first.stderr)).toBe('')
    const written = runFiles(workspace)
    const kept = keptPlans(workspace)
    expect(kept).toHaveLength(1)

    const second = await start(workspace, env)
    expect(keptPlans(workspace)).toEqual(kept)
    expect(runFiles(workspace)).toEqual(written)
    expect(second.status).toBe(first.status)
    expect(workspace.runDirectories()).toHaveLength(1)
  })

  test.each(changes)(
    'is made anew after a change: $what',
    async ({ what, change, env = {}, says }) => {
      const workspace = workspaceOf(what)
      await start(workspace)
      expect(keptPlans(workspace)).toHaveLength(1)
      change?.(workspace.path)
      const { stdout, stderr } = await start(workspace, env)
      const printed = plain(stdout + stderr) + JSON.stringify(existing(workspace))
      expect(printed).toContain(says)
      // Without anything that the first start has left.
      for (const kept of ['plans', 'answers'])
        rmSync(join(userFolder(workspace), kept), { recursive: true })
      expect((await start(workspace, env)).stderr).toBe(stderr)
    },
  )

  test('warnings are told again', async () => {
    const workspace = workspaceOf('warned')
    const first = await start(workspace)
    const kept = keptPlans(workspace)
    expect(first.stderr).toContain('warning[')
    expect((await start(workspace)).stderr).toBe(first.stderr)
    expect(keptPlans(workspace)).toEqual(kept)
  })

  test('needs neither library nor database again that are as they were', async () => {
    const workspace = workspaceOf('answered')
    await start(workspace)
    const change = (script: string) => workspace.write({ 'st.cmd': script })
    change(`# a comment\n${files['st.cmd']}echo "and more"\n`)
    const planned = ['iocsh', 'iocsh-plan', 'iocsh-formats']
    expect(await programsOf(workspace)).toEqual(planned)
    change(files['st.cmd'].replace('P=LAB:', 'P=OTHER:'))
    expect(await programsOf(workspace)).toEqual(planned)
    change(files['st.cmd'].replace('in.template" "P=LAB:', 'in.template" "P=OTHER:'))
    expect(await programsOf(workspace)).toEqual([...planned, 'iocsh-check'])
    change(files['st.cmd'].replace('require beta', '#'))
    expect(await programsOf(workspace)).toContain('iocsh-libraries')
  })

  test.each([
    ['empty', ''],
    ['something else', '[1, 2]'],
    ['too short', '{"key":1}'],
  ])('damaged answers count for nothing: %s', async (_, text) => {
    const workspace = workspaceOf('damaged answers')
    await start(workspace)
    const answers = join(userFolder(workspace), 'answers')
    const names = readdirSync(answers)
    expect(names).toHaveLength(2)
    for (const name of names) writeFileSync(join(answers, name), text)
    workspace.write({ 'st.cmd': `${files['st.cmd']}# ${text}\n` })
    expect((await start(workspace)).stdout).toContain('more LAB:')
    for (const name of names) {
      expect(readFileSync(join(answers, name), 'utf8').length).toBeGreaterThan(100)
    }
  })

  test('another standard input is another start', async () => {
    const workspace = workspaceOf('streams')
    const env = { ...(await launchEnvironment(workspace)), ...network }
    await start(workspace)
    const [kept] = keptPlans(workspace)
    const input = ['ignore', 'pipe', 'pipe'] as const
    spawnSync(join(repository, 'bin/iocsh'), args, {
      ...{ cwd: workspace.directory, env, stdio: [...input] },
    })
    expect(keptPlans(workspace)).not.toContain(kept)
  })

  test('a script that names a variable of the session is always planned', async () => {
    const workspace = workspaceOf('mentioned')
    for (const SSH_TTY of ['/dev/pts/1', '/dev/pts/2']) {
      expect((await start(workspace, { SSH_TTY })).stdout).toContain(SSH_TTY)
    }
    expect(keptPlans(workspace)).toEqual([])
  })

  test.each([
    ['empty', ''],
    ['cut off', '{"key":"'],
    ['something else', '[1, 2]'],
  ])('a damaged plan is written anew: %s', async (_, text) => {
    const workspace = workspaceOf('damaged')
    await start(workspace)
    const [name = ''] = readdirSync(plansOf(workspace))
    writeFileSync(join(plansOf(workspace), name), text)
    expect((await start(workspace)).stdout).toContain('more LAB:')
    expect(readFileSync(join(plansOf(workspace), name), 'utf8').length).toBeGreaterThan(1000)
  })

  test('plans where others can write are not read', async () => {
    const workspace = workspaceOf('hostile')
    await start(workspace)
    const elsewhere = workspace.path('elsewhere')
    renameSync(userFolder(workspace), elsewhere)
    symlinkSync(elsewhere, userFolder(workspace))
    const { stderr, status } = await start(workspace)
    expect(stderr).toContain('error[RUN_DIRECTORY_UNSAFE]')
    expect(status).toBe(3)
  })
})

function existing(workspace: Workspace): Record<string, string> {
  return workspace.runDirectories().length > 0 ? runFiles(workspace) : {}
}

describe.skipIf(!base)('what is asked again', () => {
  test('is all that the system was asked', async () => {
    const workspace = workspaceOf('observed')
    const log = await callsOf(workspace)
    const [plan = ''] = readdirSync(plansOf(workspace))
    const { observations } = JSON.parse(readFileSync(join(plansOf(workspace), plan), 'utf8')) as {
      observations: { path: string }[]
    }
    const asked = new Set(observations.map(({ path }) => path))
    const planning = pathsOf(log, workspace)
    expect(planning.length).toBeGreaterThan(20)
    expect(planning.filter((path) => !asked.has(path) && !isParent(path, asked))).toEqual([])
  })

  test('programs of the launcher use no other function of the file system', () => {
    const known = Object.keys(observeFiles().files)
    const dist = join(repository, 'dist')
    const used = readdirSync(dist)
      .filter((name) => /^iocsh-\w+\.bundle\.js$/.test(name))
      .flatMap((name) => readFileSync(join(dist, name), 'utf8').match(/\b[a-z]\w*Sync\b/g) ?? [])
    expect([...new Set(used)].filter((name) => !known.includes(name))).toEqual([])
  })
})

/** Programs of the launcher that a start loads, in order. */
async function programsOf(workspace: Workspace): Promise<string[]> {
  const lines = (await callsOf(workspace)).split('\n')
  return lines.flatMap((line) => /dist\/([\w-]+)\.cache"/.exec(line)?.[1] ?? [])
}

/** The calls of a start that name a file. */
async function callsOf(workspace: Workspace): Promise<string> {
  const log = workspace.path('calls.txt')
  const env = { ...(await launchEnvironment(workspace)), ...network, IOCNAME: 'LAB:TEST' }
  const strace = ['-f', '-qq', '-e', 'trace=%file', '-o', log, join(repository, 'bin/iocsh')]
  const cwd = workspace.directory
  spawnSync('strace', [...strace, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  return readFileSync(log, 'utf8')
}

/** What the launcher asked about, from the start of its planning to its run directory. */
function pathsOf(log: string, { runtime }: Workspace): string[] {
  const lines = log.split('\n')
  const begin = lines.findLastIndex((line) => line.includes('iocsh-plan.cache'))
  const end = lines.findIndex((line, index) => index > begin && line.includes('mkdir('))
  return lines
    .slice(begin + 1, end)
    .flatMap((line) => /"(\/[^"]*)"/.exec(line)?.[1] ?? [])
    .filter((path) => !/^\/(proc|sys)\//.test(path) && !path.startsWith(runtime))
    .filter((path) => dirname(path) !== join(repository, 'dist'))
}

/** Following links looks at the folders on the way. */
function isParent(path: string, asked: ReadonlySet<string>): boolean {
  return [...asked].some((other) => other.startsWith(`${path}/`))
}
