import type { Parts } from './compose'

/** What the user answered reaches every room that keeps or sends something. */
export function setConsent({ consent, delivery, report, session, storage }: Parts, isGranted: unknown): void {
  if (typeof isGranted !== 'boolean') {
    report.misuse(`setConsent was given ${typeof isGranted}; give a boolean`)
    return
  }
  consent.set(isGranted)
  if (isGranted) {
    session.adopt()
    storage.allow()
    void delivery.flush()
  } else {
    delivery.forget()
    storage.clear()
  }
}
