import { TEXTS } from './texts.js'

const KEY = 'shop-language'
const listeners = []
let language = remembered()

/** The language of the page: `ru` or `en`. */
export function currentLanguage() {
  return language
}

/** The text under the key, its `{names}` replaced by the values. */
export function text(key, values = {}) {
  const template = TEXTS[language][key] ?? key
  return template.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole))
}

/** Whether there is a text under the key. */
export function hasText(key) {
  return Object.hasOwn(TEXTS[language], key)
}

/** Puts the page into the remembered language and runs `draw` now and after every change of it. */
export function startLanguage(draw = () => {}) {
  listeners.push(draw)
  for (const button of document.querySelectorAll('[data-language-switch]')) {
    button.hidden = false
    button.addEventListener('click', () => choose(language === 'ru' ? 'en' : 'ru'))
  }
  apply()
}

function choose(chosen) {
  language = chosen
  try {
    localStorage.setItem(KEY, chosen)
  } catch {
    // Storage is blocked: the choice then holds for this page only.
  }
  apply()
}

function apply() {
  document.documentElement.lang = language
  for (const element of document.querySelectorAll('[data-text]')) element.textContent = text(element.dataset.text)
  for (const element of document.querySelectorAll('[data-label]')) element.ariaLabel = text(element.dataset.label)
  for (const button of document.querySelectorAll('[data-language-switch]')) {
    button.textContent = language === 'ru' ? 'English' : 'Русский'
    button.lang = language === 'ru' ? 'en' : 'ru'
  }
  for (const listener of listeners) listener()
}

function remembered() {
  try {
    return localStorage.getItem(KEY) === 'en' ? 'en' : 'ru'
  } catch {
    return 'ru'
  }
}
