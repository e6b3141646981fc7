/** Makes a switch over a closed set fail to compile when a member is added. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value of type ${typeof value}`)
}
