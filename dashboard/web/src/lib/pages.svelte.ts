import { SvelteMap } from 'svelte/reactivity'

type Page<T> = { items: T[]; total: number }

/** A long list of which only the pages somebody looks at are read, in any order. */
export class Pages<T> {
  total = $state<number | null>(null)
  error = $state.raw<unknown>(null)
  #pages = new SvelteMap<number, T[]>()
  #asked = new Set<number>()
  #shown: [number, number] = [1, 1]
  #stop = new AbortController()

  /** @param load reads page `page`, from 1 */
  constructor(
    readonly size: number,
    private readonly load: (page: number, signal: AbortSignal) => Promise<Page<T>>,
  ) {}

  /** What is at `index`, from 0; undefined while it has not been read. */
  at(index: number): T | undefined {
    return this.#pages.get(this.pageOf(index))?.[index % this.size]
  }

  pageOf(index: number): number {
    return Math.floor(index / this.size) + 1
  }

  /** Reads what is missing between two indexes. */
  show(first: number, last: number): void {
    this.#shown = [this.pageOf(first), this.pageOf(last)]
    this.#ask((page) => !this.#pages.has(page))
  }

  /** Reads again what is looked at, and forgets the rest: things come and go, orders change. */
  refresh(): void {
    const [first, last] = this.#shown
    for (const page of [...this.#pages.keys()]) if (page < first || page > last) this.#pages.delete(page)
    this.#ask(() => true)
  }

  stop(): void {
    this.#stop.abort()
  }

  #ask(wanted: (page: number) => boolean): void {
    const [first, last] = this.#shown
    for (let page = first; page <= last; page++) if (wanted(page) && !this.#asked.has(page)) void this.#read(page)
  }

  async #read(page: number): Promise<void> {
    this.#asked.add(page)
    try {
      const answer = await this.load(page, this.#stop.signal)
      this.#pages.set(page, answer.items)
      this.total = answer.total
      this.error = null
    } catch (reason) {
      if (!this.#stop.signal.aborted) this.error = reason
    }
    this.#asked.delete(page)
  }
}
