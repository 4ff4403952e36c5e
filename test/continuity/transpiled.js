// What TypeScript makes of `await call('first'); await later(2); await call('last')` for ES5, with its own helpers.
import { __awaiter, __generator } from 'tslib'

export function es5(call, later) {
  return __awaiter(this, void 0, void 0, function () {
    return __generator(this, (step) => {
      switch (step.label) {
        case 0:
          return [4, call('first')]
        case 1:
          step.sent()
          return [4, later(2)]
        case 2:
          step.sent()
          return [4, call('last')]
        default:
          step.sent()
          return [2]
      }
    })
  })
}

/** Bundled for ES2017, where `async` is native and generators of it are not; and for ES2015, where it becomes a generator and a helper. */
export async function es2017(call, later) {
  async function* steps() {
    yield await call('first')
    await later(2)
    yield await call('last')
  }
  for await (const _step of steps()) await later(1)
}
