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

  /** @param replace when going back should skip where we are now */
  go(address: string, replace = false): void {
    history[replace ? 'replaceState' : 'pushState'](null, '', address)
    this.#read()
    if (!replace) scrollTo(0, 0)
  }

  /** The same view with other parameters; an empty one is left out. */
  set(parameters: Record<string, string>, replace = false): void {
    const search = new URLSearchParams(this.search)
    for (const [name, value] of Object.entries(parameters)) {
      if (value) search.set(name, value)
      else search.delete(name)
    }
    const text = search.toString()
    this.go(this.path + (text ? '?' + text : ''), replace)
  }

  #read(): void {
    this.path = location.pathname
    this.search = location.search
  }

  #follow(event: MouseEvent): void {
    const link = (event.target as Element | null)?.closest?.('a')
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
    if (!link || !plain || event.defaultPrevented || link.target || link.origin !== location.origin) return
    event.preventDefault()
    this.go(link.pathname + link.search)
  }
}

export const router = new Router()
