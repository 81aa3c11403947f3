package io.telltale.storage.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.Point;
import io.telltale.storage.Outcomes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlockTest {
    @Test
    void a_block_is_laid_out_column_by_column_as_the_native_format_wants_it() throws IOException {
        var rows = new PointRows();
        rows.add(
                new DeviceId("ab"),
                List.of(new Point.Numeric("m", 0x0102030405L, 1.5), new Point.Text("t", 2, "\u2603")));
        rows.seal(7);

        var golden = new Golden()
                .bytes(6, 2) // columns, rows
                .column("device", "String")
                .text("ab")
                .text("ab")
                .column("metric", "String")
                .text("m")
                .text("t")
                .column("event_time", "DateTime64(3, 'UTC')")
                .bytes(5, 4, 3, 2, 1, 0, 0, 0)
                .bytes(2, 0, 0, 0, 0, 0, 0, 0)
                .column("value", "Float64")
                .bytes(0, 0, 0, 0, 0, 0, 0xF8, 0x3F)
                .bytes(0, 0, 0, 0, 0, 0, 0xF8, 0x7F)
                .column("text", "String")
                .text("")
                .bytes(3, 0xE2, 0x98, 0x83)
                .column("stored_at", "DateTime64(9, 'UTC')")
                .bytes(0xC0, 0xCF, 0x6A, 0, 0, 0, 0, 0) // 7 ms
                .bytes(0xC0, 0xCF, 0x6A, 0, 0, 0, 0, 0);
        assertThat(written(rows)).isEqualTo(golden.out.toByteArray());
        assertThat(rows.columnNames()).containsExactly("device", "metric", "event_time", "value", "text", "stored_at");
    }

    @Test
    void an_array_is_written_as_where_each_row_ends_and_then_the_elements() throws IOException {
        var column = new Column("a", "Array(Int32)");
        column.values().putInt(-1);
        column.values().putInt(2);
        column.endArray(2);
        column.endArray(0);
        var out = new ByteArrayOutputStream();

        column.writeTo(out);

        assertThat(out.toByteArray())
                .isEqualTo(new Golden()
                        .column("a", "Array(Int32)")
                        .bytes(2, 0, 0, 0, 0, 0, 0, 0)
                        .bytes(2, 0, 0, 0, 0, 0, 0, 0)
                        .bytes(0xFF, 0xFF, 0xFF, 0xFF, 2, 0, 0, 0)
                        .out
                        .toByteArray());
    }

    @Test
    void long_texts_have_a_length_of_more_than_one_byte_and_buffers_grow() throws IOException {
        var bytes = new Bytes();
        String text = "x".repeat(100_000);
        bytes.putText(text);
        bytes.putText("\u00e4".repeat(100));
        var out = new ByteArrayOutputStream();

        bytes.writeTo(out);

        ByteBuffer written = ByteBuffer.wrap(out.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(new int[] {written.get(0) & 0xFF, written.get(1) & 0xFF, written.get(2) & 0xFF})
                .containsExactly(0xA0, 0x8D, 0x06); // 100,000 in groups of seven bits
        assertThat(bytes.size()).isEqualTo(3 + 100_000 + 2 + 200);
    }

    @Test
    void a_cleared_batch_writes_what_a_new_one_would() throws IOException {
        var used = new Batch();
        used.add(Outcomes.points("old", Outcomes.number("gone", 1, 1)));
        used.seal(1);
        used.clear();
        assertThat(used.isEmpty()).isTrue();
        assertThat(used.size()).isZero();
        var fresh = new Batch();
        for (Batch batch : List.of(used, fresh)) {
            batch.add(Outcomes.points("new", Outcomes.number("m", 2, 2)));
            batch.seal(2);
        }

        assertThat(written(used.points())).isEqualTo(written(fresh.points()));
    }

    @Test
    void a_late_window_is_noted_once_a_batch() {
        var batch = new Batch();
        for (int message = 0; message < 3; message++) {
            batch.add(Outcomes.late("d", "m", 3_600_000, 0, 5_000_000 + message));
        }
        batch.add(Outcomes.late("d", "other", 3_600_000, 0, 5_000_000));
        assertThat(batch.lateWindows().rows()).isEqualTo(2);

        batch.seal(1);
        batch.clear();
        batch.add(Outcomes.late("d", "m", 3_600_000, 0, 5_000_000));

        assertThat(batch.lateWindows().rows()).isEqualTo(1);
    }

    @Test
    void a_sealed_block_writes_the_same_bytes_every_time() throws IOException {
        var batch = new Batch();
        batch.add(Outcomes.rollups(Outcomes.rollup("d", "m", 10, 20, 1, 3)));
        batch.seal(2);
        Block rollups = batch.derived().getFirst();

        assertThat(written(rollups)).isEqualTo(written(rollups));
    }

    private static byte[] written(Block block) throws IOException {
        var out = new ByteArrayOutputStream();
        block.writeTo(out);
        return out.toByteArray();
    }

    private static final class Golden {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Golden bytes(int... bytes) {
            for (int b : bytes) {
                out.write(b);
            }
            return this;
        }

        Golden text(String ascii) {
            out.write(ascii.length());
            out.writeBytes(ascii.getBytes(StandardCharsets.US_ASCII));
            return this;
        }

        Golden column(String name, String type) {
            return text(name).text(type);
        }
    }
}
