-- What the peers write to: columns, codecs, key and engine of Telltale's own `points`.
CREATE TABLE telltale.points
(
    device String CODEC(ZSTD(1)),
    metric LowCardinality(String),
    event_time DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    value Float64 CODEC(Delta(8), ZSTD(1)),
    text String CODEC(ZSTD(1)),
    stored_at DateTime64(9, 'UTC') DEFAULT now64(9) CODEC(DoubleDelta, ZSTD(1)),
    INDEX stored_at_range stored_at TYPE minmax GRANULARITY 4
)
ENGINE = ReplacingMergeTree(stored_at)
PARTITION BY toYYYYMM(event_time)
ORDER BY (device, metric, event_time)
