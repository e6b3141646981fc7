/** Fills `{name}` places; a place that nothing is known for stays. */
export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))

/** `2026-11-21 09:41 +08:00`, the zone of every deadline here. */
export const printTime = (at: number | string): string =>
  `${new Date(new Date(at).getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')} +08:00`
