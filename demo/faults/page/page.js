const texts = {
  ru: {
    heading: 'Что сломать',
    text: 'Включите поломку, пройдите заказ и найдите её в трассе. Загрузка (--load) включает и выключает их сама.',
    error: 'Не получилось переключить: демо не отвечает.',
    other: 'English',
  },
  en: {
    heading: 'What to break',
    text: 'Switch a fault on, make an order, and find it in the trace. The load (--load) switches them itself.',
    error: 'That could not be switched: the demo does not answer.',
    other: 'Русский',
  },
}
const byId = (id) => document.getElementById(id)
/** Between two looks: the load, or another tab, may have switched something. */
const refreshMs = 2000
let language = 'ru'
let faults = []

function draw() {
  document.documentElement.lang = language
  for (const id of ['heading', 'text', 'error']) byId(id).textContent = texts[language][id]
  byId('language').textContent = texts[language].other
  byId('language').lang = language === 'ru' ? 'en' : 'ru'
  const rows = byId('faults')
  if (rows.childElementCount !== faults.length) rows.replaceChildren(...faults.map(makeRow))
  for (const [index, fault] of faults.entries()) fillRow(rows.children[index], fault)
}

function makeRow({ name }) {
  const row = document.createElement('li')
  const label = document.createElement('label')
  const input = document.createElement('input')
  Object.assign(input, { type: 'checkbox', name })
  input.setAttribute('role', 'switch')
  input.addEventListener('change', () => change(name, input))
  label.append(input, document.createElement('strong'), document.createElement('span'))
  row.append(label)
  return row
}

function fillRow(row, { on, texts: own }) {
  const [what, effect] = own[language]
  row.querySelector('strong').textContent = what
  row.querySelector('span').textContent = effect
  const input = row.querySelector('input')
  if (!input.disabled) input.checked = on
}

async function change(name, input) {
  input.disabled = true
  try {
    const headers = { 'Content-Type': 'application/json' }
    const response = await fetch(`/faults/${name}`, {
      method: 'PUT',
      headers,
      body: JSON.stringify({ on: input.checked }),
    })
    byId('error').hidden = response.ok
  } catch {
    byId('error').hidden = false
  }
  input.disabled = false
  input.focus()
  await load()
}

async function load() {
  try {
    faults = (await (await fetch('/faults')).json()).faults
    draw()
  } catch {
    byId('error').hidden = false
  }
}

byId('language').addEventListener('click', () => {
  language = language === 'ru' ? 'en' : 'ru'
  draw()
})
await load()
setInterval(() => document.visibilityState === 'visible' && load(), refreshMs)
