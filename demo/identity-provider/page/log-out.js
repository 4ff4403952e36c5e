const form = document.getElementById('op.logoutForm')
const answer = document.createElement('input')
answer.type = 'hidden'
answer.name = 'logout'
answer.value = 'yes'
form.append(answer)
form.submit()
