/**
 * Names of members that only our own code reads, which the script for the tag may shorten. Never one that stands in an option, in what the page gets back,
 * in OTLP, in a storage, or on an object of the browser or of the OpenTelemetry API.
 */
export const internalNames = `
  abandonAll attributeCharacters attributeNames backlog breaker canCompress canSend carrier clockShift collectorUrl comeBack copied counts
  dispatch enter failedAt fate flow generation hasten hasTraceparent heard hold holdForListeners inFlight interruptAll isCollector isCompressed isEnd
  isEnded isKept isOn isOwn isSampled isSessionSampled isStopped judge keeping lastGasp layBeside layReadyNow layReadySoon leaveAll leaveCount
  leftBehind mayCompress mayLeave mayPropagate maySend mayStore mostBytes nativeFetch obstacle onAnswer onDeparture onDrop onFailure onHeader onHide
  onIdle onLeave onNoHeader onOnline onReturn onSend onSent onStart onTheWay onUser openedAt openedIn operations peek preparedIn putAway putBack
  releaseAll releaseIfKnown releaseOrderSpan renew requestSettled requestStarted rewrite roomForLeaving runStep schedule sendForLeaving sendHidden
  sendLast sendNow sendSoon sentAt serverTime setOrderId settle settleFailed setUserId soon stay succeeded takeBack takeBackLastGasp tried untold
  waitMs wasLeft withdraw within
`
  .trim()
  .split(/\s+/)
