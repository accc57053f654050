import { defineConfig } from 'vitest/config'

/**
 * Tests of functions need no world of their own for each file: the code is loaded once, which takes a
 * third of the time. What takes long on a busy machine is no failure.
 */
const pure = { isolate: false, testTimeout: 60_000 }

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], ...pure } },
      { test: { name: 'conformance', include: ['test/conformance/*.test.ts'], ...pure } },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
