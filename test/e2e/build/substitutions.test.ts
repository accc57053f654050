import { afterAll, describe, expect, test } from 'vitest'
import { newBuildFolder, outputFolder } from '../../support/build-folder.ts'
import { testBase } from '../../support/machine.ts'

const folder = newBuildFolder({
  'axes/module.yaml':
    'name: axes\nversion: 1.0.0\nsubstitutions: db/axes.substitutions\ntemplates: db/*.vdb\n',
  'axes/db/axes.substitutions':
    'file axis.vdb { { P=A: } }\nfile plain.template { { P=B: } { P=C: } }\n',
  'axes/db/plain.template': 'record(bo, "$(P)Plain") {}\n',
  'axes/db/axis.vdb': [
    'expand("motor.vdb", m) { macro(name, "$(P)Motor") }',
    'record(ao, "$(P)Axis") { field(OUT, "$(m.target) PP") }',
    '',
  ].join('\n'),
  'axes/db/motor.vdb':
    'template() { port(target, "$(name):Target") }\nrecord(ao, "$(name):Target") {}\n',
})
afterAll(() => folder.remove())

describe.skipIf(!testBase())('substitution files of a module', () => {
  test('rows of databases and of hierarchical ones become one database', async () => {
    expect(await folder.build('axes')).toMatchObject({ status: 0, stderr: '' })
    const database = folder.read(`axes/${outputFolder}/stage/db/axes.db`) ?? ''
    expect(database).toContain('record(ao, "A:Motor:Target")')
    expect(database.replaceAll(/\s+/g, ' ')).toContain('field(OUT, "A:Motor:Target PP")')
    expect(database).toContain('record(bo, "B:Plain")')
    expect(database).toContain('record(bo, "C:Plain")')
    expect(database).not.toMatch(/expand\(|\$\(/)
  })

  test('a block without an end is told, though msi takes it', async () => {
    folder.write({ 'axes/db/axes.substitutions': 'file plain.template {\n{ P=B: }\n' })
    const { status, stderr } = await folder.build('axes')
    expect(stderr).toContain('warning[SUBSTITUTION_DIALECT]: the block of plain.template has no }')
    expect(stderr).toContain('db/axes.substitutions:1:6: ')
    expect(status).toBe(0)
    folder.write({ 'axes/db/axes.substitutions': 'file axis.vdb { { P=A: } }\n' })
  })

  test('what is wrong in a hierarchy has its place there', async () => {
    folder.write({ 'axes/db/motor.vdb': 'template() { port(other, "$(name)") }\n' })
    const { status, stderr } = await folder.build('axes')
    expect(status).toBe(1)
    expect(stderr).toContain('axes/db/axis.vdb:2:')
    expect(stderr).toContain('error[HIERARCHY_PORT]')
  })
})
