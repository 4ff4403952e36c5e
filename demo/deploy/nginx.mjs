import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))

/**
 * Writes the configuration of an nginx of compose.yaml into a folder, with the paths of its image changed to ones in there.
 * @param {'edge' | 'reader'} name
 * @param {string} folder made here
 * @param {(text: string) => string} [change] of what else is different outside of compose, such as ports
 * @returns {string[]} the arguments for nginx
 */
export function writeNginx(name, folder, change = (text) => text) {
  mkdirSync(folder, { recursive: true })
  const local = (text) =>
    text
      .replaceAll('/etc/nginx/', `${folder}/`)
      .replace('/run/nginx.pid', `${folder}/pid`)
      .replaceAll(/\/dev\/std(out|err)/g, `${folder}/$1`)
  const bodies = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${folder}/${kind};`,
  )
  for (const file of readdirSync(join(here, name))) {
    const text = change(local(readFileSync(join(here, name, file), 'utf8')))
    writeFileSync(
      join(folder, file),
      file === 'nginx.conf' ? text.replace('http {', `http {\n${bodies.join('\n')}`) : text,
    )
  }
  writeFileSync(join(folder, 'mime.types'), 'types { text/html html; text/css css; text/javascript js; }')
  return ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'err')]
}
