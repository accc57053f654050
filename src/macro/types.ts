/** How macros are looked up and how the limits of the C code are treated. */
export interface MacroOptions {
  /** Asked for names that are not defined; its values are expanded like macro values. */
  readonly environment?: (name: string) => string | undefined
  /** Mark bad references as `$(X,undefined)` and `$(X,recursive)`; on unless set to `false`. */
  readonly warnings?: boolean
  /**
   * `exact`: count and cut in UTF-8 bytes as macLib does; `bytes`: the same for texts that have one
   * character a byte already; `off` (default): nothing is cut, a text that macLib would cut is
   * reported as a problem.
   */
  readonly limits?: Limits
}

export type Limits = 'exact' | 'bytes' | 'off'

/**
 * A set of macro definitions in scopes, with macLib's rules. State like macLib's handle: values are
 * expanded when something is expanded after a change.
 */
export interface Macros {
  /** Installs a definition list (`a=1,b="x,y",c`); a name without `=` is removed. */
  define(list: string): void
  /** Defines one macro; the value is raw text: quotes and escapes in it are live. */
  put(name: string, raw: string): void
  /** Removes a name from all scopes. */
  remove(name: string): void
  /** Opens a scope: what is defined from now on shadows and vanishes with `pop`. */
  push(): void
  pop(): void
  /** Expands a text. `capacity` is that of the C result buffer, in bytes (`exact` only). */
  expand(text: string, capacity?: number): Expansion
  /** Expands a text without limit, as the IOC shell and macEnvExpand do (macDefExpand). */
  expandGrowing(text: string): Expansion
  /** The raw value in force, the environment included, or undefined. */
  raw(name: string): string | undefined
  /** Characters looked at in all expansions so far, also those of values that were not used. */
  readonly work: number
}

/** An expanded text and what happened on the way. */
export interface Expansion {
  readonly text: string
  /** False if a macro was undefined or recursive; an empty text is always good for macLib. */
  readonly ok: boolean
  /** The return value of macExpandString: length in bytes, negative if not `ok`. */
  readonly status: number
  /** The text was longer than the capacity (with limits only). */
  readonly isCut: boolean
  /** What is wrong with this text, whether macLib says so now or did so earlier. */
  readonly problems: readonly MacroProblem[]
  /** What macLib prints during this call, in its order; also about macros that are not used. */
  readonly warnings: readonly MacroWarning[]
  /** Names that were looked up for this text, also through values, each once. */
  readonly used: readonly string[]
  /** The references written in the input text, in order, with the text each became. */
  readonly references: readonly Reference[]
}

/** A reference of the outermost text: where it was and where its text is now. */
export interface Reference {
  readonly start: number
  readonly end: number
  readonly outputStart: number
  readonly outputEnd: number
}

export interface MacroProblem {
  /**
   * `cut`: macLib cuts this name or value at 256 bytes, or would. `endless`: expansion was given up
   * because it nests too deep or grows without end.
   */
  readonly kind: 'undefined' | 'recursive' | 'cut' | 'endless'
  /** The macro that is meant; empty if the text itself is `endless`. */
  readonly name: string
  /** The macro whose value holds the reference; absent if the text itself does. */
  readonly within?: string
  /** The outermost reference, as offsets in the input text. */
  readonly start: number
  readonly end: number
}

/** A message of macLib as data; `warningText` gives the words. */
export interface MacroWarning {
  readonly kind: 'undefined' | 'recursive'
  /** `macro` or what else is meant, e.g. `string` for a text that is part of a loop. */
  readonly type: string
  readonly name: string
  readonly expanding: { readonly type: string; readonly name: string }
}
