import { expect, test } from 'vitest'
import { readPvs } from '../../../../src/host/channel-access/read-pvs.ts'
import { type Answer, serve, withCaServer } from '../../../support/ca-server.ts'

const timeout = 200
const read = (answer: Answer, ...names: string[]) =>
  withCaServer(answer, (port) => readPvs(names, { port, timeout }))

test('values of all kinds, in the order of the names', async () => {
  const answer = serve({
    label: { dataType: 3, text: 'Auto', number: 2 },
    number: { dataType: 6, text: '1.23', number: 1.2345 },
    text: { dataType: 0, text: 'two words' },
    long: { dataType: 4, count: 100, text: 'a text of more than forty characters, much more' },
    byte: { dataType: 4, text: '65', number: 65 },
  })
  expect(await read(answer, 'number', 'none', 'label', 'text', 'long', 'byte')).toEqual([
    { kind: 'value', reading: { text: '1.23', number: 1.2345 } },
    { kind: 'missing' },
    { kind: 'value', reading: { text: 'Auto', number: 2 } },
    { kind: 'value', reading: { text: 'two words' } },
    { kind: 'value', reading: { text: 'a text of more than forty characters, much more' } },
    { kind: 'value', reading: { text: '65', number: 65 } },
  ])
})

test('what Channel Access does not tell at once', async () => {
  const answer = serve({
    single: { dataType: 2, text: '0.1', number: 0.1 },
    full: { dataType: 0, text: 'x'.repeat(39) },
    curve: { dataType: 6, count: 5, text: '2.5', number: 2.5 },
    empty: { dataType: 6, count: 5, length: 0, text: '0', number: 0 },
    names: { dataType: 0, count: 5, length: 0, text: '' },
    one: { dataType: 6, count: 1, length: 0, text: '0', number: 0 },
  })
  const empty = { kind: 'value', reading: { text: '', isEmpty: true } }
  const outcomes = await read(answer, 'single', 'full', 'curve', 'empty', 'names', 'one')
  expect(outcomes).toEqual([
    { kind: 'value', reading: { text: '0.1', number: 0.1, isSingle: true } },
    { kind: 'value', reading: { text: 'x'.repeat(39), isCut: true } },
    { kind: 'value', reading: { text: '2.5', number: 2.5 } },
    ...[empty, empty, empty],
  ])
})

test('a value that may not be read', async () => {
  // caerr.h: ECA_NORDACCESS is message 46 of a warning.
  const answer = serve({ secret: { dataType: 0, text: '', status: (46 << 3) | 0 } })
  expect(await read(answer, 'secret')).toEqual([
    { kind: 'unreadable', reason: 'the CA server refuses to read it (status 46)' },
  ])
})

test('a server that does not answer', async () => {
  expect(await read(() => [], 'any')).toEqual([
    { kind: 'unreadable', reason: 'the CA server does not answer' },
  ])
})

test('a server that closes the connection', async () => {
  const hangUp: Answer = ({ command }, socket) => {
    if (command === 18) socket.destroy()
    return []
  }
  expect(await read(hangUp, 'any', 'other')).toEqual([
    { kind: 'unreadable', reason: 'the CA server closed the connection' },
    { kind: 'unreadable', reason: 'the CA server closed the connection' },
  ])
})

test('no server', async () => {
  const port = await withCaServer(
    () => [],
    (open) => Promise.resolve(open),
  )
  expect(await readPvs(['any'], { port, timeout })).toEqual([
    { kind: 'unreadable', reason: `the CA server does not listen on port ${port}` },
  ])
})
