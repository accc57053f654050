import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { sleep, softIocBench, waitFor } from '../support/soft-ioc.ts'

const ioc = await softIocBench()
const base = ioc.base ?? ''

describe.skipIf(ioc.base === undefined)('ioc', () => {
  test('the help and wrong options', () => {
    expect(ioc.run(['-h'])).toMatchObject({ status: 0, stderr: '' })
    expect(ioc.run(['-h']).stdout).toContain(join(base, 'dbd/softIocPVA.dbd'))
    expect(ioc.run(['-q'])).toMatchObject({ status: 2, stderr: expect.stringContaining("'q'") })
    expect(ioc.run(['-d']).status).toBe(2)
    expect(ioc.run(['-S'])).toMatchObject({ status: 1, stderr: 'Nothing to do!\n' })
  })

  test.each([
    ['an empty script, end of stdin', [], '', 0],
    ['exit at the prompt', [], 'exit\n', 0],
    ['exit ends the script only', ['exit', 'nonsense'], 'exit\n', 0],
    ['an error without `on error`', ['nonsense'], '', 0],
    ['an error after `on error break`', ['on error break', 'nonsense'], '', 2],
  ])('exit status: %s', (_, lines, input, status) => {
    expect(ioc.run([ioc.script('st.cmd', ...lines)], input).status).toBe(status)
  })

  test('what cannot be used ends the start with 2 and a message', () => {
    const failing = ioc.script('fails.cmd', 'on error break', 'nonsense')
    expect(ioc.run([failing]).stderr).toContain(`Error: Error in ${failing}\n`)
    expect(ioc.run(['nowhere.cmd'])).toMatchObject({ status: 2 })
    expect(ioc.run(['-d', 'nowhere.db'])).toMatchObject({ status: 2 })
    expect(ioc.run(['-D', 'nowhere.dbd'])).toMatchObject({ status: 2 })
    expect(ioc.run(['-m', 'A=1', '-d', ioc.script('x.db'), '-D', 'late.dbd'])).toMatchObject({
      status: 2,
    })
  })

  test('-m, -d, -a, -x, -v, several scripts, blanks in names', () => {
    const records = ioc.script('my records.db', 'record(ai, "$(P)$(N)") { field(VAL, "$(V=1)") }')
    const security = ioc.script('my.acf', 'ASG($(G)) { RULE(1, READ) }')
    const second = ['iocInit', 'dbgf a:one', 'dbgf b:two', 'dbl']
    const { status, stdout, stderr } = ioc.run([
      ...['-v', '-m', 'P=a:,N=one', '-d', records, '-m', 'P=b:,N=two,V=2', '-d', records],
      ...['-m', 'G=DEFAULT', '-a', security, '-x', 'my:ioc'],
      ...[ioc.script('first one.cmd', 'echo first'), ioc.script('second.cmd', ...second)],
    ])
    expect(stderr).not.toContain('ERROR')
    expect(status).toBe(0)
    expect(stdout).toMatch(/dbLoadRecords\(".*my records.db", "P=a:,N=one"\)[\s\S]*\nfirst\n/)
    expect(stdout).toMatch(/DBF_DOUBLE: +1[\s\S]*DBF_DOUBLE: +2[\s\S]*\ba:one\b[\s\S]*my:ioc:exit/)
  })

  test('as in base the script comes before the iocInit of -d', () => {
    const records = ioc.script('x.db', 'record(ai, "x") {}')
    const { stdout } = ioc.run(['-v', '-d', records, ioc.script('st.cmd', 'echo scripted')])
    expect(stdout).toMatch(/# Begin [\s\S]*\nscripted\n[\s\S]*# End [\s\S]*\niocInit\(\)\n/)
  })

  test('a script that does iocInit itself: it is not done again', () => {
    const records = ioc.script('x.db', 'record(ai, "x") {}')
    const { status, stdout } = ioc.run(['-v', '-d', records, ioc.script('st.cmd', 'iocInit')])
    expect(status).toBe(0)
    expect(stdout).not.toContain('iocInit()')
  })

  test('an iocInit that fails ends the IOC with 2', () => {
    const records = ioc.script('x.db', 'record(ai, "x") {}')
    const { status, stderr } = ioc.run(['-a', 'nowhere.acf', '-d', records])
    expect(status).toBe(2)
    expect(stderr).toContain('Error: iocInit failed\n')
  })

  test.each([
    ['', 0, 0],
    ['', 7, 1],
    ['.A', 1, 1],
  ])('a put to <prefix>:exit%s of %d ends it with %d', (field, value, status) => {
    const put = `dbpf me:exit${field} ${value}`
    const file = ioc.script('st.cmd', 'iocInit', put, 'epicsThreadSleep 5')
    expect(ioc.run(['-S', '-x', 'me', file]).status).toBe(status)
  })

  test('QSRV serves a group, read here over PVA by a link', async () => {
    const records = ioc.script(
      'group.db',
      'record(ai, "g:a") { field(VAL, "42") info(Q:group, {"g": {"x": {+channel: "VAL"}}}) }',
      'record(ai, "reader") { field(INP, {pva: {pv: "g", field: "x", proc: "CP"}}) }',
    )
    const child = ioc.keep(spawn(ioc.executable, ['-d', records], { env: ioc.env }))
    let output = ''
    child.stdout.on('data', (text) => {
      output += text
    })
    const asking = setInterval(() => child.stdin.write('dbgf reader\n'), 200)
    await waitFor(() => /DBF_DOUBLE: +42\b/.test(output)).finally(() => clearInterval(asking))
    child.stdin.end()
    expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(0)
  })

  test('-S stays when stdin ends and uses no CPU', async () => {
    const started = await ioc.start(['-S', ioc.script('st.cmd', 'iocInit', 'echo ready')])
    started.child.stdin?.end()
    await sleep(300)
    const before = cpuTicks(started.child.pid)
    await sleep(2000)
    expect(cpuTicks(started.child.pid) - before).toBeLessThanOrEqual(3)
    started.child.kill('SIGTERM')
    expect(await started.ended).toBe(143)
  })

  /** User and system time, in ticks of 10 ms (proc(5)). */
  function cpuTicks(pid: number | undefined): number {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return Number(fields[11]) + Number(fields[12])
  }

  test('a closed stdout does not end it', async () => {
    const child = ioc.keep(
      spawn(ioc.executable, [ioc.script('st.cmd', 'iocInit')], {
        env: ioc.env,
        stdio: ['pipe', 'pipe', 'ignore'],
      }),
    )
    await new Promise((resolve) => child.stdout.once('data', resolve))
    child.stdout.destroy()
    child.stdin.write('dbl\nhelp\ndbl\n')
    await sleep(1000)
    expect(child.exitCode ?? child.signalCode).toBeNull()
    child.stdin.end()
    expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(0)
  })
})
