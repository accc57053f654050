import type { Site } from '../../src/modules/site.ts'
import type {
  DirectoryListing,
  FileText,
  ModuleTreeReader,
  TreeEntry,
} from '../../src/modules/tree-reader.ts'

/**
 * A node of a file system in memory: an object is a directory, a text the contents of a file;
 * `-> target` is a link, `!! reason` something that cannot be read.
 */
export type TreeNode = string | Folder
export interface Folder {
  readonly [name: string]: TreeNode
}

const isFolder = (node: TreeNode | undefined): node is Folder => typeof node === 'object'
const linkTarget = (node: TreeNode) => marked(node, '-> ')
const problemOf = (node: TreeNode | undefined) => marked(node, '!! ')
const marked = (node: TreeNode | undefined, mark: string) =>
  typeof node === 'string' && node.startsWith(mark) ? node.slice(mark.length) : undefined

/** A reader over an object literal, which also writes down what was asked of it. */
export function memoryReader(root: Folder): ModuleTreeReader & { readonly calls: string[] } {
  const calls: string[] = []
  const find = (path: string): TreeNode | undefined => nodeAt(root, path)?.node
  const called = (name: string, path: string) => {
    calls.push(`${name} ${path}`)
    return find(path)
  }
  return {
    calls,
    list: (path) => listing(called('list', path)),
    isDirectory: (path) => isFolder(called('isDirectory', path)),
    isFile: (path) => typeof called('isFile', path) === 'string',
    realPath: (path) => {
      calls.push(`realPath ${path}`)
      return nodeAt(root, path)?.path
    },
    readText: (path) => fileText(called('readText', path)),
  }
}

function nodeAt(
  root: Folder,
  path: string,
  depth = 0,
): { node: TreeNode; path: string } | undefined {
  let node: TreeNode = root
  let real = ''
  for (const name of path.split('/').filter((part) => part !== '')) {
    const next: TreeNode | undefined = isFolder(node) ? node[name] : undefined
    if (next === undefined || depth > 20) return undefined
    const target = linkTarget(next)
    if (target !== undefined) {
      const found = nodeAt(root, target.startsWith('/') ? target : `${real}/${target}`, depth + 1)
      if (!found) return undefined
      node = found.node
      real = found.path
    } else {
      node = next
      real = `${real}/${name}`
    }
  }
  return { node, path: real }
}

function listing(node: TreeNode | undefined): DirectoryListing | undefined {
  const problem = problemOf(node)
  if (problem !== undefined) return { entries: [], problem }
  if (!isFolder(node)) return undefined
  return { entries: Object.entries(node).map(([name, child]) => ({ name, kind: kindOf(child) })) }
}

function kindOf(node: TreeNode): TreeEntry['kind'] {
  if (linkTarget(node) !== undefined) return 'link'
  return isFolder(node) ? 'directory' : 'file'
}

function fileText(node: TreeNode | undefined): FileText | undefined {
  const problem = problemOf(node)
  if (problem !== undefined) return { text: '', problem }
  return typeof node === 'string' ? { text: node } : undefined
}

export const arch = 'linux-x86_64'

/**
 * Modules in short form: `{ asyn: { '1.0.0': '' }, stream: { '2.0.0': 'asyn 1.0.0' } }`. A text is
 * the `.dep` file of a version with library and dbd (lines may be separated by `;`), an object is
 * taken as the contents of the version's directory, `-> 1.0.0` as a link.
 */
export type ShortTree = Readonly<Record<string, Readonly<Record<string, TreeNode>>>>

export function moduleFolders(tree: ShortTree): Folder {
  return mapValues(tree, (versions, module) =>
    mapValues(versions, (contents) =>
      isFolder(contents) || linkTarget(contents) !== undefined
        ? contents
        : versionFolder(module, contents),
    ),
  )
}

export function versionFolder(module: string, dep: string, architecture: string = arch): Folder {
  return {
    lib: {
      [architecture]: {
        [`lib${module}.so`]: 'ELF',
        [`${module}.dep`]: dep.replaceAll(';', '\n'),
      },
    },
    dbd: { [`${module}.dbd`]: 'registrar(r)' },
  }
}

function mapValues<A, B>(from: Readonly<Record<string, A>>, to: (value: A, key: string) => B) {
  return Object.fromEntries(Object.entries(from).map(([key, value]) => [key, to(value, key)]))
}

/** A site with one root `/epics/modules` that has these modules. */
export function siteOf(tree: ShortTree): Site & { readonly reader: { readonly calls: string[] } } {
  return {
    reader: memoryReader({ epics: { modules: moduleFolders(tree) } }),
    roots: [{ directory: '/epics/modules', origin: 'EPICS_DRIVER_PATH' }],
    architecture: arch,
    baseRelease: '7.0.8.1',
  }
}
