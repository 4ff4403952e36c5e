-- What an operator did to an order without a change of its status: the history tells it as well.
ALTER TABLE order_status_history ADD COLUMN event text CHECK (event IN ('priced', 'taken', 'released'));
