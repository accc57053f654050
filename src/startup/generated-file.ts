/** A file that is written for one start; `path` is relative to the run directory. */
export interface GeneratedFile {
  readonly path: string
  readonly text: string
  readonly encoding?: 'utf8' | 'latin1'
}
