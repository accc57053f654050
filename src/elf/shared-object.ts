import { type Diagnostic, diagnostic, type Result } from '../text/diagnostic.ts'
import type { Span } from '../text/span.ts'
import { type DynamicSection, readDynamic } from './dynamic.ts'
import { type ElfHeader, readHeader } from './header.ts'
import type { Invalid } from './invalid.ts'
import type { ByteReader } from './reader.ts'
import { readSymbols, type SymbolTable } from './symbols.ts'

/** What a loader would learn of a shared object or an executable before it maps it. */
export interface SharedObject {
  readonly bits: 32 | 64
  readonly endian: 'little' | 'big'
  readonly machine: string
  readonly type: ElfHeader['type']
  readonly soname?: string
  readonly needed: readonly string[]
  /** Search path for this object and those it needs; ignored where there is a `runpath`. */
  readonly rpath: readonly string[]
  readonly runpath: readonly string[]
  /** Versions of symbols asked of each needed library, such as `GLIBC_2.34` of `libc.so.6`. */
  readonly versionsNeeded: DynamicSection['versionsNeeded']
  /** Versions of symbols this object offers. */
  readonly versionsDefined: readonly string[]
  readonly symbols: SymbolTable
}

/**
 * Reads headers and the dynamic section; symbols are read when they are asked for. Works on
 * files without section headers, as a loader does.
 *
 * @param at the place to blame: where the file was named, or the file itself
 * @returns the object, or nothing and an `ELF_INVALID`; never throws, and the work is bounded by
 *   the size of the file
 */
export function readElf(reader: ByteReader, at: Span): Result<SharedObject | undefined> {
  const header = readHeader(reader)
  if (header.kind === 'invalid') return { value: undefined, diagnostics: [invalid(header, at)] }
  const dynamic = readDynamic(reader, header)
  if (dynamic.kind === 'invalid') {
    const { machine, type, encoding } = header
    const what = objectText({ machine, type, bits: encoding.wide ? 64 : 32 })
    const reason = `it is ${what}, and ${dynamic.reason}`
    return { value: undefined, diagnostics: [invalid({ ...dynamic, reason }, at)] }
  }
  const { soname, needed, rpath, runpath, versionsNeeded, versionsDefined } = dynamic
  return {
    value: {
      bits: header.encoding.wide ? 64 : 32,
      endian: header.encoding.little ? 'little' : 'big',
      machine: header.machine,
      type: header.type,
      ...(soname && { soname }),
      needed,
      rpath,
      runpath,
      versionsNeeded,
      versionsDefined,
      symbols: readSymbols({ reader, header, dynamic }),
    },
    diagnostics: [],
  }
}

/** `an executable object for ppc (32 bits)`. */
export function objectText({
  machine,
  bits,
  type,
}: Pick<SharedObject, 'machine' | 'bits' | 'type'>): string {
  const article = /^[eo]/.test(type) ? 'an' : 'a'
  return `${article} ${type} object for ${machine} (${bits} bits)`
}

function invalid({ reason, hint }: Invalid, at: Span): Diagnostic {
  return diagnostic('ELF_INVALID', `${at.source.name} is not a shared library: ${reason}`, {
    at,
    hint: hint ?? 'build or install the module again',
  })
}
