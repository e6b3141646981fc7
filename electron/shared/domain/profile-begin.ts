/**
 * When a profile that a hub sent comes into force, milliseconds since 1970: a day begins in China, a time is a time. What is
 * neither begins at once, which is the stricter reading.
 */
export const profileBegin = (effective: string): number => {
  const at = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(effective) ? `${effective}T00:00:00+08:00` : effective)
  return Number.isNaN(at) ? 0 : at
}
