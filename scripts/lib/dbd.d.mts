export function expandDbd(files: readonly string[], path: readonly string[]): string
