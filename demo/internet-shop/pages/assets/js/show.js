import { inWords } from './api.js'

/** The element with this id; the pages and their scripts belong together, so it is always there. */
export function byId(id) {
  return document.getElementById(id)
}

/** Makes an element. Texts go in as text, never as markup. */
export function make(tag, { className, textContent, ...attributes } = {}, ...children) {
  const element = document.createElement(tag)
  if (className) element.className = className
  if (textContent !== undefined) element.textContent = textContent
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(...children)
  return element
}

/** Runs the page's loading; shows the waiting line meanwhile, and what went wrong in words. */
export async function whileLoading(load) {
  try {
    return await load()
  } catch (error) {
    const place = byId('error')
    place.textContent = inWords(error)
    place.hidden = false
    return undefined
  } finally {
    byId('loading').hidden = true
  }
}
