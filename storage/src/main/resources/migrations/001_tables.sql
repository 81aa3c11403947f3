-- Every table absorbs repetition: its key is the identity of what it holds, and the row stored last wins (a rollup: the
-- highest version). Batches are sent again with the same deduplication token, hence the window of remembered tokens.
-- Partitions are months of a column of the key, so FINAL may work on each partition alone, and the maddest mixture of
-- event times touches a few hundred of them.
--
-- stored_at is the time of the batch: the same for all its rows, strictly growing from batch to batch.

-- device is a plain String: sorted by it, ZSTD shrinks it to nothing, while the dictionary of a LowCardinality gives up
-- beyond some 10,000 values a part, and a fleet has a million devices. Metrics are few.
CREATE TABLE IF NOT EXISTS telltale.points
(
    device String CODEC(ZSTD(1)),
    metric LowCardinality(String),
    event_time DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    value Float64 COMMENT 'NaN when the value is a text' CODEC(Delta(8), ZSTD(1)),
    text String CODEC(ZSTD(1)),
    stored_at DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    INDEX stored_at_range stored_at TYPE minmax GRANULARITY 4
)
ENGINE = ReplacingMergeTree(stored_at)
PARTITION BY toYYYYMM(event_time)
ORDER BY (device, metric, event_time)
SETTINGS non_replicated_deduplication_window = 1000;

CREATE TABLE IF NOT EXISTS telltale.rollups
(
    device String CODEC(ZSTD(1)),
    metric LowCardinality(String),
    width_millis UInt64 CODEC(ZSTD(1)),
    window_start DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    version UInt64 CODEC(ZSTD(1)),
    count UInt64 CODEC(T64, ZSTD(1)),
    sum Float64 CODEC(ZSTD(1)),
    min Float64 CODEC(ZSTD(1)),
    max Float64 CODEC(ZSTD(1)),
    mean Float64 CODEC(ZSTD(1)),
    m2 Float64 COMMENT 'sum of squared differences from the mean' CODEC(ZSTD(1)),
    first_time DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    first_value Float64 CODEC(ZSTD(1)),
    last_time DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    last_value Float64 CODEC(ZSTD(1)),
    sketch_indexes Array(Int32) COMMENT 'quantile sketch: bucket numbers, ascending' CODEC(ZSTD(1)),
    sketch_counts Array(Int32) COMMENT 'quantile sketch: values in each bucket' CODEC(ZSTD(1)),
    stored_at DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMM(window_start)
ORDER BY (device, metric, width_millis, window_start)
SETTINGS non_replicated_deduplication_window = 1000;

-- By time first: people ask for the newest of the whole fleet.
CREATE TABLE IF NOT EXISTS telltale.anomalies
(
    device String CODEC(ZSTD(1)),
    metric LowCardinality(String),
    kind LowCardinality(String),
    event_time DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    score Float64 CODEC(ZSTD(1)),
    observed Float64 CODEC(ZSTD(1)),
    expected Float64 CODEC(ZSTD(1)),
    lower Float64 CODEC(ZSTD(1)),
    upper Float64 CODEC(ZSTD(1)),
    explanation String CODEC(ZSTD(1)),
    stored_at DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    INDEX devices device TYPE bloom_filter GRANULARITY 1
)
ENGINE = ReplacingMergeTree(stored_at)
PARTITION BY toYYYYMM(event_time)
ORDER BY (event_time, device, metric, kind)
SETTINGS non_replicated_deduplication_window = 1000;

CREATE TABLE IF NOT EXISTS telltale.dead_letters
(
    id UUID,
    arrival_time DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    door LowCardinality(String),
    topic String CODEC(ZSTD(1)),
    payload String CODEC(ZSTD(1)),
    reason LowCardinality(String),
    detail String CODEC(ZSTD(1)),
    stored_at DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    INDEX ids id TYPE bloom_filter GRANULARITY 1
)
ENGINE = ReplacingMergeTree(stored_at)
PARTITION BY toYYYYMM(arrival_time)
ORDER BY (arrival_time, id)
SETTINGS non_replicated_deduplication_window = 1000;

CREATE TABLE IF NOT EXISTS telltale.device_state
(
    device String CODEC(ZSTD(1)),
    presence LowCardinality(String),
    first_seen DateTime64(3, 'UTC'),
    last_arrival DateTime64(3, 'UTC'),
    watermark DateTime64(3, 'UTC') COMMENT 'the greatest event time seen',
    latest_metrics Array(String) CODEC(ZSTD(1)),
    latest_times Array(DateTime64(3, 'UTC')) CODEC(ZSTD(1)),
    latest_values Array(Float64) COMMENT 'NaN when the value is a text' CODEC(ZSTD(1)),
    latest_texts Array(String) CODEC(ZSTD(1)),
    detectors String COMMENT 'only the device itself can read it' CODEC(ZSTD(1)),
    stored_at DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree(stored_at)
ORDER BY device
SETTINGS non_replicated_deduplication_window = 1000;
