/** Collects text up to a limit, as the C code fills a buffer; what is beyond is dropped. */
export interface Output {
  text: string
  readonly room: number
  /** Something was dropped. */
  isCut: boolean
}

export function newOutput(room: number = Number.POSITIVE_INFINITY): Output {
  return { text: '', room, isCut: false }
}

export function isFull(output: Output): boolean {
  return output.text.length >= output.room
}

export function write(output: Output, text: string): void {
  const space = output.room - output.text.length
  if (text.length > space) output.isCut = true
  if (space > 0) output.text += text.length > space ? text.slice(0, space) : text
}
