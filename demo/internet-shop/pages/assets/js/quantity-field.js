import { byId } from './show.js'

/** The quantity with its − and + buttons; calls `onChange` after each change. The server decides what is too much. */
export function startQuantityField(onChange) {
  const input = byId('quantity')
  input.addEventListener('input', onChange)
  for (const button of document.querySelectorAll('[data-step]')) {
    button.addEventListener('click', () => {
      const wanted = (Number(input.value) || 0) + Number(button.dataset.step)
      input.value = String(Math.min(Number(input.max), Math.max(Number(input.min), wanted)))
      onChange()
    })
  }
  return { value: () => Number(input.value) || 0 }
}
