import type { Storage } from '../../src/page/storage'

/** The storage of a tab, which all its pages and frames share. */
export function createTab(): Storage {
  const values = new Map<string, string>()
  return {
    read: (key) => values.get(key),
    write: (key, value) => void values.set(key, value),
    remove: (key) => void values.delete(key),
    allow: () => {},
    clear: () => values.clear(),
  }
}
