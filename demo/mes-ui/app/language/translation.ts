import { computed, type Ref, ref } from 'vue'
import type { OrderStatus } from '../../../parts/orders/order-status'
import { ApiError } from '../../../ui/api'
import { formatPrice, formatSize, formatTime } from '../../../ui/format'
import { fillIn, keepLanguage, type Language, readLanguage } from '../../../ui/language'
import { statusLabels } from '../../../ui/statuses'
import { formatDuration } from './duration'
import { en } from './en'
import { ru } from './ru'

/** A text that counts something, in the forms that the language has for it; `other` serves where there is none. */
export type CountText = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }

export type TextKey = keyof typeof ru
export type TextOf<Key extends TextKey> = (typeof ru)[Key] extends string ? string : CountText
type PlainKey = { [Key in TextKey]: (typeof ru)[Key] extends string ? Key : never }[TextKey]

type Values = Record<string, string | number>

/** The words and figures of the page's language. What is read from it in a template follows a switch. */
export interface Translation {
  language: Ref<Language>
  /** Russian to English and back. */
  switchLanguage(): void
  text(key: PlainKey, values?: Values): string
  /** The text in the form for so many. */
  count(key: Exclude<TextKey, PlainKey>, count: number): string
  /** The text under a key put together at run time, or the fallback where there is none. */
  lookUp(key: string, fallback: string): string
  /** What went wrong, and what to do: by the code where it is known, else in the API's own words. */
  explain(error: unknown): string
  status(status: OrderStatus): string
  price(kopecks: number): string
  size(bytes: number): string
  time(at: string | number): string
  /** Hours and minutes alone. */
  clock(at: number): string
  /** Day and month alone. */
  day(iso: string): string
  duration(ms: number): string
}

const texts: Record<Language, { [Key in TextKey]: TextOf<Key> }> = { ru, en }

/** Creates the translation of this page. */
export function createTranslation(): Translation {
  const language = ref(readLanguage())
  const rules = computed(() => new Intl.PluralRules(language.value))
  document.documentElement.lang = language.value

  const lookUp = (key: string, fallback: string) => {
    const found = Object.hasOwn(texts[language.value], key) ? texts[language.value][key as PlainKey] : undefined
    return typeof found === 'string' ? found : fallback
  }
  return {
    language,
    lookUp,
    switchLanguage() {
      language.value = language.value === 'ru' ? 'en' : 'ru'
      keepLanguage(language.value)
    },
    text: (key, values) => fillIn(texts[language.value][key], values),
    count(key, count) {
      const forms: CountText = texts[language.value][key]
      return fillIn(forms[rules.value.select(count)] ?? forms.other, { count })
    },
    explain(error) {
      if (!(error instanceof ApiError)) return lookUp('error.internal', '')
      return fillIn(lookUp(`error.${error.code}`, error.message), { status: error.status })
    },
    status: (status) => statusLabels[language.value][status],
    price: (kopecks) => formatPrice(kopecks, language.value),
    size: (bytes) => formatSize(bytes, language.value),
    time: (at) => formatTime(new Date(at).toISOString(), language.value),
    clock: (at) => new Intl.DateTimeFormat(language.value, { timeStyle: 'short' }).format(at),
    day: (iso) => new Intl.DateTimeFormat(language.value, { day: 'numeric', month: 'short' }).format(new Date(iso)),
    duration: (ms) => formatDuration(ms, language.value) ?? lookUp('wait.lessThanHour', ''),
  }
}
