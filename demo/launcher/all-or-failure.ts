/** Like `Promise.all`, but a failure waits until the others are there too, so that they can be stopped. */
export async function allOrFailure<T extends readonly Promise<unknown>[]>(
  promises: [...T],
): Promise<{ [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(promises)
  return Promise.all(promises)
}
