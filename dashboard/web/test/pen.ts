/** A canvas that writes down what is drawn, rounded to whole pixels. */
export function pen() {
  const drawn: [string, ...number[]][] = []
  const note =
    (name: string) =>
    (...numbers: number[]) =>
      void drawn.push([name, ...numbers.map(Math.round)])
  const names = ['moveTo', 'lineTo', 'rect', 'fillRect', 'arc', 'clearRect', 'beginPath', 'stroke', 'fill', 'closePath', 'clip', 'save', 'restore'] as const
  const verbs = Object.fromEntries(names.map((name) => [name, note(name)]))
  return { drawn, of: (name: (typeof names)[number]) => drawn.filter(([verb]) => verb === name).map(([, ...at]) => at), ctx: { ...verbs, setTransform() {}, setLineDash() {} } }
}
