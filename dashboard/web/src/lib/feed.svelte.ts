type Page<T> = { items: T[]; total: number }

/**
 * A list that is read from the top as far as somebody scrolls. New items come in at the top and push the rest down, so a later page may repeat what
 * an earlier one held, but never misses anything: what is known is left out.
 */
export class Feed<T> {
  items = $state.raw<T[]>([])
  total = $state<number | null>(null)
  error = $state.raw<unknown>(null)
  loading = $state(false)
  #read = 0
  #known = new Set<string>()
  #stop = new AbortController()

  constructor(
    private readonly load: (offset: number, signal: AbortSignal) => Promise<Page<T>>,
    private readonly key: (item: T) => string,
  ) {}

  get ended(): boolean {
    return this.total !== null && this.#read >= this.total
  }

  /** Reads the next page, unless it is being read already. */
  async more(): Promise<void> {
    if (this.loading || this.ended) return
    this.loading = true
    const { signal } = this.#stop
    try {
      const page = await this.load(this.#read, signal)
      this.#read += page.items.length
      this.total = page.items.length ? page.total : this.#read
      this.items = [...this.items, ...page.items.filter((item) => this.#isNew(item))]
      this.error = null
    } catch (reason) {
      if (signal.aborted) return
      this.error = reason
    }
    this.loading = false
  }

  stop(): void {
    this.#stop.abort()
  }

  #isNew(item: T): boolean {
    const key = this.key(item)
    return !this.#known.has(key) && !!this.#known.add(key)
  }
}
