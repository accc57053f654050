import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newWorkspace, type Workspace } from '../../support/launch.ts'
import { testBase } from '../../support/machine.ts'
import { type Ended, runE3 } from '../../support/run-e3.ts'

const template = `# temperature $(P)
record(ai, "$(P)Temp$(N)") {
  field(DESC, "the \\"$(N)\\"")
  field(SCAN, "$(SCAN=1 second)")
  info(archive, "yes")
}
include "more.db"
`

let workspace: Workspace
beforeAll(() => {
  workspace = newWorkspace({
    'st.cmd': 'epicsEnvSet P LAB:\n< part.cmd\niocInit\n',
    'part.cmd': 'dbLoadTemplate x.substitutions "P=$(P)"\n',
    'x.substitutions': 'file t.template { pattern {N} {1} {2} }\n',
    't.template': template,
    'more.db': 'record("*", "$(P)Shared") { field(PREC, "$(N)") }\n',
    'shared.db': 'record(ai, "LAB:Shared") { alias("LAB:Other") }\n',
    'line.db': '# include "a.db"\ninclude "a.db" record(ai, "rest") {}\nrecord(ai, "end") {}\n',
    'a.db': 'record(ai, "a") { field(DESC, "include \\"a.db\\"") }\n',
    'x.dbd': 'addpath "sub"\ninclude "driver.dbd"\nmenu(x) { choice(y, "$(Y)") }\n',
    'sub/driver.dbd': 'driver($(D))\n',
    'all.cmd': 'dbLoadRecords shared.db\n< st.cmd\n',
  })
})
afterAll(() => workspace.remove())

function e3(...args: string[]): Promise<Ended> {
  const env = { EPICS_DRIVER_PATH: '', E3_SITEMODS_PATH: '', NO_COLOR: '1' }
  return runE3(args, { cwd: workspace.directory, env })
}

describe.skipIf(!testBase())('e3 records', () => {
  test('a table of all records', async () => {
    expect(await e3('records', 'all.cmd')).toMatchObject({
      ...{ status: 0, stderr: '' },
      stdout: [
        'name        type  DESC',
        'LAB:Shared  ai',
        'LAB:Temp1   ai    the "1"',
        'LAB:Temp2   ai    the "2"',
        '',
      ].join('\n'),
    })
  })

  test.each<[string[], string]>([
    [['--field', 'DESC=*2*'], 'LAB:Temp2'],
    [['--field', 'SCAN=Passive'], 'LAB:Shared'],
    [['LAB:*red'], 'LAB:Shared'],
    [['*:Oth??'], 'LAB:Shared'],
    [['--type', 'bo', '--type', 'ai', '*1'], 'LAB:Temp1'],
    [['--type', 'bo'], ''],
    [['--type', 'cacl'], ''],
  ])('%j chooses %s', async (args, names) => {
    const { stdout } = await e3('records', 'all.cmd', '--format', 'csv', ...args)
    const lines = stdout.trimEnd().split('\r\n').slice(1)
    expect(lines.map((line) => line.split(',')[0]).join()).toBe(names)
  })

  test('JSON with the chain of files and lines', async () => {
    const args = ['--format', 'json', '--origin', 'LAB:Shared']
    const { stdout } = await e3('records', 'all.cmd', ...args)
    const record = JSON.parse(stdout)
    expect(record).toMatchObject({
      ...{ name: 'LAB:Shared', type: 'ai', fields: { PREC: '2' }, aliases: ['LAB:Other'] },
    })
    const places = record.origin.map(
      ({ message, file, line }: { message: string; file: string; line: number }) =>
        `${message} ${file}:${line}`,
    )
    expect(places).toEqual([
      'defined here shared.db:1',
      'loaded here all.cmd:1',
      ...['added to here more.db:1', 'included here t.template:7', 'loaded here x.substitutions:1'],
      ...['loaded here part.cmd:1', 'read here st.cmd:2', 'read here all.cmd:2'],
      ...['added to here more.db:1', 'included here t.template:7', 'loaded here x.substitutions:1'],
      ...['loaded here part.cmd:1', 'read here st.cmd:2', 'read here all.cmd:2'],
    ])
  })

  test('the database that it prints loads the same records', async () => {
    const { stdout } = await e3('records', 'all.cmd', '--format', 'db')
    workspace.write({ 'printed.db': stdout })
    const again = await e3('records', 'printed.db', '--format', 'db')
    expect(again.stdout).toBe(stdout)
    expect(stdout).toContain('alias("LAB:Shared","LAB:Other")')
  })

  test('it can say where they come from', async () => {
    const args = ['records', 'shared.db', '--format', 'db']
    const [plain, { stdout }] = [await e3(...args), await e3(...args, '--origin')]
    expect(stdout).toBe(`# shared.db:1:1\n${plain.stdout}`)
  })
})

describe.skipIf(!testBase())('e3 expand', () => {
  test('a template with what it includes, line for line', async () => {
    const { stdout, status } = await e3('expand', 't.template', 'P=X:', 'N=7', '--origin')
    expect(stdout).toBe(
      [
        '# t.template:1:1',
        '# temperature X:',
        'record(ai, "X:Temp7") {',
        '  field(DESC, "the \\"7\\"")',
        '  field(SCAN, "1 second")',
        '  info(archive, "yes")',
        '}',
        '# more.db:1:1 < t.template:7:9',
        'record("*", "X:Shared") { field(PREC, "7") }',
        '# t.template:1:1, after line 7',
        '',
      ].join('\n'),
    )
    expect(status).toBe(1) // "*" of a record that is not there
  })

  test('what stands in the line of an include comes before the file, as in the IOC', async () => {
    const { stdout, status } = await e3('expand', 'line.db')
    expect(stdout.split('\n')).toEqual([
      '# include "a.db"',
      ' record(ai, "rest") {}',
      'record(ai, "a") { field(DESC, "include \\"a.db\\"") }',
      'record(ai, "end") {}',
      '',
    ])
    expect(status).toBe(0)
  })

  test('a dbd file with what it includes', async () => {
    const { stdout } = await e3('expand', 'x.dbd', 'D=drv', 'Y=yes', '--origin')
    expect(stdout.split('\n')).toEqual([
      '# x.dbd:1:1',
      'addpath "sub"',
      '# sub/driver.dbd:1:1 < x.dbd:2:1',
      'driver(drv)',
      '# x.dbd:1:1, after line 2',
      'menu(x) { choice(y, "yes") }',
      '',
    ])
  })

  test('a script as the commands that run', async () => {
    const { stdout } = await e3('expand', 'all.cmd')
    expect(stdout.split('\n')).toEqual([
      'dbLoadRecords shared.db',
      'epicsEnvSet P LAB:',
      'dbLoadTemplate x.substitutions "P=LAB:"',
      'iocInit',
      '',
    ])
  })
})

describe.skipIf(!testBase())('e3 diff', () => {
  test('no differences with itself', async () => {
    expect(await e3('diff', 'all.cmd', 'all.cmd')).toMatchObject({
      ...{ status: 0, stdout: '', stderr: 'no differences\n' },
    })
  })

  test('what cannot be read is not called the same', async () => {
    workspace.write({ 'part.db': 'record(ai, "A") {}\nrecord(ai, "$(P)B") {}\n' })
    const ended = await e3('diff', 'part.db', 'part.db')
    expect(ended.stderr).toMatch(/no differences in what could be read\n$/)
    expect(ended.status).toBe(1)
  })

  test('a file that cannot be read is compared with nothing', async () => {
    const ended = await e3('diff', 'all.cmd', 'missing.cmd')
    expect(ended).toMatchObject({ status: 1, stdout: '' })
    expect(ended.stderr).toMatch(/missing\.cmd/)
    expect(ended.stderr).not.toMatch(/removed|no differences/)
    expect((await e3('diff', 'missing.db', 'all.cmd')).stdout).toBe('')
  })

  test('what e3 records writes does not differ from what it is of', async () => {
    const { stdout } = await e3('records', '--format', 'db', 'all.cmd')
    workspace.write({ 'written.db': stdout })
    expect(await e3('diff', 'all.cmd', 'written.db')).toMatchObject({ status: 0, stdout: '' })
  })

  test('records, fields and aliases', async () => {
    workspace.write({
      'a.db': 'record(ai, "A") { field(DESC, "x") field(PREC, 1) }\nrecord(bo, "B") {}\n',
      'b.db': 'record(ai, "A") { field(DESC, "y") field(PREC, "1") alias("C") }\n',
    })
    const ended = await e3('diff', 'a.db', 'b.db')
    expect(ended.stdout.split('\n')).toEqual([
      '  record(ai, "A")',
      '-   field(DESC, "x")',
      '+   field(DESC, "y")',
      '- record(bo, "B")',
      '+ alias("A", "C")',
      '',
    ])
    expect(ended).toMatchObject({
      status: 1,
      stderr: '1 record removed, 1 record changed, 1 alias\n',
    })
    const ignoring = await e3('diff', '--ignore', 'DESC', '--format', 'json', 'a.db', 'b.db')
    expect(
      ignoring.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).difference),
    ).toEqual(['removed', 'alias'])
  })

  test('one template with two sets of macros', async () => {
    const { stdout } = await e3('diff', 'shared.db', 'shared.db', 'P=1', '--format', 'json')
    expect(stdout).toBe('')
    const three = await e3('diff', 'a.db', 'b.db', 'shared.db')
    expect(three.status).toBe(2)
  })
})
