import type { LibraryTexts } from '../check/commands/static-commands.ts'
import { readCommandDefinitions } from '../elf/command-definitions.ts'
import { readDynamic } from '../elf/dynamic.ts'
import { type ElfHeader, LOAD, readHeader } from '../elf/header.ts'
import type { ByteReader } from '../elf/reader.ts'
import { openFileReader } from './byte-reader.ts'

/** The constants of files of this machine. */
export const libraryTexts: LibraryTexts = {
  textsIn: (path, texts) => withObject(path, (reader, header) => findTexts(reader, header, texts)),
  commandsIn: (path) => withObject(path, readCommandDefinitions) ?? [],
  neededBy: (path) =>
    withObject(path, (reader, header) => {
      const dynamic = readDynamic(reader, header)
      return dynamic.kind === 'invalid' ? [] : dynamic.needed
    }) ?? [],
}

function withObject<T>(
  path: string,
  look: (reader: ByteReader, header: ElfHeader) => T,
): T | undefined {
  const reader = openFileReader(path)
  if (!reader) return undefined
  try {
    const header = readHeader(reader)
    return header.kind === 'invalid' ? undefined : look(reader, header)
  } finally {
    reader.close()
  }
}

/** In bytes; a piece begins so much in front of the end of the one before it. */
const pieceSize = 2 ** 22
const overlap = 2 ** 10

/** What a process would see of the file: without debugging information, which may be most of it. */
function findTexts(
  reader: ByteReader,
  { segments }: ElfHeader,
  texts: readonly string[],
): ReadonlySet<string> {
  const found = new Set<string>()
  const wanted = texts.filter((text) => text !== '' && text.length < overlap / 4)
  for (const { type, offset, fileSize } of segments) {
    if (type !== LOAD) continue
    for (let at = 0; at < fileSize && found.size < wanted.length; at += pieceSize - overlap) {
      const bytes = reader.read(offset + at, Math.min(pieceSize, fileSize - at))
      const piece = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      for (const text of wanted) {
        if (!found.has(text) && piece.includes(`${text}\0`)) found.add(text)
      }
    }
  }
  return found
}
