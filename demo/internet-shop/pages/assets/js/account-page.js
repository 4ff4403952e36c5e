import { api, inWords } from './api.js'
import { startCredentialsForm } from './credentials-form.js'
import { startLanguage } from './language.js'
import { changeCustomer, endSession, onOtherCustomer, startSession } from './session.js'
import { byId, whileLoading } from './show.js'

const PARTS = ['present', 'sign-up', 'log-in']
const forms = [
  startCredentialsForm('sign-up', { path: '/account', done: enter }),
  startCredentialsForm('log-in', { path: '/login', done: enter }),
]
let logOutProblem

function draw() {
  for (const form of forms) form.draw()
  byId('log-out-error').textContent = logOutProblem ? inWords(logOutProblem) : ''
  byId('log-out-error').hidden = !logOutProblem
}

function show(shown) {
  for (const part of PARTS) byId(`${part}-part`).hidden = part !== shown
}

/** Shows the part, and lets whoever does not see it know. */
function goTo(part) {
  show(part)
  byId(part === 'present' ? 'present-heading' : `${part}-login`).focus()
}

function enter({ userId, login }) {
  changeCustomer(userId)
  byId('login').textContent = login
  goTo('present')
}

async function onLogOut() {
  logOutProblem = undefined
  byId('log-out').disabled = true
  try {
    await endSession()
    goTo('log-in')
  } catch (error) {
    logOutProblem = error
  } finally {
    byId('log-out').disabled = false
    draw()
  }
  if (logOutProblem) byId('log-out-error').focus()
}

startLanguage(draw)
onOtherCustomer(() => location.reload())
byId('log-out').addEventListener('click', onLogOut)
for (const button of document.querySelectorAll('[data-show]'))
  button.addEventListener('click', () => goTo(button.dataset.show))
await whileLoading(async () => {
  await startSession()
  const { login } = await api('/account')
  byId('login').textContent = login ?? ''
  show(login === null ? 'sign-up' : 'present')
})
