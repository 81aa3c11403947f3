-- Why each rollup was emitted, so that a chart can say which windows changed after they closed.
ALTER TABLE telltale.rollups
    ADD COLUMN IF NOT EXISTS emission UInt8 DEFAULT 0 COMMENT '0 closed, 1 revised within the allowed lateness, 2 repaired' CODEC(ZSTD(1)) AFTER version;
