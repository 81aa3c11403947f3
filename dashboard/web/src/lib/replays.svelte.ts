import { SvelteMap } from 'svelte/reactivity'
import { post, type ReplayedLetter, type ReplayFilter, type ReplayRequest, type ReplayResult } from './api'

const ROUND = 500

/** What came of the replays that this page asked for. */
export class Replays {
  readonly outcomes = new SvelteMap<string, ReplayedLetter>()
  running = $state(false)
  /** Of the running or the last replay: letters, and the points in those that are understood now. */
  stored = $state(0)
  points = $state(0)
  stillDead = $state(0)
  remaining = $state(0)
  ended = $state(false)
  error = $state.raw<unknown>(null)

  one(id: string): Promise<void> {
    return this.#run(() => this.#ask({ ids: [id] }))
  }

  /** Everything open that matches, round by round. @param filter with a fixed end: what comes meanwhile is not meant */
  all(filter: Omit<ReplayFilter, 'offset'>): Promise<void> {
    return this.#run(async () => {
      let result: ReplayResult
      do {
        result = await this.#ask({ ...filter, limit: ROUND, offset: this.stillDead })
      } while (result.remaining > 0 && result.items.length > 0)
    })
  }

  async #run(work: () => Promise<unknown>): Promise<void> {
    if (this.running) return
    this.running = true
    this.ended = false
    this.error = null
    this.stored = this.points = this.stillDead = this.remaining = 0
    try {
      await work()
      this.ended = true
    } catch (reason) {
      this.error = reason
    }
    this.running = false
  }

  async #ask(request: ReplayRequest): Promise<ReplayResult> {
    const result = await post<ReplayResult>('dead-letters/replay', request)
    this.stored += result.stored
    this.points += result.points
    this.stillDead += result.stillDead
    this.remaining = result.remaining
    for (const letter of result.items) this.outcomes.set(letter.id, letter)
    return result
  }
}
