// Builds dist/: CommonJS bundles for the commands (CommonJS starts 4-10 ms faster than ESM) with the
// code that V8 compiles of them, and the library as one ES module with its type declarations
// (--types, needed only for publishing).
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, formatMessages } from 'esbuild'
import { buildRuns } from './lib/build-runs.mjs'
import { writeCachedProgram, writeStarter } from './lib/compile-cache.mjs'

const { version, dependencies } = JSON.parse(readFileSync('package.json', 'utf8'))

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  charset: 'utf8',
  // What is wrong is printed once, though the same file is part of many programs: see `orStop`.
  logLevel: 'silent',
  legalComments: 'none',
  metafile: true,
  define: { __E3_VERSION__: JSON.stringify(version) },
}

const command = (name, options = {}) =>
  build({
    ...common,
    entryPoints: [`src/cli/${name}-main.ts`],
    outfile: `dist/${name}.cjs`,
    format: 'cjs',
    define: { ...common.define, 'import.meta.dirname': '__dirname' },
    minify: true,
    keepNames: false,
    ...options,
  })

// The launcher: programs that load each other when they are needed.
const launcherParts = [
  'iocsh',
  'iocsh-plan',
  'iocsh-libraries',
  'iocsh-formats',
  'iocsh-check',
  'iocsh-lock',
  'iocsh-settings',
  'iocsh-providers',
]
const external = launcherParts.map((name) => `./${name}`)
const cached = { charset: 'ascii', write: false }

const [launcher, e3, e3Build, trainCheck] = await orStop([
  Promise.all(launcherParts.map((name) => command(name, { ...cached, external }))),
  command('e3', cached),
  // People wait for it again and again: as a program of its own it starts faster.
  command('e3', { ...cached, external: commandsBut('build') }),
  command('e3', { ...cached, entryPoints: ['scripts/lib/train-check.ts'] }),
  build({
    ...common,
    entryPoints: ['src/index.ts'],
    outfile: 'dist/index.js',
    format: 'esm',
    external: Object.keys(dependencies),
  }),
])

for (const { metafile } of launcher.slice(0, 6)) checkLauncherStaysLean(metafile)
removeUnfinished('dist')
const launcherCode = launcher.map(textOf)
const mark = createHash('sha256').update(launcherCode.join('\0')).digest('hex')
for (const [index, name] of launcherParts.entries()) {
  const code = launcherCode[index].replace('__E3_BUILD_MARK__', mark)
  const runs = name === 'iocsh-check' ? [{ training: textOf(trainCheck) }] : undefined
  writeCachedProgram(code, { folder: 'dist', name, runs })
}
writeCachedProgram(textOf(e3), { folder: 'dist', name: 'e3', runs: [{ args: ['--help'] }] })
const folder = mkdtempSync(join(tmpdir(), 'e3-build-runs-'))
writeCachedProgram(textOf(e3Build), { folder: 'dist', name: 'e3-build', runs: buildRuns(folder) })
rmSync(folder, { recursive: true })
writeStarter({ folder: 'dist', name: 'iocsh', before: refuseOldNode('iocsh'), commands: [] })
writeStarter({ folder: 'dist', name: 'e3', before: refuseOldNode('e3'), commands: ['build'] })
if (process.argv.includes('--types')) {
  execFileSync('node_modules/.bin/tsc', ['-p', 'tsconfig.build.json'], { stdio: 'inherit' })
}

/** Ends the build where a source cannot be compiled, with each mistake once. */
async function orStop(builds) {
  const ended = await Promise.allSettled(builds)
  const failed = ended.filter(({ status }) => status === 'rejected').map(({ reason }) => reason)
  const foreign = failed.find(({ errors }) => errors === undefined)
  if (foreign) throw foreign
  const built = ended.flatMap(({ value }) => value ?? []).flat()
  await print(
    'warning',
    built.flatMap(({ warnings }) => warnings ?? []),
  )
  if (failed.length === 0) return ended.map(({ value }) => value)
  await print(
    'error',
    failed.flatMap(({ errors }) => errors),
  )
  process.exit(1)
}

async function print(kind, messages) {
  const texts = await formatMessages(messages, { kind, color: process.stderr.isTTY === true })
  process.stderr.write([...new Set(texts)].join(''))
}

/** Files of commands as `e3-commands.ts` and `e3.ts` name them. */
function commandsBut(name) {
  const files = readdirSync('src/cli/commands').filter((file) => file !== `${name}.ts`)
  return files.map((file) => `./commands/${file}`)
}

/** Of builds that were killed: what they were writing ends with the number of their process. */
function removeUnfinished(folder) {
  mkdirSync(folder, { recursive: true })
  for (const file of readdirSync(folder)) {
    const pid = /\.(\d+)(?:\.cjs)?$/.exec(file)?.[1]
    if (pid === undefined || existsSync(`/proc/${pid}`)) continue
    rmSync(`${folder}/${file}`, { force: true })
  }
}

function textOf({ outputFiles }) {
  return outputFiles[0].text
}

/** Before anything that an older Node cannot run. */
function refuseOldNode(name) {
  const sentence = `${name}: Node.js 20 or later is needed, this is `
  const remedy = ': apt-get install nodejs (Debian 13) or dnf module install nodejs:20 (RHEL)'
  return [
    'if (Number.parseInt(process.versions.node, 10) < 20) {',
    `  console.error(${JSON.stringify(sentence)} + process.versions.node + ${JSON.stringify(remedy)})`,
    '  process.exit(3)',
    '}',
  ].join('\n')
}

/** `execa`, `fast-glob` and `yaml` cost 14 ms of start-up and more each: not in the launcher. */
function checkLauncherStaysLean({ inputs }) {
  const heavy = Object.keys(inputs).filter((file) =>
    /node_modules\/(execa|fast-glob|commander|yaml)\/|^src\/settings\/|\/formats-\w+\.ts$/.test(
      file,
    ),
  )
  if (heavy.length > 0) {
    throw new Error(`dist/iocsh.cjs would contain ${heavy[0]}: import it only from the e3 command`)
  }
}
