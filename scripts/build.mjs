// Builds dist/: CommonJS bundles for the commands (CommonJS starts 4-10 ms faster than ESM) with their
// compiled code, and the library as one ES module with its type declarations
// (--types, needed only for publishing).
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { build } from 'esbuild'
import { writeCachedProgram, writeStarter } from './lib/compile-cache.mjs'

const { version, dependencies } = JSON.parse(readFileSync('package.json', 'utf8'))

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  charset: 'utf8',
  logLevel: 'warning',
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

const [launcher, checker, settings, providers, e3] = await Promise.all([
  command('iocsh', { charset: 'ascii', write: false, external: ['./iocsh-check'] }),
  command('iocsh-check', {
    ...{ charset: 'ascii', write: false, external: ['./iocsh-settings', './iocsh-providers'] },
  }),
  command('iocsh-settings', { charset: 'ascii', write: false }),
  command('iocsh-providers', { charset: 'ascii', write: false }),
  command('e3', { charset: 'ascii', write: false }),
  build({
    ...common,
    entryPoints: ['src/index.ts'],
    outfile: 'dist/index.js',
    format: 'esm',
    external: Object.keys(dependencies),
  }),
])

for (const { metafile } of [launcher, checker]) checkLauncherStaysLean(metafile)
writeCachedProgram(launcher.outputFiles[0].text, { folder: 'dist', name: 'iocsh' })
writeCachedProgram(checker.outputFiles[0].text, { folder: 'dist', name: 'iocsh-check' })
writeCachedProgram(settings.outputFiles[0].text, { folder: 'dist', name: 'iocsh-settings' })
writeCachedProgram(providers.outputFiles[0].text, { folder: 'dist', name: 'iocsh-providers' })
writeCachedProgram(e3.outputFiles[0].text, { folder: 'dist', name: 'e3' })
for (const name of ['iocsh', 'e3']) {
  writeStarter({ folder: 'dist', name, before: refuseOldNode(name) })
}
if (process.argv.includes('--types')) {
  execFileSync('node_modules/.bin/tsc', ['-p', 'tsconfig.build.json'], { stdio: 'inherit' })
}

/** Before anything that an older Node cannot run. */
function refuseOldNode(name) {
  const sentence = `${name}: Node.js 20 or later is needed, this is `
  return [
    'if (Number.parseInt(process.versions.node, 10) < 20) {',
    `  console.error(${JSON.stringify(sentence)} + process.versions.node)`,
    '  process.exit(3)',
    '}',
  ].join('\n')
}

/** `execa`, `fast-glob` and `yaml` cost 14 ms of start-up and more each: not in the launcher. */
function checkLauncherStaysLean({ inputs }) {
  const heavy = Object.keys(inputs).filter((file) =>
    /node_modules\/(execa|fast-glob|commander|diff|yaml)\/|^src\/settings\/|formats-\w+\.ts$/.test(
      file,
    ),
  )
  if (heavy.length > 0) {
    throw new Error(`dist/iocsh.cjs would contain ${heavy[0]}: import it only from the e3 command`)
  }
}
