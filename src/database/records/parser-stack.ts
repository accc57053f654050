/**
 * How many symbols of a JSON value the parser of the IOC keeps (dbYacc.y): lists are put together from
 * their end, so that all of their elements and commas wait for it; a member is one symbol as soon as
 * it has its value.
 */
export class ParserStack {
  /** The most there were at a time. */
  depth = 0
  private length = 0
  private readonly brackets: { readonly closer: string; readonly length: number }[] = []

  /** The bracket that closes the last one that is open. */
  get closer(): string | undefined {
    return this.brackets.at(-1)?.closer
  }

  open(closer: string): void {
    this.brackets.push({ closer, length: this.length })
    this.push()
  }

  /** Of a bracket, its content and the closing one is made a value. */
  close(): void {
    const length = this.brackets.pop()?.length ?? 0
    this.grow(length + (this.length > length + 1 ? 3 : 2))
    this.length = length
    this.value()
  }

  /** A value that is complete; of a key, its colon and this a member is made. */
  value(): void {
    this.push()
    if (this.closer === '}') this.length -= 2
  }

  /** A key, a colon or a comma. */
  push(): void {
    this.length++
    this.grow(this.length)
  }

  private grow(length: number): void {
    this.depth = Math.max(this.depth, length)
  }
}
