import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, symlinkSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newWorkspace, type Workspace } from '../../support/launch.ts'
import { buildLaunchModules } from '../../support/launch-modules.ts'
import { hasProgram, repository, testBase } from '../../support/machine.ts'

const base = testBase()

let workspace: Workspace
beforeAll(async () => {
  workspace = newWorkspace({
    'more/zeta/1.0.0/lib/linux-x86_64/zeta.dep': '',
    '.local/share/e3/base/7.0.1/configure/e3-base.json': '{}',
  })
  if (base) await buildLaunchModules(workspace, base)
})
afterAll(() => workspace.remove())

interface Ran {
  readonly output: string
  readonly errors: string
  readonly status: number | null
}

/** Runs a script of a shell that has sourced nothing of its own. */
function run(shell: readonly string[], script: string, env: NodeJS.ProcessEnv = {}): Ran {
  workspace.write({ script })
  const [program = 'sh', ...flags] = shell
  const { stdout, stderr, status } = spawnSync(program, [...flags, workspace.path('script')], {
    cwd: workspace.directory,
    env: {
      ...{ PATH: process.env['PATH'], HOME: workspace.directory, ZDOTDIR: workspace.directory },
      ...{ EPICS_BASE: base, EPICS_DRIVER_PATH: workspace.path('modules') },
      ...env,
    },
    encoding: 'utf8',
  })
  return { output: stdout, errors: stderr, status }
}

const source = `. "${repository}/e3-env.sh"\n`

const shells: readonly (readonly string[])[] = [
  ['dash'],
  ['bash'],
  ['bash', '--posix'],
  ['zsh'],
  ['zsh', '--emulate', 'sh'],
  ['bash', '--norc', '-i'],
  ['zsh', '-f', '-i'],
]

describe.each(shells.map((shell) => ({ shell, title: shell.join(' ') })))('$title', ({ shell }) => {
  const isThere = hasProgram(shell[0] ?? '')

  test.skipIf(!isThere)('finds both commands and tells where they are', () => {
    const { output } = run(
      shell,
      `${source}command -v iocsh; command -v e3; echo "$E3_REQUIRE_NAME $E3_REQUIRE_LOCATION $E3_REQUIRE_BIN"; echo "$E3_REQUIRE_VERSION"\n`,
    )
    expect(output.split('\n').slice(0, 3)).toEqual([
      `${repository}/bin/iocsh`,
      `${repository}/bin/e3`,
      `require ${repository} ${repository}/bin`,
    ])
    expect(output.split('\n')[3]).toMatch(/^\d+\.\d+\.\d+$/)
  })

  test.skipIf(!isThere)('sourced twice and undone, nothing is different', () => {
    // Values of the shell itself change on their own.
    const state = `(set; typeset -f 2>/dev/null; export) | grep -vE "^(export )?'?(_|LINENO|RANDOM|SECONDS|EPOCH.*|BASH_.*|PIPESTATUS|PPID|SRANDOM|'?[?$!#*@-]'?|before|status|TTYIDLE|ZSH_SUBSHELL|argv|HISTCMD|COLUMNS|LINES|funcstack|history.*)=" | sed '/^before=/,$d' | sort`
    const { output, errors } = run(
      shell,
      [
        'E3_REQUIRE_NAME="it\'s \\"mine\\""; export E3_REQUIRE_NAME',
        `PATH="/first:${repository}/bin:$PATH:/last dir"; path_before=$PATH`,
        `${state} > before.txt`,
        `${source}${source}[ "$PATH" = "${repository}/bin:$path_before" ] && echo once`,
        `e3_deactivate`,
        `${state} > after.txt`,
        '[ "$PATH" = "$path_before" ] && echo same; diff before.txt after.txt && echo clean',
        'command -v e3_activate e3_deactivate _e3_complete || echo gone',
        '',
      ].join('\n'),
    )
    expect(output.trim(), errors).toBe('once\nsame\nclean\ngone')
  })

  test.skipIf(!isThere)('works from a folder with odd characters', () => {
    const odd = workspace.path("it's $(touch pwned) | odd")
    mkdirSync(odd, { recursive: true })
    copyFileSync(`${repository}/e3-env.sh`, `${odd}/e3-env.sh`)
    for (const name of ['bin', 'dist', 'package.json']) {
      try {
        symlinkSync(`${repository}/${name}`, `${odd}/${name}`)
      } catch {
        // Made for the shell before.
      }
    }
    const { output, errors } = run(
      shell,
      `p=$PATH; cd "$ODD"; . ./e3-env.sh; command -v iocsh; cd /; iocsh --version; e3_deactivate; [ "$p" = "$PATH" ] && echo same; ls "$HOME/pwned" "$ODD/pwned" 2>/dev/null\n`,
      { ODD: odd },
    )
    expect(output.split('\n'), errors).toEqual([
      expect.stringMatching(/\/bin\/iocsh$/),
      expect.stringMatching(/^iocsh \(e3-iocsh\)/),
      'same',
      '',
    ])
  })

  test.skipIf(!isThere)('may be sourced through a link, by a script that stops at mistakes', () => {
    const link = workspace.path('profile.sh')
    if (!existsSync(link)) symlinkSync(`${repository}/e3-env.sh`, link)
    const { output, errors } = run(
      shell,
      'set -eu; . ./profile.sh; command -v iocsh; . ./profile.sh; e3_deactivate; echo "${E3_REQUIRE_BIN-undone}"\n',
    )
    expect(output.trim(), errors).toBe(`${repository}/bin/iocsh\nundone`)
  })

  test.skipIf(!isThere)('refuses a folder that PATH cannot hold', () => {
    const folder = workspace.path('with:colon')
    mkdirSync(folder, { recursive: true })
    copyFileSync(`${repository}/e3-env.sh`, `${folder}/e3-env.sh`)
    if (!existsSync(`${folder}/bin`)) symlinkSync(`${repository}/bin`, `${folder}/bin`)
    const { output, errors } = run(shell, 'cd with:colon; . ./e3-env.sh || echo "failed with $?"\n')
    expect(output.trim()).toBe('failed with 1')
    expect(errors).toContain('":" in its name')
  })

  test.skipIf(!isThere)('the undo exports only what was exported', () => {
    const { output } = run(
      shell,
      [
        'E3_REQUIRE_NAME=mine; E3_REQUIRE_BIN=known; export E3_REQUIRE_BIN',
        `${source}e3_deactivate; echo $E3_REQUIRE_NAME`,
        `sh -c 'echo "\${E3_REQUIRE_NAME-not} $E3_REQUIRE_BIN"'\n`,
      ].join('\n'),
    )
    expect(output).toBe('mine\nnot known\n')
  })

  test.skipIf(!isThere)('says that it failed, also in its status', () => {
    mkdirSync(workspace.path('alone'), { recursive: true })
    copyFileSync(`${repository}/e3-env.sh`, workspace.path('alone/e3-env.sh'))
    const { output, errors } = run(
      shell,
      'cd alone; . ./e3-env.sh || echo "failed with $?"; command -v e3_activate e3_deactivate || echo clean\n',
    )
    expect(output.trim()).toBe('failed with 1\nclean')
    expect(errors).toContain('cannot find bin/iocsh next to this file')
  })
})

describe.each([
  ...shells,
  ...[['dash', '-f'], ['mksh'], ['mksh', '-f'], ['busybox', 'sh'], ['yash']],
])('in a subshell of %s %s', (...shell) => {
  const isThere = hasProgram(shell[0] ?? '')

  test.skipIf(!isThere)('the installation is that of the file', () => {
    const { output, errors } = run(shell, `(${source}command -v iocsh\n)\n`, {
      E3_REQUIRE_LOCATION: workspace.path('other'),
    })
    expect(output.trim(), errors).toBe(`${repository}/bin/iocsh`)
  })

  test.skipIf(!isThere)('a file of the same name that sources it is not taken for it', () => {
    workspace.write({ 'site/e3-env.sh': source })
    const { output, errors } = run(shell, '(. ./site/e3-env.sh\ncommand -v iocsh\n)\n')
    expect(output.trim(), errors).toBe(`${repository}/bin/iocsh`)
  })
})

describe.skipIf(!base || !hasProgram('bash'))('completion in bash', () => {
  test.each<[readonly string[], readonly string[]]>([
    [['iocsh', '-r', 'a'], ['alpha']],
    [
      ['iocsh', '-r', 'proto'],
      ['proto', 'proto,1.0.0+0'],
    ],
    [
      ['iocsh', '-r', 'alpha,1'],
      ['alpha,1.0.0+1', 'alpha,1.0.0+0'],
    ],
    [['iocsh', '-l', 'more', '-r', 'z'], ['zeta']],
    [
      ['iocsh', '--re'],
      ['--require', '--realtime'],
    ],
    [['iocsh', '--format', 'j'], ['json']],
    [['iocsh', '--format', '=', 'j'], ['json']],
    [
      ['iocsh', '--format', '='],
      ['text', 'json', 'github'],
    ],
    [['iocsh', '--require=al'], ['--require=alpha']],
    [['iocsh', '-l', 'more', '--require', '=', 'z'], ['zeta']],
    [['iocsh', '--check', 'a'], ['all']],
    [['iocsh', '--base', '7.'], ['7.0.1']],
    [['e3', 'check', '--base', '7.'], ['7.0.1']],
    [['e3', 'base', 'remove', ''], ['7.0.1']],
    [['e3', 'base', 'remove', '7.0.0', ''], []],
    [['iocsh', 'st'], []],
    [['e3', 'ba'], ['base']],
  ])('%j', (words, expected) => {
    const quoted = words.map((word) => `'${word}'`).join(' ')
    const { output, errors } = run(
      ['bash', '--norc', '-i'],
      `${source}COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}; _e3_complete; printf '%s\\n' "\${COMPREPLY[@]}"; complete -p iocsh\n`,
    )
    const lines = output.trim().split('\n')
    expect(lines.pop(), errors).toContain('-F _e3_complete iocsh')
    expect(lines.filter(Boolean).sort()).toEqual([...expected].sort())
  })
})
