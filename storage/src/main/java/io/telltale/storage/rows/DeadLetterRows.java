package io.telltale.storage.rows;

import io.telltale.analytics.model.DeadLetter;

final class DeadLetterRows extends Block {
    private final Bytes id = column("id", "UUID").values();
    private final Bytes arrivalTime =
            column("arrival_time", "DateTime64(3, 'UTC')").values();
    private final Bytes door = column("door", "String").values();
    private final Bytes topic = column("topic", "String").values();
    private final Bytes payload = column("payload", "String").values();
    private final Bytes reason = column("reason", "String").values();
    private final Bytes detail = column("detail", "String").values();
    private final Bytes byteOffset = column("byte_offset", "Int32").values();
    private final Bytes replayedAt =
            column("replayed_at", "DateTime64(3, 'UTC')").values();

    DeadLetterRows() {
        super("dead_letters");
    }

    void add(DeadLetter letter) {
        // ClickHouse keeps a UUID as two numbers, the higher half first, each little-endian.
        id.putLong(letter.id().getMostSignificantBits());
        id.putLong(letter.id().getLeastSignificantBits());
        arrivalTime.putLong(letter.arrivalMillis());
        door.putText(letter.door());
        topic.putText(letter.topic());
        payload.putBlob(letter.payload());
        reason.putText(letter.reason().name());
        detail.putText(letter.detail());
        byteOffset.putInt(letter.byteOffset().orElse(-1));
        replayedAt.putLong(letter.replayedMillis().orElse(0));
        endRow();
    }
}
