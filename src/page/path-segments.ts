/** The same as one text, which begins with that of whatever path covers it: `/api//orders` is `/api/orders/`. */
export const wholeSegments = (path: string): string => `${path}/`.replace(/\/{2,}/g, '/')

/** Paths are compared by whole segments, and a slash more at the end is none. */
export const segmentsOf = (path: string): string[] => path.split('/').filter((segment) => segment !== '')
