import type { SmokeRun } from '../../src/smoke/smoke-run.ts'
import { readTranscript } from '../../src/smoke/transcript.ts'

/** An IOC that ran and ended as it should, but for `parts`. */
export function smokeRun(parts: Partial<SmokeRun> = {}, output = 'iocInit\n'): SmokeRun {
  const name = parts.target?.name ?? 'st.cmd'
  return {
    target: { name, words: [name] },
    ...{ readiness: 'running', seconds: 0.75, pvs: [], stop: 'exit', end: { exitCode: 0 } },
    ...{ transcript: readTranscript(`<console of ${name}>`, output), planning: [] },
    ...parts,
  }
}
