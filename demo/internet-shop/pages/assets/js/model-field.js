import { formatSize } from './format.js'
import { text } from './language.js'
import { byId } from './show.js'

const TYPES = /\.(stl|obj|3mf|step|stp|glb)$/i
const MAX_BYTES = 50 * 1024 * 1024

/** The file field: choose or drop a model, see its name and size, and a hint when the shop will likely refuse it. */
export function startModelField() {
  const input = byId('model')
  const drop = byId('drop')
  input.addEventListener('change', draw)
  // Without this the browser would open a file that was dropped next to the field, and the form would be gone.
  for (const type of ['dragover', 'drop']) window.addEventListener(type, (event) => event.preventDefault())
  for (const type of ['dragenter', 'dragover']) drop.addEventListener(type, () => drop.classList.add('over'))
  for (const type of ['dragleave', 'drop']) drop.addEventListener(type, () => drop.classList.remove('over'))
  drop.addEventListener('drop', (event) => {
    if (!event.dataTransfer?.files.length) return
    input.files = event.dataTransfer.files
    draw()
  })

  function file() {
    return input.files?.[0]
  }

  function draw() {
    const chosen = file()
    byId('drop-empty').hidden = Boolean(chosen)
    byId('drop-file').hidden = !chosen
    byId('file-name').textContent = chosen?.name ?? ''
    byId('file-size').textContent = chosen ? formatSize(chosen.size) : ''
    byId('model-warning').textContent = chosen ? warning(chosen) : ''
  }

  return { draw, size: () => file()?.size ?? 0 }
}

function warning(file) {
  if (!TYPES.test(file.name)) return text('order.badType')
  return file.size > MAX_BYTES ? text('order.tooLarge') : ''
}
