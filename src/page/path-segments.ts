/** Paths are compared by whole segments, and a slash more at the end is none. */
export const segmentsOf = (path: string): string[] => path.split('/').filter((segment) => segment !== '')
