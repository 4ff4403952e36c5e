import { EN } from './texts-en.js'
import { RU } from './texts-ru.js'

/** Every text of the shop in both languages. */
export const TEXTS = { ru: RU, en: EN }
