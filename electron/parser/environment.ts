/** The parser takes nothing from its environment, and nobody who gets into it shall find anything there. */
export const clearEnvironment = (): void => {
  for (const key of Object.keys(process.env)) delete process.env[key]
}
