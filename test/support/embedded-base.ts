import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { machineArchitecture } from '../../src/host/base/architecture.ts'
import { recordFile } from '../../src/host/base/embedded.ts'
import { libraryOrder } from '../../src/host/base/layout.ts'
import { writeTexts } from './write-texts.ts'

interface EmbeddedParts {
  readonly source: string
  readonly arch?: string
}

/** Writes the parts of an embedded base that are looked at; nothing in it runs. */
export function writeEmbeddedBase(
  directory: string,
  { source, arch = machineArchitecture() }: EmbeddedParts,
): { readonly arch: string } {
  const executable = `bin/${arch}/softIocPVA`
  const libraries = libraryOrder.map((name) => [`lib/${arch}/lib${name}.so`, ''])
  writeTexts(directory, {
    [executable]: '#!/bin/sh\n',
    'dbd/softIocPVA.dbd': '',
    'include/epicsVersion.h': '',
    'configure/CONFIG_BASE_VERSION': 'EPICS_VERSION = 7\nEPICS_REVISION = 0\n',
    [recordFile]: JSON.stringify({ format: 1, arch, source, flags: {} }),
    ...Object.fromEntries(libraries),
  })
  chmodSync(join(directory, executable), 0o755)
  return { arch }
}
