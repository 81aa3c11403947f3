const FIRST_MILLIS = 250
const LONGEST_MILLIS = 10_000
/** The server speaks every second; a socket that is silent for so long is dead, though TCP may not know it for minutes. */
const SILENT_MILLIS = 6000

/** How long to wait before try number `tries` (from 0), with jitter so that many pages do not come back at once. */
export function backoff(tries: number, random: () => number = Math.random): number {
  const longest = Math.min(LONGEST_MILLIS, FIRST_MILLIS * 2 ** tries)
  return longest / 2 + (random() * longest) / 2
}

export type Hearer = {
  opened(again: boolean): void
  heard(text: string): void
  closed(): void
}

/** A WebSocket that comes back: with growing, jittered pauses, and with the last thing that was said to it. */
export class Connection {
  #socket: WebSocket | null = null
  #tries = 0
  #opened = false
  #saying = ''
  #retry: ReturnType<typeof setTimeout> | undefined
  #watchdog: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly open: () => WebSocket,
    private readonly hearer: Hearer,
  ) {
    this.#connect()
  }

  /** Says it now, when there is somebody to hear it, and again after every reconnect. */
  say(text: string): void {
    this.#saying = text
    if (this.#socket?.readyState === 1) this.#socket.send(text)
  }

  /** Does not wait for the pause to end: the network is back, or somebody looks at the page again. */
  hurry(): void {
    if (this.#socket) return
    clearTimeout(this.#retry)
    this.#connect()
  }

  #connect(): void {
    const socket = this.open()
    this.#socket = socket
    this.#expectWord()
    socket.onopen = () => {
      this.hearer.opened(this.#opened)
      this.#opened = true
      if (this.#saying) socket.send(this.#saying)
    }
    socket.onmessage = (message) => {
      this.#tries = 0 // Not when it opens: a server that takes us and hangs up at once must not be stormed.
      this.#expectWord()
      this.hearer.heard(message.data as string)
    }
    socket.onclose = () => this.#lost()
  }

  #expectWord(): void {
    clearTimeout(this.#watchdog)
    this.#watchdog = setTimeout(() => this.#lost(), SILENT_MILLIS)
  }

  #lost(): void {
    const socket = this.#socket
    if (!socket) return
    clearTimeout(this.#watchdog)
    socket.onopen = socket.onmessage = socket.onclose = null
    socket.close()
    this.#socket = null
    this.hearer.closed()
    this.#retry = setTimeout(() => this.#connect(), backoff(this.#tries++))
  }
}
