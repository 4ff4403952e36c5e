-- What the MES says an order costs; null until it has said so.
ALTER TABLE orders ADD COLUMN price_kopecks bigint CHECK (price_kopecks > 0);
-- The traceparent of the step that brought the order where it is: the next step links to it.
ALTER TABLE orders ADD COLUMN last_step text;
CREATE INDEX orders_by_time ON orders (created_at DESC, id DESC);

-- Messages that are committed with the change that they tell of, and then sent to the queue by their sender.
CREATE TABLE outbox (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sender     text NOT NULL,
  message_id text NOT NULL UNIQUE,
  queue      text NOT NULL,
  headers    jsonb NOT NULL,
  body       jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
