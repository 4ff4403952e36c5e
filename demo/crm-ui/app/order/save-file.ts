/** How long the browser may take to begin with the file, ms; it does not say when it has. */
const keepFor = 60_000

/** Saves bytes under a name, as a link to them would. */
export function saveFile(content: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), keepFor)
}
