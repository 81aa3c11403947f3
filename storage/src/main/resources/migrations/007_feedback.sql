-- What people said of anomalies: every word of it, of which the last about an anomaly counts.
CREATE TABLE IF NOT EXISTS telltale.feedback
(
    device String CODEC(ZSTD(1)),
    metric LowCardinality(String),
    kind LowCardinality(String),
    event_time DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    said_at DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    said_by String CODEC(ZSTD(1)),
    verdict LowCardinality(String)
)
ENGINE = ReplacingMergeTree
ORDER BY (device, metric, kind, event_time, said_at);
