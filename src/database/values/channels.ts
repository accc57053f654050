/** The name of a channel of an IOC in its parts, as `dbChannelCreate` takes it apart. */
export interface ChannelName {
  readonly record: string
  /** Without a field, or with an empty one, it is `VAL`. */
  readonly field: string
  /** `$`: the value of a string or link field as a long string. */
  readonly isLongString: boolean
  /** `[0:3]` or `{"arr":{...}}` and whatever else stands behind the field. */
  readonly filter: string
}

/** Takes a channel name apart: `record.FIELD$[0:3]{json}`. Never fails; see `filter`. */
export function readChannelName(text: string): ChannelName {
  const dot = text.indexOf('.')
  if (dot < 0) return { record: text, field: 'VAL', isLongString: false, filter: '' }
  fieldName.lastIndex = dot + 1
  fieldName.test(text)
  const end = Math.max(dot + 1, fieldName.lastIndex)
  const isLongString = text[end] === '$'
  return {
    record: text.slice(0, dot),
    field: end === dot + 1 ? 'VAL' : text.slice(dot + 1, end),
    isLongString,
    filter: text.slice(isLongString ? end + 1 : end),
  }
}

const fieldName = /[A-Za-z_]\w*/y
