import type { IocSettings, Settings } from '../../settings/settings.ts'
import type { NamedFile } from './targets.ts'

/**
 * Files with what the settings say about them: a folder with IOCs of the settings stands for these,
 * and a startup script of theirs is started as they say, unless it was given macros or a name.
 */
export function withSettings(
  files: readonly NamedFile[],
  { iocs }: Settings,
  cwd: string,
): NamedFile[] {
  const folders = [...new Set(files.flatMap(({ folder }) => folder ?? []))]
  const isListed = (folder: string) => iocs.some(({ script }) => isIn(script.text, folder))
  const listed = new Set(folders.filter(isListed))
  const chosen = iocs.filter(({ script }) => [...listed].some((one) => isIn(script.text, one)))
  const others = files
    .filter(({ folder }) => folder === undefined || !listed.has(folder))
    .flatMap((file) => {
      const isPlain = file.macros.length === 0 && file.iocName === undefined
      const known = isPlain ? iocs.filter(({ script }) => script.text === file.path) : []
      return known.length > 0 ? known.map((ioc) => fileOf(ioc, cwd)) : [file]
    })
  return [...chosen.map((ioc) => fileOf(ioc, cwd)), ...others]
}

/** All IOCs of the settings. */
export function iocFiles({ iocs }: Settings, cwd: string): NamedFile[] {
  return iocs.map((ioc) => fileOf(ioc, cwd))
}

function fileOf(ioc: IocSettings, cwd: string): NamedFile {
  const { text: path, at } = ioc.script
  return {
    ...{ path, at, isFound: false, ioc, iocName: ioc.name.text },
    name: isIn(path, cwd) ? path.slice(cwd.length + 1) : path,
    macros: ioc.macros.map(({ key, value }) => ({
      name: key.text,
      value: value.text,
      at: value.at,
    })),
  }
}

function isIn(path: string, folder: string): boolean {
  return path.startsWith(folder === '/' ? '/' : `${folder}/`)
}
