-- What is still to be repaired: stretches of a series, as long as the widest window, in which points were stored that their
-- device did not count. A later late point stores the row anew, with a later stored_at; whoever repairs stores it with the
-- stored_at that it read, so that the later point wins whatever the order.

-- No partitions: there are few rows, and one that is repaired is of no use any more. Should an older row of the same key
-- outlive it, that is one look too many.
CREATE TABLE IF NOT EXISTS telltale.late_windows
(
    device String CODEC(ZSTD(1)),
    metric LowCardinality(String),
    window_start DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    width_millis UInt64 CODEC(ZSTD(1)),
    watermark DateTime64(3, 'UTC') COMMENT 'of the device, when it judged the points' CODEC(DoubleDelta, ZSTD(1)),
    due DateTime64(3, 'UTC') DEFAULT 0 COMMENT 'when to look next' CODEC(DoubleDelta, ZSTD(1)),
    repaired UInt8 DEFAULT 0,
    stored_at DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = ReplacingMergeTree(stored_at)
ORDER BY (device, metric, window_start)
TTL toDateTime(stored_at) + INTERVAL 1 HOUR DELETE WHERE repaired = 1
SETTINGS non_replicated_deduplication_window = 1000, merge_with_ttl_timeout = 600;
