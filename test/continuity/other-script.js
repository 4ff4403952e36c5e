// Another company's script, in the style of such scripts: it reports for ever, by XHR and chains of promises.
window.startReports = (url) => {
  let isStopped = false
  const reports = { times: 0 }
  const send = () =>
    new Promise((resolve) => {
      const xhr = new XMLHttpRequest()
      xhr.open('GET', url)
      xhr.onload = resolve
      xhr.send()
    })
  const report = () =>
    send()
      .then(() => reports.times++)
      .then(() => new Promise((resolve) => setTimeout(resolve, 2)))
      .then(() => (isStopped ? undefined : report()))
  const ended = report()
  reports.stop = () => {
    isStopped = true
    return ended
  }
  return reports
}
