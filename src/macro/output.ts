/** Collects text up to a limit, as the C code fills a buffer; what is beyond is dropped. */
export interface Output {
  text: string
  readonly room: number
}

export function newOutput(room: number = Number.POSITIVE_INFINITY): Output {
  return { text: '', room }
}

export function isFull(output: Output): boolean {
  return output.text.length >= output.room
}

export function write(output: Output, text: string): void {
  const space = output.room - output.text.length
  if (space > 0) output.text += text.length > space ? text.slice(0, space) : text
}
