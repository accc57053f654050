import type { Written } from '../../settings/shape.ts'
import { splitShellWords } from '../../text/shell-words.ts'
import { spanOf } from '../../text/span.ts'
import { foldersOf } from '../build-graph.ts'
import type { RecipeFlags } from '../recipe.ts'
import { wordsFor } from './make-variables.ts'
import type { ReadMakefile } from './makefile.ts'
import { placeOfVariable } from './makefile-texts.ts'

/** USR_CFLAGS and its like, with the folders of the module among USR_INCLUDES apart. */
export function makefileFlags(makefile: ReadMakefile): RecipeFlags {
  const { variables, target, locate } = makefile
  const words = (name: string): string[] => {
    const text = (wordsFor(variables, name, target) ?? []).join(' ')
    return splitShellWords({ text }).words.map((word) => word.text)
  }
  const objects = words('LIBOBJS').map((path) => locate(path, 'file') ?? path)
  const { folders, others } = searchFolders(makefile, words('USR_INCLUDES'))
  return {
    cppflags: [...words('USR_CPPFLAGS'), ...others],
    cflags: words('USR_CFLAGS'),
    cxxflags: words('USR_CXXFLAGS'),
    ldflags: [...objects, ...words('USR_LDFLAGS')],
    libraries: words('LIB_SYS_LIBS').map((word) => word.replace(/^-l/, '')),
    includes: [...impliedFolders(makefile), ...folders],
  }
}

/**
 * driver.makefile: where compilers run, the folders of headers, and beside each source and header what
 * is for the operating system (as in base, os/<class>, os/posix, os/default).
 */
function impliedFolders({ locate, target, texts, variables }: ReadMakefile): Written[] {
  const sources = wordsFor(variables, 'SOURCES', target) ?? ['.']
  const headers = (wordsFor(variables, 'HEADERS', target) ?? []).filter(hasOwnFolder)
  const systems = [target.osClass, ...(isPosix(target.osClass) ? ['posix'] : []), 'default']
  const beside = foldersOf([...sources, ...headers]).flatMap((folder) =>
    systems.map((one) => `${folder}/os/${one}`),
  )
  const made = ['.', `../O.${target.baseVersion}_Common`]
  const paths = [...made, ...foldersOf(headers), ...beside]
  const found = paths.flatMap((path) => locate(path, 'folder') ?? [])
  return [...new Set(found)].map((text) => ({ text, at: spanOf(texts[0], 0, 0) }))
}

/** Made headers have none; driver.makefile leaves absolute ones out. */
function hasOwnFolder(header: string): boolean {
  return header.includes('/') && !header.startsWith('/')
}

function isPosix(osClass: string): boolean {
  return !/^(WIN32|vxWorks)/.test(osClass)
}

/** Folders that are not there are left out: compilers would only warn about them. */
function searchFolders(
  { locate, texts }: ReadMakefile,
  words: readonly string[],
): { folders: Written[]; others: string[] } {
  const at = placeOfVariable(texts, 'USR_INCLUDES')
  const folders: Written[] = []
  const others: string[] = []
  let isFolder = false
  for (const word of words) {
    const path: string | undefined = isFolder ? word : /^-I(.*)$/.exec(word)?.[1]
    isFolder = path === ''
    if (path === undefined) others.push(word)
    else if (path !== '') {
      const text = locate(path, 'folder')
      if (text?.startsWith('/')) others.push(`-I${text}`)
      else if (text !== undefined) folders.push({ text, at })
    }
  }
  return { folders, others }
}
