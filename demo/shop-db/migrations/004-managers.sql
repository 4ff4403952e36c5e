-- The CRM counts the orders of each status, and lists those of one status by time.
CREATE INDEX orders_by_status ON orders (status, created_at DESC, id DESC);
