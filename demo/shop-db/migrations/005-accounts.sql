-- What a customer comes back by. Kept apart from the customer, who is an opaque id to everything else that reads this database.
CREATE TABLE accounts (
  customer_id text PRIMARY KEY REFERENCES customers (id),
  -- In lower case; it may be an e-mail, so it stays in this table: no span, message or log has it.
  login       text NOT NULL UNIQUE CHECK (char_length(login) BETWEEN 3 AND 64),
  -- Parameters, salt and hash: see shop-api/password.ts.
  password    text NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now()
);
