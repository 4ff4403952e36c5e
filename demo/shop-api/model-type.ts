import { extname } from 'node:path'

/** The 3D formats that the operators' programs open, with their media types. */
const types: Record<string, string> = {
  '.stl': 'model/stl',
  '.obj': 'model/obj',
  '.3mf': 'model/3mf',
  '.step': 'model/step',
  '.stp': 'model/step',
  '.glb': 'model/gltf-binary',
}

/** The media type that belongs to the file's name; the browser's own claim is seldom right for 3D models. */
export function findModelType(fileName: string): string | undefined {
  return types[extname(fileName).toLowerCase()]
}

/** A file name that is safe to keep and to show: one line, no path, of bounded length. */
export function cleanFileName(fileName: string): string {
  const base = fileName.split(/[/\\]/).at(-1) ?? ''
  return [...base.replace(/\p{C}/gu, '')].slice(-120).join('')
}
