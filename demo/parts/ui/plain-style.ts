import { fileURLToPath } from 'node:url'

/** The style sheet of the small pages that need no application. */
export const plainStyle = fileURLToPath(new URL('./plain.css', import.meta.url))
