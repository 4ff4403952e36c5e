/**
 * Names of members that only our own code reads, which the script for the tag may shorten. Never one that stands in an option, in what the page gets back,
 * in OTLP, in a storage, or on an object of the browser or of the OpenTelemetry API.
 */
export const internalNames = `
  abandonAll accept added adopt allow answered apart attributeCharacters attributeNames backlog breaker canCompress canSend carrier clock clockShift
  collectorUrl comeBack copied counts dispatch drop ended enter failedAt fate flow forget form gate generation guard hasten hasTraceparent heard hide
  hold holdForListeners inFlight interruptAll isCollector isCompressed isEnd isEnded isGone isKept isOn isOpen isOurs isOwn isSampled
  isStopped isTaken judge keeping lastGasp layBeside layReadyNow layReadySoon leaveAll leaveCount leftBehind listeners lookBack manager mayCompress mayLeave
  mayPropagate maySend mayStore misuse mostBytes nativeFetch note obstacle onAnswer onDeparture onDrop onEnd onFailure onHeader onHide onIdle onLeave
  onNoHeader onOnline onRestored onReturn onSend onSent onStart onTheWay onUser opened openedAt openedIn operations parts peek preparedIn putAway
  putBack release releaseAll releaseIfKnown releaseOrderSpan renew report requestSettled requestStarted respond restore rewrite roomForLeaving runStep schedule
  sender sendForLeaving sendHidden sendLast sendNow sendSoon sentAt serverTime session setOrderId settle settleFailed setUserId soon stay
  succeeded takeBack takeBackLastGasp targets timers told tried untold waitMs wasLeft watches withdraw within
`
  .trim()
  .split(/\s+/)
