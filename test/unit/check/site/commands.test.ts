import { expect, test } from 'vitest'
import { fileFormats } from '../../../../src/startup/file-formats.ts'
import { partsOf } from '../../../../src/startup/parts.ts'
import { walk } from '../../../../src/startup/walk.ts'
import { spanOf } from '../../../../src/text/span.ts'
import { checkedIoc } from '../../../support/checked-ioc.ts'
import { told } from '../../../support/definitions.ts'
import { siteDiagnostics } from '../../../support/site-rules.ts'
import { sourcesOf } from '../../../support/sources.ts'

const rules =
  'rules: { forbidden-commands: { system: "start no programs", epicsEnvSet: use e3.yaml, exit: stay } }'

function found(files: Record<string, string>): string[] {
  const reader = sourcesOf(files, '/repo')
  const at = spanOf({ name: '<command line>', text: 'st.cmd' })
  const action = { kind: 'file', path: 'st.cmd', isDatabase: false, macros: [], at } as const
  const { value: parts } = partsOf([action], { cwd: '/repo', reader })
  const environment = new Map<string, string>()
  const outcome = walk({
    ...{ parts, environment, cwd: '/repo', reader, modules: [], incomplete: false },
    formats: () => fileFormats,
  })
  return told(siteDiagnostics(rules, { ...checkedIoc({ files: {} }), outcome }))
}

test('commands of the site, with the reason', () => {
  expect(found({ '/repo/st.cmd': 'system "ls"\nepicsEnvSet A b\n# system\niocInit\n' })).toEqual([
    'st.cmd:1:1 SITE_COMMAND the command "system" is not allowed on this site: start no programs',
    'st.cmd:2:1 SITE_COMMAND the command "epicsEnvSet" is not allowed on this site: use e3.yaml',
  ])
})

test('snippets of modules follow the rules of others', () => {
  const files = { '/repo/st.cmd': 'iocshLoad /opt/m.iocsh\n', '/opt/m.iocsh': 'system "ls"\n' }
  expect(found(files)).toEqual([])
})

test('commands in arguments of others, and exit', () => {
  const script = 'iocshRun \'system "ls"\'\nafterInit \'system "ls"\'\niocInit\nexit\n'
  expect(found({ '/repo/st.cmd': script }).map((one) => one.replace(/ is not .*/, ''))).toEqual([
    '<iocshRun>:1:1 SITE_COMMAND the command "system"',
    'st.cmd:2:11 SITE_COMMAND the command "system"',
    'st.cmd:4:1 SITE_COMMAND the command "exit"',
  ])
  const files = {
    '/repo/st.cmd': 'iocshLoad /opt/m.iocsh\niocInit\n',
    '/opt/m.iocsh': "iocshRun 'system ls'\nafterInit 'system ls'\n",
  }
  expect(found(files)).toEqual([])
})
