import {
  measureElement,
  observeWindowOffset,
  observeWindowRect,
  Virtualizer,
  windowScroll,
  type VirtualItem,
} from '@tanstack/virtual-core'
import { router } from './router.svelte'

const OVERSCAN = 8

/** Which rows of a long list are in sight, as the window scrolls; only those are in the document. */
export class Virtual {
  items = $state.raw<VirtualItem[]>([])
  /** Pixels to leave free above and below the rows. */
  above = $state(0)
  below = $state(0)
  #list: Virtualizer<Window, HTMLElement>
  #place: HTMLElement | null = null
  #restored = false

  /** @param height of a row in pixels, until it is measured */
  constructor(
    private readonly count: () => number,
    private readonly height: number,
    private readonly key: (index: number) => string | number = (index) => index,
  ) {
    this.#list = new Virtualizer<Window, HTMLElement>(this.#options())
  }

  /** An attachment of the element that holds the rows. */
  readonly holds = (place: HTMLElement) => {
    this.#place = place
    const unmount = this.#list._didMount()
    // What is above the list changes its height now and then; the list has to know where it begins.
    const moving = new ResizeObserver(() => this.update())
    moving.observe(document.body)
    return () => {
      moving.disconnect()
      unmount()
      this.#place = null
    }
  }

  /** An attachment of a row whose height is its own affair. */
  readonly measured = (row: HTMLElement) => this.#list.measureElement(row)

  /** To be called when the number of rows may have changed. */
  update(): void {
    this.#list.setOptions(this.#options())
    this.#list._willUpdate()
    this.#show()
    if (this.#restored || !this.count()) return
    this.#restored = true
    const { scrolled } = router
    if (scrolled) requestAnimationFrame(() => scrollTo(0, scrolled))
  }

  /** Where the first row begins, in pixels from the top of the page. */
  get start(): number {
    return this.#list.options.scrollMargin
  }

  scrollTo(index: number): void {
    this.#list.scrollToIndex(index, { align: 'start' })
  }

  #options() {
    return {
      count: this.count(),
      estimateSize: () => this.height,
      getItemKey: this.key,
      overscan: OVERSCAN,
      scrollMargin: this.#place ? this.#place.getBoundingClientRect().top + scrollY : 0,
      getScrollElement: () => window,
      observeElementRect: observeWindowRect,
      observeElementOffset: observeWindowOffset,
      scrollToFn: windowScroll,
      measureElement,
      initialRect: { width: innerWidth, height: innerHeight },
      onChange: () => this.#show(),
    }
  }

  #show(): void {
    const margin = this.start
    this.items = this.#list.getVirtualItems()
    const [first, last] = [this.items[0], this.items.at(-1)]
    this.above = first ? first.start - margin : 0
    this.below = last ? this.#list.getTotalSize() - (last.end - margin) : 0
  }
}
