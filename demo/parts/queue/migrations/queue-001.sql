CREATE TABLE queue_messages (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  queue         text NOT NULL,
  message_id    text NOT NULL UNIQUE,
  -- traceparent and baggage of the publisher, as HTTP would have them.
  headers       jsonb NOT NULL,
  body          jsonb NOT NULL,
  created_at    timestamptz NOT NULL DEFAULT now(),
  available_at  timestamptz NOT NULL DEFAULT now(),
  -- A message that failed too often stays here, out of the way, until a person has looked at it.
  parked_at     timestamptz,
  parked_reason text
);
CREATE INDEX queue_messages_waiting ON queue_messages (queue, id) WHERE parked_at IS NULL;

-- One row each time that a message is handed to a consumer. In a table of its own, because the message's row is locked
-- while it is handled, and the attempt must count even if the consumer dies and its transaction is rolled back.
CREATE TABLE queue_deliveries (
  message bigint NOT NULL,
  at      timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX queue_deliveries_of_message ON queue_deliveries (message);
