import { afterAll, describe, expect, test } from 'vitest'
import { newBuildFolder } from '../support/build-folder.ts'
import { testBase } from '../support/machine.ts'
import { runE3 } from '../support/run-e3.ts'

const folder = newBuildFolder()
folder.write({
  'plain/Makefile': `include driver.makefile
SEEN := $(shell printenv NODE_EXTRA_CA_CERTS > ${folder.path('seen')})
`,
  'plain/a.c': 'int a = 1;\n',
})

afterAll(folder.remove)

describe.skipIf(!testBase())('variables that cost Node time', () => {
  test('programs that e3 starts get NODE_EXTRA_CA_CERTS as it was', async () => {
    const env = { NODE_EXTRA_CA_CERTS: '/no/such.pem' }
    const { stderr } = await runE3(['import', 'wrapper'], { cwd: folder.path('plain'), env })
    expect(folder.read('seen')).toBe('/no/such.pem\n')
    // Node itself would warn of a file that is not there.
    expect(stderr).not.toContain('such.pem')
  })
})
