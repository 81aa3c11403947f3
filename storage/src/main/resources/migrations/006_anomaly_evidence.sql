-- What spoke for an anomaly, and since when.
ALTER TABLE telltale.anomalies
    ADD COLUMN IF NOT EXISTS since DateTime64(3, 'UTC') DEFAULT event_time COMMENT 'the first point of the event' CODEC(DoubleDelta, ZSTD(1)) AFTER event_time,
    ADD COLUMN IF NOT EXISTS evidence LowCardinality(String) COMMENT 'names, the strongest first, with a comma between' AFTER upper;
