import { beforeAll, expect, it, vi } from 'vitest'

let place: typeof import('../src/lib/router.svelte').place
let withParameters: typeof import('../src/lib/router.svelte').withParameters

beforeAll(async () => {
  vi.stubGlobal('location', { pathname: '/', search: '' })
  vi.stubGlobal('document', { addEventListener() {} })
  vi.stubGlobal('addEventListener', () => {})
  ;({ place, withParameters } = await import('../src/lib/router.svelte'))
})

it('knows every view by its path', () => {
  expect(['/', '/devices', '/anomalies', '/dead-letters'].map((path) => place(path).view)).toEqual([
    'fleet',
    'devices',
    'anomalies',
    'dead-letters',
  ])
})

it('reads the name of a device, whatever is in it', () => {
  expect(place('/devices/meter-1')).toEqual({ view: 'device', id: 'meter-1' })
  expect(place('/devices/' + encodeURIComponent('höhe/50 %?'))).toEqual({ view: 'device', id: 'höhe/50 %?' })
})

it('says that there is nothing where there is nothing', () => {
  for (const path of ['/x', '/devices/', '/devices/a/b', '/anomalies/a', '/devices/%', '/toString', '//']) {
    expect(place(path), path).toEqual({ view: 'nowhere' })
  }
})

it('keeps the other parameters and leaves out the empty', () => {
  expect(withParameters('/devices', '?sort=-id&page=3', { page: '', query: 'a&b' })).toBe('/devices?sort=-id&query=a%26b')
  expect(withParameters('/devices', '?page=3', { page: '' })).toBe('/devices')
})
