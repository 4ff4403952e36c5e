-- A customer is an opaque id and nothing else: no name, no e-mail, no phone number.
CREATE TABLE customers (
  id         text PRIMARY KEY CHECK (id ~ '^u-[a-z0-9]{1,32}$'),
  created_at timestamptz NOT NULL DEFAULT now()
);

-- The cookie itself is a secret of the browser; whoever reads this table must not be able to log in with it.
CREATE TABLE sessions (
  token_hash  bytea PRIMARY KEY,
  customer_id text NOT NULL REFERENCES customers (id),
  created_at  timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE products (
  id             text PRIMARY KEY,
  position       integer NOT NULL,
  name_ru        text NOT NULL,
  name_en        text NOT NULL,
  description_ru text NOT NULL,
  description_en text NOT NULL,
  price_kopecks  integer NOT NULL CHECK (price_kopecks > 0)
);

CREATE DOMAIN order_status AS text CHECK (VALUE IN (
  'INITIATED', 'SUBMITTED', 'PRICE_CALCULATED', 'MANUFACTURING_APPROVED', 'MANUFACTURING_STARTED',
  'MANUFACTURING_COMPLETED', 'PACKAGING', 'SHIPPED', 'CLOSED'
));

CREATE TABLE orders (
  id          text PRIMARY KEY CHECK (id ~ '^o-[a-z0-9]{1,32}$'),
  customer_id text NOT NULL REFERENCES customers (id),
  product_id  text NOT NULL REFERENCES products (id),
  quantity    integer NOT NULL CHECK (quantity BETWEEN 1 AND 100),
  status      order_status NOT NULL,
  model_key   text NOT NULL UNIQUE,
  model_name  text NOT NULL,
  model_size  bigint NOT NULL CHECK (model_size > 0),
  model_type  text NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX orders_of_customer ON orders (customer_id, created_at DESC);

CREATE TABLE order_status_history (
  order_id text NOT NULL REFERENCES orders (id),
  position integer GENERATED ALWAYS AS IDENTITY,
  status   order_status NOT NULL,
  at       timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (order_id, position)
);
