/**
 * The programs of a source in state notation: `program name ("...")`. snc makes a registrar of each,
 * `<name>Registrar`, which the dbd file of the module has to name.
 */
export function programsOf(text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, ' ')
  return [...code.matchAll(/^[ \t]*program\s+([A-Za-z_]\w*)/gm)].map(([, name = '']) => name)
}
