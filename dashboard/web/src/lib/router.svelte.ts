/** Where the page is. Every view has an address that can be shared; the browser's history is the only state. */
class Router {
  path = $state(location.pathname)
  search = $state(location.search)

  constructor() {
    addEventListener('popstate', () => this.#read())
    document.addEventListener('click', (event) => this.#follow(event))
  }

  parameter(name: string): string {
    return new URLSearchParams(this.search).get(name) ?? ''
  }

  /** How far down the page was when it was left, when we came back to it. */
  get scrolled(): number {
    return Number((history.state as { scrolled?: number } | null)?.scrolled) || 0
  }

  /** @param replace when going back should skip where we are now */
  go(address: string, replace = false): void {
    if (!replace) history.replaceState({ scrolled: scrollY }, '')
    history[replace ? 'replaceState' : 'pushState'](null, '', address)
    const before = this.path
    this.#read()
    if (this.path !== before) scrollTo(0, 0)
  }

  /** The same view with other parameters; an empty one is left out. */
  set(parameters: Record<string, string>, replace = false): void {
    const address = withParameters(this.path, this.search, parameters)
    if (address !== this.path + this.search) this.go(address, replace)
  }

  #read(): void {
    this.path = location.pathname
    this.search = location.search
  }

  #follow(event: MouseEvent): void {
    const link = (event.target as Element | null)?.closest?.('a')
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
    if (!link || !plain || event.defaultPrevented || link.target || link.origin !== location.origin || link.hash) return
    event.preventDefault()
    this.go(link.pathname + link.search)
  }
}

export function withParameters(path: string, search: string, parameters: Record<string, string>): string {
  const all = new URLSearchParams(search)
  for (const [name, value] of Object.entries(parameters)) {
    if (value) all.set(name, value)
    else all.delete(name)
  }
  const text = all.toString()
  return path + (text ? '?' + text : '')
}

export type Place =
  | { view: 'fleet' }
  | { view: 'devices' }
  | { view: 'device'; id: string }
  | { view: 'anomalies' }
  | { view: 'dead-letters' }
  | { view: 'nowhere' }

/** Which view a path means. */
export function place(path: string): Place {
  const [first, second, ...rest] = path.split('/').slice(1)
  if (rest.length || (second === '' && first !== '')) return { view: 'nowhere' }
  if (first === 'devices' && second !== undefined) {
    try {
      return { view: 'device', id: decodeURIComponent(second) }
    } catch {
      return { view: 'nowhere' } // A percent sign that encodes nothing.
    }
  }
  if (second !== undefined) return { view: 'nowhere' }
  if (first === '') return { view: 'fleet' }
  return first === 'devices' || first === 'anomalies' || first === 'dead-letters' ? { view: first } : { view: 'nowhere' }
}

export const router = new Router()
