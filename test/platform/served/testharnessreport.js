/*
 * Served in place of the tests' own file of this name, which is the place for a test system to join in. It says the results in the console,
 * where they disturb nobody, and lets the tests' code run as part of an order where there is one.
 */
;(() => {
  // Nobody looks at the page; and 20 s rather than 10, for a machine that has other work.
  const isLong = document.querySelector('meta[name=timeout][content=long]') !== null
  self.setup({ output: false, timeout_multiplier: isLong ? 1 : 2 })
  const mode = self[Symbol.for('platform-tests')] ?? { name: 'none', run: (fn) => fn() }
  if (self === self.top) {
    self.add_completion_callback((tests, { status, message }) => {
      const subtests = tests.map((test) => [test.name, test.status, test.message])
      console.debug('platform-tests', JSON.stringify({ mode: mode.name, status, message, subtests }))
    })
  }

  const within = (fn) => {
    const wrapped = function (...args) {
      return mode.run(() => Reflect.apply(fn, this, args))
    }
    // A test without a name is named by its text.
    wrapped.toString = () => String(fn)
    return wrapped
  }
  const begin = (native) =>
    function (fn, ...rest) {
      return Reflect.apply(native, this, [typeof fn === 'function' ? within(fn) : fn, ...rest])
    }
  self.test = begin(self.test)
  self.promise_test = begin(self.promise_test)
  const asyncTest = begin(self.async_test)
  let isStepWrapped = false
  self.async_test = function (...args) {
    const test = Reflect.apply(asyncTest, this, args)
    if (!isStepWrapped) {
      isStepWrapped = true
      const prototype = Object.getPrototypeOf(test)
      const { step } = prototype
      prototype.step = function (fn, ...rest) {
        return Reflect.apply(step, this, [within(fn), ...rest])
      }
    }
    return test
  }
})()
