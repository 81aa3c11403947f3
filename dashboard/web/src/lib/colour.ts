/** Colours of the style sheet for a canvas, which knows no variables. Read once for each scheme. */
const known = new Map<string, string>()
let probe: HTMLElement | null = null

export function colour(name: `--${string}`): string {
  const found = known.get(name)
  if (found) return found
  if (!probe) {
    probe = document.body.appendChild(document.createElement('i'))
    probe.hidden = true
  }
  probe.style.color = `var(${name})`
  const read = getComputedStyle(probe).color
  known.set(name, read)
  return read
}

/** Tells when the scheme turned, by the button or by the system, until the returned function is called. */
export function onScheme(turned: () => void): () => void {
  const forget = () => {
    known.clear()
    turned()
  }
  const system = matchMedia('(prefers-color-scheme: dark)')
  const button = new MutationObserver(forget)
  system.addEventListener('change', forget)
  button.observe(document.documentElement, { attributes: true, attributeFilter: ['data-scheme'] })
  return () => {
    system.removeEventListener('change', forget)
    button.disconnect()
  }
}
