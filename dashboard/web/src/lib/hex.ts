const ROW = 16
/** Characters of a full line beside its address: two gaps, the bytes, the text, the line's end. */
const LINE = 2 + ROW * 3 - 1 + 2 + ROW + 1

const address = (at: number) => at.toString(16).padStart(4, '0')

/** Bytes in base64 as offset, hexadecimal and text, sixteen a line. */
export function hexDump(base64: string): string {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  const lines: string[] = []
  for (let at = 0; at < bytes.length; at += ROW) {
    const row = [...bytes.subarray(at, at + ROW)]
    const hex = row.map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
    const text = row.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('')
    lines.push(`${address(at)}  ${hex.padEnd(ROW * 3 - 1)}  ${text}`)
  }
  return lines.join('\n')
}

/** Where byte `offset` stands in the dump. */
export function hexPlace(offset: number): number {
  const at = offset - (offset % ROW)
  let start = 0
  for (let row = 0; row < at; row += ROW) start += address(row).length + LINE
  return start + address(at).length + 2 + (offset - at) * 3
}
