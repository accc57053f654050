import { userInfo } from 'node:os'
import { isAbsolute } from 'node:path'

/**
 * The home directory: `HOME`, else that of the user database. A service may have no `HOME` and a user
 * that the database does not know; then it is `/`, as container engines say.
 */
export function homeDirectory(
  { HOME: home }: Readonly<Record<string, string | undefined>>,
  known: () => { readonly homedir: string } = userInfo,
): string {
  if (home && isAbsolute(home)) return home
  try {
    return known().homedir || '/'
  } catch {
    return '/'
  }
}
