/** What msi needs of the machine. Texts and paths have one character a byte. */
export interface MsiFiles {
  /** A file, or standard input for `undefined`; the reason in words if it cannot be read. */
  read(path: string | undefined): { readonly text: string } | { readonly reason: string }
  /** Appends to the output: that of `-o`, or standard output. */
  write(text: string): void
  /** A variable of the environment. */
  variable(name: string): string | undefined
}
