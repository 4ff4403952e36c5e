/** Somebody else was quicker at a port that had been found free. */
export class PortBusyError extends Error {
  override name = 'PortBusyError'
}
