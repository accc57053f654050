import { type JsonValue, memberOf, readJson } from '../../database/values/json.ts'

/**
 * The channels that a JSON link reads from or writes to: those of `pva` links, also inside of others
 * such as `calc`. The other link types of base name no channels.
 */
export function jsonTargets(text: string): readonly string[] {
  const found: string[] = []
  collect(readJson(text).value, found)
  return found
}

/** `readJson` limits the depth. */
function collect(value: JsonValue | undefined, found: string[]): void {
  if (value?.kind === 'array') for (const item of value.items) collect(item, found)
  if (value?.kind !== 'object') return
  for (const { name, value: content } of value.members) {
    const channel = name === 'pva' ? channelOf(content) : undefined
    if (channel !== undefined) found.push(channel)
    else collect(content, found)
  }
}

/** `{pva: "name"}` or `{pva: {pv: "name", ...}}`. */
function channelOf(value: JsonValue): string | undefined {
  const named = value.kind === 'object' ? memberOf(value, 'pv') : value
  return named?.kind === 'string' ? named.value : undefined
}
