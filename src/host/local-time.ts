/** ISO 8601 in seconds, with the offset of the local time zone. */
export function localTime(date: Date): string {
  const offset = -date.getTimezoneOffset()
  const sign = offset < 0 ? '-' : '+'
  const two = (number: number): string => String(Math.trunc(Math.abs(number))).padStart(2, '0')
  const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, 19)
  return `${local}${sign}${two(offset / 60)}:${two(offset % 60)}`
}
