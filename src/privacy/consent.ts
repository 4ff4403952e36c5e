/** Whether the user agreed to be traced. */
export interface Consent {
  readonly state: 'pending' | 'granted' | 'refused'
  set(isGranted: boolean): void
}

export function createConsent(initial: 'pending' | 'granted'): Consent {
  let state: Consent['state'] = initial
  return {
    get state() {
      return state
    },
    set(isGranted) {
      state = isGranted ? 'granted' : 'refused'
    },
  }
}
