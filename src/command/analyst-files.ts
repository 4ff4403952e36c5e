import { readFile } from 'node:fs/promises'

/** The files of the analyst's page, with their types. A list, so that no address can lead anywhere else. */
export const analystFiles: Readonly<Record<string, string>> = {
  'index.html': 'text/html; charset=utf-8',
  'page.css': 'text/css; charset=utf-8',
  'page.js': 'text/javascript; charset=utf-8',
  'worker.js': 'text/javascript; charset=utf-8',
}

/** Reads one; they lie beside the built command, and one folder up from the command's parts. */
export async function readAnalystFile(name: string): Promise<string> {
  try {
    return await readFile(new URL(`./analyst/${name}`, import.meta.url), 'utf8')
  } catch {
    return readFile(new URL(`../analyst/${name}`, import.meta.url), 'utf8')
  }
}
