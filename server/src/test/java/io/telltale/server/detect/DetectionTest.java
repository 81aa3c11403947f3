package io.telltale.server.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectionTest {
    private static final String ROWS = """
            timestamp,value
            2014-04-01 00:05:00,20.0
            2014-04-01 00:10:00,21
            2014-04-01 00:10:00,21
            2014-04-01 00:00:00,
            """;

    @TempDir
    private Path directory;

    @Test
    void every_row_gets_one_score_in_its_order_whatever_its_time() throws IOException {
        var file = Files.writeString(directory.resolve("a.csv"), ROWS);

        assertThat(Detection.run(file, directory.resolve("out"))).isEqualTo(4);

        assertThat(directory.resolve("out/a.csv"))
                .content()
                .startsWith("timestamp,value,anomaly_score\n2014-04-01 00:05:00,20.0,0.")
                .contains("\n2014-04-01 00:00:00,,0.0\n")
                .hasLineCount(5);
    }

    @Test
    void a_directory_is_searched_and_packed_files_are_unpacked() throws IOException {
        var below = Files.createDirectories(directory.resolve("in/below"));
        try (var packed = new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(below.resolve("b.csv.gz"))), StandardCharsets.UTF_8)) {
            packed.write("timestamp,value\n1491041280,35.11\n1491041340.5,35.67\n");
        }

        Detection.run(directory.resolve("in"), directory.resolve("out"));

        assertThat(directory.resolve("out/below/b.csv")).content().contains("1491041280,35.11,0.0");
    }

    @Test
    void what_cannot_be_read_is_named_by_file_line_and_field() throws IOException {
        var value = Files.writeString(directory.resolve("v.csv"), "timestamp,value\n1,2\n2,two\n");
        var time = Files.writeString(directory.resolve("t.csv"), "timestamp,value\nnoon,2\n");
        var header = Files.writeString(directory.resolve("h.csv"), "time,value\n1,2\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SeriesFile.read(value))
                .withMessageContaining("v.csv: line 3: value: expected a number, got 'two'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SeriesFile.read(time))
                .withMessageContaining("t.csv: line 2: timestamp:");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SeriesFile.read(header))
                .withMessageContaining("h.csv: line 1: header:");
    }
}
