import { api, inWords } from './api.js'
import { byId } from './show.js'

/** The field that a refusal is about; without one the message itself is shown. */
const FIELD_AT_FAULT = {
  login_invalid: 'login',
  login_taken: 'login',
  password_weak: 'password',
  login_failed: 'password',
}

/** A form of login and password; `done` gets what the Shop API answers. `draw` is for a change of the language. */
export function startCredentialsForm(id, { path, done }) {
  const form = byId(id)
  const place = byId(`${id}-error`)
  const button = form.querySelector('[type=submit]')
  const { login, password } = form.elements
  let problem

  function draw() {
    place.textContent = problem ? inWords(problem) : ''
    place.hidden = !problem
    for (const field of [login, password]) field.ariaInvalid = String(FIELD_AT_FAULT[problem?.code] === field.name)
  }

  function show(error) {
    problem = error
    draw()
  }

  async function onSubmit(event) {
    event.preventDefault()
    show(undefined)
    button.disabled = true
    try {
      done(await send(path, { login: login.value, password: password.value }))
      form.reset()
    } catch (error) {
      show(error)
      const field = form.elements[FIELD_AT_FAULT[error.code]] ?? place
      field.focus()
    } finally {
      button.disabled = false
    }
  }

  form.addEventListener('submit', onSubmit)
  return { draw }
}

function send(path, body) {
  return api(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })
}
