import { expect, test } from 'vitest'
import { versionHeaders } from '../../../../src/host/base/version-headers.ts'

test('the libraries of base 7.0.8.1 are libCom and database 3.23.1', () => {
  const headers = versionHeaders({ text: '', parts: [7, 0, 8, 1], snapshot: '', site: '' })
  expect(headers.map(({ name }) => name)).toEqual([
    ...['libComVersion.h', 'databaseVersion.h', 'caVersion.h', 'testMain.h'],
  ])
  for (const prefix of ['LIBCOM', 'DATABASE']) {
    const text = headers.find((header) => header.text.includes(`${prefix}_VERSION_INT`))?.text
    expect(text).toContain(`#define EPICS_${prefix}_MINOR_VERSION 23\n`)
    expect(text).toContain(`#define EPICS_${prefix}_MAINTENANCE_VERSION 1\n`)
  }
})
