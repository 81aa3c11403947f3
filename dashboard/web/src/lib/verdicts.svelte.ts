import { SvelteMap } from 'svelte/reactivity'
import { get, post, type Anomaly, type FeedbackList, type Said, type Verdict } from './api'

/** What people said of the anomalies of one device. */
export class Verdicts {
  readonly #said = new SvelteMap<string, Verdict>()
  error = $state.raw<unknown>(null)

  constructor(private readonly device: string) {}

  async read(from: number, to: number): Promise<void> {
    try {
      const { items } = await get<FeedbackList>('feedback', { device: this.device, from, to })
      for (const feedback of items) this.#said.set(keyOf(feedback), feedback.verdict)
    } catch (reason) {
      this.error = reason
    }
  }

  of(anomaly: Anomaly): Verdict {
    return this.#said.get(keyOf(anomaly)) ?? 'none'
  }

  /** What is said twice is taken back. */
  async say(anomaly: Anomaly, verdict: Verdict): Promise<void> {
    const { device, metric, kind, eventTimeMillis } = anomaly
    const now = this.of(anomaly) === verdict ? 'none' : verdict
    try {
      const said = await post<Said>('feedback', { device, metric, kind, eventTimeMillis, verdict: now })
      this.#said.set(keyOf(anomaly), said.verdict)
      this.error = null
    } catch (reason) {
      this.error = reason
    }
  }
}

const keyOf = ({ metric, kind, eventTimeMillis }: { metric: string; kind: string; eventTimeMillis: number }) =>
  `${metric}\n${kind}\n${eventTimeMillis}`
