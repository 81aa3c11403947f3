import { hexDump, hexPlace } from './hex'

/** A stretch of a payload as shown, cut where the trouble begins; `mark` is empty when it begins after the last byte. */
export type Excerpt = { before: string; mark: string; after: string; cutBefore: boolean; cutAfter: boolean }
type Payload = { payload: string; encoding?: 'base64' | undefined; byteOffset?: number | undefined }

/** @param most characters to show, around the trouble when it is far down */
export function excerpt({ payload, encoding, byteOffset }: Payload, most: number): Excerpt {
  const shown = encoding ? hexDump(payload) : payload
  const at = byteOffset === undefined ? shown.length : encoding ? hexPlace(byteOffset) : place(payload, byteOffset)
  const length = encoding ? 2 : shown.codePointAt(at)! > 0xffff ? 2 : 1
  const from = byteOffset === undefined || at + length <= most ? 0 : at - Math.floor(most / 2)
  const to = Math.min(shown.length, from + most)
  const end = Math.min(at + length, to)
  return {
    before: shown.slice(from, Math.min(at, to)),
    mark: shown.slice(at, end),
    after: shown.slice(end, to),
    cutBefore: from > 0,
    cutAfter: to < shown.length,
  }
}

/** The index of the character that byte `offset` of its UTF-8 belongs to. */
function place(text: string, offset: number): number {
  let bytes = 0
  let index = 0
  for (const character of text) {
    const code = character.codePointAt(0)!
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
    if (bytes > offset) return index
    index += character.length
  }
  return index
}
