/** What docs/continuity.md says beside the figures. */

export const INTRODUCTION = `# Continuity

*Written by \`node test/continuity/run.mjs\`. Change the script, not this file.*

A request belongs to an order operation if, and only if, the operation's code made it. This says what that means for your code, and how far it was
measured.`

export const RULES = `## In a hurry

- Put all that an operation does into the function that you give to \`tracing.order()\`. \`await\`, \`.then\`, timers, events, workers and libraries inside
  need nothing from you, also with several operations at once, in every browser.
- Name a part by \`order.step(name, fn)\`; requests that \`fn\` makes have that step as their parent.
- Code of the operation that somebody else's code runs later, such as a job in a queue that the page has always had, belongs to whoever runs it. Give the
  queue \`() => order.run(job)\`. That is exact everywhere.
- \`tracing.order()\` ends when the promise of its function settles. What it left behind and fires later is in no operation.
- All of this is \`ordertrace\`, on a page without zone.js. Where zone.js is on the page, as in Angular unless it is zoneless, take \`ordertrace/zone\`, which has
  [figures of its own](#on-a-page-that-runs-on-zonejs).

## The rules

Strongest first, in every engine alike. None guesses: where no rule applies, a request is in no operation.

1. Code that \`order\`, \`run\` or \`step\` runs now.
2. What such code left in the microtask queue, and what that left: \`await\` of whatever has settled or is no promise, \`queueMicrotask\`. Microtasks run in the
   order in which they were queued, so one of ours before the code and one after it enclose what the code queued, and nothing else. Up to 16 turns in a
   row; every wait for a promise counts anew.
3. What goes on when a promise settles: it belongs to the operation whose code waited, whoever settles the promise.
4. Timers, observers and \`scheduler.postTask\`: to the operation that set them. Listeners: to the one that added them;
   handlers such as \`worker.onmessage\`: to the one that set them last.

An operation that has ended is never inherited. Promises, timers and listeners are watched only while an operation is open.

No rule needs more than the standards promise. Firefox and WebKit list no async stack frames to scripts (Firefox does when a driver makes the page a
debuggee), and V8's are not used: the rules above are exact without, and give the same figures in all three.`

export const WAYS_LEGEND = `Right requests of all: alone · in a step, alone · three at once · three at once, in steps · mixed: all ways in an
order of chance, eight under way at a time, begun at moments of chance (the same each time). Right is the trace *and* the parent: the operation, or the step. "Wrong joins" are requests in another's trace or with another parent, by engine.`

export const ENCOUNTERS_LEGEND = `The operation's own requests that joined it, of all, which shows that it was there to be joined; then, bold, requests of others that
joined, or mixed. Each on a quiet page and once more while a third operation is open, and each with a poll that ran before and goes on. Where not all
joined, it was in doubt whose they are.`

export const LIMITS_LEGEND = `What the rules do not see. The first three are where a request can be in a wrong trace; \`order.run()\` around the job cures the third, as the table above
shows. They are in no sum of "must not join or mix".

- Promises are watched while an operation is open. Code that began to wait before, for a promise that the operation's own code settles, goes on in that
  operation. If another operation is open when it begins to wait, it does not.
- A MutationObserver that was there before is called in the microtasks of the code that changed the document, and so in its operation. Each is called so at most for what the operation itself changes.
- A loop that was started inside an operation is that operation's code, also when it works off jobs of another.
- A handler such as \`worker.onmessage\` that stood there before keeps its place among the listeners when an operation sets it again, so what it does then is in
  no operation. Set to \`null\` first, or added by \`addEventListener\`, it is in the one that set it.
- After 16 awaits in a row of what is no promise, without a promise between them, the request is in no operation.`

export const ZONE_INTRODUCTION = `Take \`ordertrace/zone\` in an Angular application that has zone.js, and on any other page that already runs on it. zone.js has replaced promises, timers
and listeners there, so the rules above cannot hold: the trace follows its zones. Everywhere else take \`ordertrace\`, also in an Angular application without
zone.js: it keeps every way, and \`ordertrace/zone\` would bring zone.js along.

zone.js does not see the \`await\` of a native \`async\` function. So the build must turn \`async\` into generators, in your code and in packages: a target
below ES2017, as far as \`async\` goes. Angular's build does so by itself where zone.js is on the page; in any other, set it. The first two columns are a page
so built, the last is the same page with \`async\` left as it was.

Do not take \`ordertrace\` on such a page: it loses about half of the requests, and with several operations at once a few of those that it finds are in the
wrong one. How many differs a little from run to run.`

export const ZONE_INSTEAD = `zone.js does not follow these callbacks; and a listener that was there before runs in the zone of whoever added it, also when it calls code of the operation.
Two ways to write each are kept, both measured here. Right requests, as it stands and awaited: alone · in a step, alone · three at once · three at once, in
steps; in \`order.run()\`: alone · three at once.

- What comes once: wait for it, and go on after the \`await\`. The step stays the parent.

  \`\`\`js
  await new Promise((resolve) => requestIdleCallback(resolve))
  await fetch('/api/orders')
  \`\`\`

- What comes again and again: run it in the order. The parent is then the order, not a step.

  \`\`\`js
  channel.onmessage = (event) => order.run(() => handle(event))
  \`\`\`

Of a \`MessagePort\`, \`addEventListener('message', …)\` with \`start()\` is kept as well: "MessageChannel by addEventListener" in the table of every way.`

export const ZONE_WAYS = `As in the table of the engines: alone · in a step, alone · three at once · three at once, in steps · mixed; "wrong joins" by column.`

export const ZONE_ENCOUNTERS = `As in the tables above: the operations' own requests that joined, of all; then, bold, those in a wrong operation. Listed is what went wrong in any column,
known limits included, and what \`ordertrace/zone\` did not find. In all others no request was in a wrong operation, and \`ordertrace/zone\` found each of the
operations' own.`

export const MEASURED = `## How it was measured

One page (\`test/continuity/page.js\`) runs both tables with the built SDK; \`ways.js\`, \`callbacks.js\`, \`instead.js\`, \`strangers.js\`, \`pairs.js\` and \`limits.js\` reach the browser as
they stand, so \`async\` is the engine's own. The page reports to a server, which compares what it received: \`traceparent\` of each request, and the spans that
the collector got. Requests outside an operation are not sampled there, so they carry no header. Firefox and WebKit (WebKitGTK's MiniBrowser) are started
as a user starts them, without WebDriver, BiDi or debugger, with a new profile; Chromium by Playwright, which answers the native dialog (– where nobody
does, or where an engine has no such function). For the page that runs on zone.js, which is its first script, esbuild turns \`async\` into generators in all of
these and in the libraries. The same tables are tests: \`test/browser/continuity-table.spec.ts\`, \`continuity-engines.spec.ts\` and \`zone-entry.spec.ts\`.
`
