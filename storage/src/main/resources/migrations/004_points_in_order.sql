-- Of two rows with one key the later counts, also when one batch has both. stored_at decides, so it must tell them apart
-- inside a batch too: ClickHouse 26.7 sorts what is inserted without keeping the order of equal keys, and then keeps
-- any of those that were stored at the same time. Hence nanoseconds: the time of the batch, and a number.
ALTER TABLE telltale.points MODIFY COLUMN stored_at DateTime64(9, 'UTC') CODEC(DoubleDelta, ZSTD(1));
