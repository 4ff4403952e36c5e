import type { PageRequest } from '../playwright/page-requests'

/** Without query and fragment, which may hold what is nobody’s business. */
export const bare = (url: string): string => url.replace(/[?#].*$/s, '')

export const named = ({ method, url }: PageRequest): string => `${method} ${bare(url)}`
