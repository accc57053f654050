import type { ModuleRequest } from './module-request.ts'

/** As much of a module as load order needs. */
interface Loadable {
  readonly name: string
  readonly dependencies: readonly { readonly module: string }[]
}

/**
 * Modules in the order in which they are loaded: what a module depends on comes before it, in the
 * order of its `.dep` file, otherwise the order of the requests. Modules that are not there are
 * left out.
 */
export function loadOrder<M extends Loadable>(
  modules: ReadonlyMap<string, M>,
  requests: readonly Pick<ModuleRequest, 'module'>[],
): M[] {
  const order: M[] = []
  const seen = new Set<string>()
  for (const { module } of requests) addModule(modules, module, { order, seen })
  return order
}

/**
 * What one `require` line loads: the module and what it depends on, without what is loaded before.
 *
 * @param loaded names of the modules that are already there
 */
export function newModules<M extends Loadable>(
  modules: readonly M[],
  module: string,
  loaded: ReadonlySet<string>,
): M[] {
  const byName = new Map(modules.map((item) => [item.name, item]))
  return loadOrder(byName, [{ module }]).filter(({ name }) => !loaded.has(name))
}

/** Depth first with a stack of its own: trees of any depth. */
function addModule<M extends Loadable>(
  modules: ReadonlyMap<string, M>,
  module: string,
  { order, seen }: { readonly order: M[]; readonly seen: Set<string> },
): void {
  const enter = (name: string) => {
    const found = seen.has(name) ? undefined : modules.get(name)
    if (!found) return
    seen.add(name)
    stack.push({ found, next: 0 })
  }
  const stack: { found: M; next: number }[] = []
  enter(module)
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const dependency = top.found.dependencies[top.next++]
    if (dependency) enter(dependency.module)
    else {
      order.push(top.found)
      stack.pop()
    }
  }
}
