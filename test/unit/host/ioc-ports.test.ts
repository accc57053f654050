import { expect, test } from 'vitest'
import { findIocPorts, portEnvironment } from '../../../src/host/ioc-ports.ts'

test('no port is handed out twice, and none lies where outgoing connections take theirs', async () => {
  const all = await Promise.all(Array.from({ length: 20 }, findIocPorts))
  const ports = all.flatMap((one) => Object.values(one))
  expect(new Set(ports).size).toBe(100)
  expect(Math.min(...ports)).toBeGreaterThanOrEqual(1024)
  expect(Math.max(...ports)).toBeLessThan(32_768)
})

test('every address is the loopback interface, every list is closed', () => {
  const ports = { ca: 1, caRepeater: 2, caBeacon: 3, pva: 4, pvaBroadcast: 5 }
  const env = portEnvironment(ports)
  const named = (pattern: RegExp) =>
    Object.entries(env).flatMap(([name, value]) => (pattern.test(name) ? [value] : []))
  expect(new Set(named(/(?<!AUTO_)(INTF|BEACON|CA|PVA)_ADDR_LIST$/))).toEqual(
    new Set(['127.0.0.1']),
  )
  expect(new Set(named(/_AUTO_/))).toEqual(new Set(['NO']))
  expect(new Set(named(/NAME_SERVERS|IGNORE/))).toEqual(new Set([undefined]))
  expect(named(/_PORT$/).sort()).toEqual(['1', '1', '2', '3', '4', '4', '5', '5'])
})
