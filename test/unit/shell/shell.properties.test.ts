import fc from 'fast-check'
import { test } from 'vitest'
import { placeIn } from '../../../src/shell/place.ts'
import { createShell } from '../../../src/shell/shell.ts'
import { hostileText } from '../../support/hostile-text.ts'

const commands = fc.constantFrom(
  'iocshLoad b A=',
  '< b ',
  "iocshRun 'echo ",
  'iocshCmd ',
  'epicsEnvSet A ',
  'on error ',
  'exit\n',
  'break\n',
  '\n',
)
const script = fc
  .array(fc.oneof(commands, hostileText({ maxLength: 10 })), { maxLength: 12 })
  .map((parts) => parts.join(''))

test('any scripts are run to an end, and every place lies in its source', () => {
  fc.assert(
    fc.property(script, script, fc.boolean(), (a, b, continuation) => {
      let isPlaced = true
      const shell = createShell({
        continuation,
        host: {
          readScript: (name) => (name === 'b' ? { name, text: b } : undefined),
          command: ({ name }) => (name === 'echo' ? 'ok' : 'not-found'),
          problem({ line, start, end }) {
            const { start: from, end: to, source } = placeIn(line, start, end)
            isPlaced &&= from >= 0 && to >= from && to <= source.text.length
          },
        },
      })
      const status = shell.runSource({ name: 'a', text: a })
      return isPlaced && (status === 0 || status === -1) && shell.current === undefined
    }),
    { numRuns: 500 },
  )
})
