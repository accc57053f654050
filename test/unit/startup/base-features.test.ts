import { expect, test } from 'vitest'
import { type ShellFeatures, shellFeatures } from '../../../src/startup/base-features.ts'

test.each<[[number, number, number, number], readonly (keyof ShellFeatures)[]]>([
  [[3, 15, 9, 0], ['dropsErrors']],
  [[7, 0, 3, 0], ['dropsErrors']],
  [
    [7, 0, 3, 1],
    ['dropsErrors', 'errorMode'],
  ],
  [
    [7, 0, 8, 1],
    ['dropsErrors', 'errorMode'],
  ],
  [
    [7, 0, 9, 0],
    ['errorMode', 'keepsStartupScript'],
  ],
  [
    [7, 0, 10, 0],
    ['errorMode', 'keepsStartupScript', 'continuation', 'searchesSubstitutions'],
  ],
  [
    [7, 0, 10, 1],
    ['errorMode', 'keepsStartupScript', 'continuation', 'searchesSubstitutions'],
  ],
  [
    [7, 1, 0, 0],
    ['errorMode', 'keepsStartupScript', 'continuation', 'searchesSubstitutions'],
  ],
  [
    [8, 0, 0, 0],
    ['errorMode', 'keepsStartupScript', 'continuation', 'searchesSubstitutions'],
  ],
])('base %j: %j', (parts, expected) => {
  const version = { text: parts.join('.'), parts, snapshot: '', site: '' }
  const features = Object.entries(shellFeatures({ version }))
  expect(new Set(features.flatMap(([name, has]) => (has ? [name] : [])))).toEqual(new Set(expected))
})
