/** Resolves when Playwright calls the function that it looks for once its connections stand. */
export const driverAttached = (): Promise<void> =>
  new Promise((resolve) => {
    Reflect.set(globalThis, '__playwright_run', () => resolve())
  })
