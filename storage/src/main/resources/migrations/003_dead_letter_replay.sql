-- Letters that were there before know neither.
ALTER TABLE telltale.dead_letters
    ADD COLUMN IF NOT EXISTS byte_offset Int32 DEFAULT -1 COMMENT 'where in the payload the trouble begins; -1 where no byte is to blame' CODEC(ZSTD(1)) AFTER detail,
    ADD COLUMN IF NOT EXISTS replayed_at DateTime64(3, 'UTC') DEFAULT toDateTime64(0, 3, 'UTC') COMMENT 'when it was replayed and understood; 1970 while it is open' CODEC(DoubleDelta, ZSTD(1)) AFTER byte_offset;
