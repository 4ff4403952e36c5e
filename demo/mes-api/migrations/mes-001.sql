CREATE DOMAIN order_status AS text CHECK (VALUE IN (
  'INITIATED', 'SUBMITTED', 'PRICE_CALCULATED', 'MANUFACTURING_APPROVED', 'MANUFACTURING_STARTED',
  'MANUFACTURING_COMPLETED', 'PACKAGING', 'SHIPPED', 'CLOSED'
));

-- What the operators must know of an order, and nothing of whose it is.
CREATE TABLE orders (
  id            text PRIMARY KEY,
  product_id    text NOT NULL,
  quantity      integer NOT NULL CHECK (quantity > 0),
  model_name    text NOT NULL,
  model_size    bigint NOT NULL CHECK (model_size > 0),
  status        order_status NOT NULL,
  material      text,
  price_kopecks bigint CHECK (price_kopecks > 0),
  -- The operator who has taken the order.
  operator_id   text,
  -- The traceparent of the step that brought the order where it is: the next step links to it.
  last_step     text,
  received_at   timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX orders_of_board ON orders (status, received_at);

CREATE TABLE order_status_history (
  order_id    text NOT NULL REFERENCES orders (id),
  position    integer GENERATED ALWAYS AS IDENTITY,
  status      order_status NOT NULL,
  -- Null where the change came from the shop's side.
  operator_id text,
  at          timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (order_id, position)
);

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
