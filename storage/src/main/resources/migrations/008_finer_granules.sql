-- A chart reads a series' few windows of each part, and ClickHouse reads whole granules: of 8192 rows it takes along many
-- other series. Points keep theirs: there are so many of them that finer granules slow down storing them.
--
-- A table's granularity cannot be altered; parts can be handed on to another table, by links, whatever their own is.
-- At each moment the table of the good name is whole, so this may stop anywhere and begin again.
DROP TABLE IF EXISTS telltale.rollups_finer SETTINGS max_table_size_to_drop = 0;
CREATE TABLE telltale.rollups_finer AS telltale.rollups
ENGINE = ReplacingMergeTree(version)
PARTITION BY toYYYYMM(window_start)
ORDER BY (device, metric, width_millis, window_start)
SETTINGS index_granularity = 2048, non_replicated_deduplication_window = 1000;
ALTER TABLE telltale.rollups_finer ATTACH PARTITION ALL FROM telltale.rollups;
EXCHANGE TABLES telltale.rollups_finer AND telltale.rollups;
DROP TABLE telltale.rollups_finer SETTINGS max_table_size_to_drop = 0;
