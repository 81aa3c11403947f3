package io.telltale.simulator.replay;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import io.telltale.simulator.device.Device;
import io.telltale.simulator.device.Devices;
import io.telltale.simulator.fault.FaultKind;
import io.telltale.simulator.fault.Label;
import io.telltale.simulator.report.MessageKind;
import io.telltale.simulator.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
    private static final long START = 1_767_592_800_000L;
    private static final String ROWS = """
            timestamp,value,level
            2014-05-14 01:00:00,85.835,1
            2014-05-14 01:05:00,88.1,
            2014-05-14 01:10:00,-22,3
            """;

    @TempDir
    Path directory;

    private final List<Label> labels = new ArrayList<>();

    @Test
    void in_real_time_the_first_row_is_now_and_each_keeps_its_distance() throws IOException {
        var device = device(write("room/heat.csv", ROWS), 1);

        assertThat(device.identity().id()).isEqualTo("heat");
        assertThat(said(device, 0, 0)).isEqualTo("{\"ts\":" + START + ",\"value\":85.835,\"level\":1}");
        assertThat(said(device, 1, 300))
                .isEqualTo("{\"ts\":" + (START + 300_000) + ",\"value\":88.100,\"level\":null}");
        assertThat(device.points()).isEqualTo(1);
    }

    @Test
    void faster_than_it_was_the_last_row_is_now_and_times_keep_their_distances() throws IOException {
        var file = write("heat.csv", ROWS);
        var scenario = Scenario.replay(file, Optional.empty(), 600);
        var device = device(file, 600);

        assertThat(scenario.duration()).contains(Duration.ofMillis(1_001));
        assertThat(scenario.reachesBack()).isEqualTo(Duration.ofMinutes(10));
        assertThat(said(device, 0, 0)).startsWith("{\"ts\":" + (START - 600_000));
        assertThat(said(device, 1, 0.5)).startsWith("{\"ts\":" + (START - 300_000));
        assertThat(said(device, 2, 1)).startsWith("{\"ts\":" + START);
    }

    @Test
    void a_time_that_comes_again_makes_no_message_of_its_own() throws IOException {
        var device = device(write("heat.csv", "t,v\n100,1\n100,2\n"), 10);

        said(device, 0, 0);
        assertThat(device.kind()).isEqualTo(MessageKind.TELEMETRY);
        said(device, 1, 0);
        assertThat(device.kind()).isEqualTo(MessageKind.ODD);
    }

    @Test
    void labels_move_with_the_times() throws IOException {
        write("data/room/heat.csv", ROWS);
        var windows = write(
                "windows.json",
                "{\"room/heat.csv\": [[\"2014-05-14 01:05:00\", \"2014-05-14 01:10:00\"]], \"other.csv\": []}");
        var scenario = Scenario.replay(directory.resolve("data"), Optional.of(windows), 1);
        var device = Devices.of(scenario, 1, labels::add).getFirst();

        for (int row = 0; row < 3; row++) {
            said(device, row, 300 * row);
        }

        assertThat(labels)
                .containsExactly(new Label("room.heat", "*", FaultKind.RECORDED, START + 300_000, START + 600_000));
    }

    @Test
    void a_bad_cell_is_told_with_file_and_line() throws IOException {
        var file = write("heat.csv", "t,v\n100,1\n101,warm\n");

        assertThatThrownBy(() -> Recordings.load(file, Optional.empty()))
                .hasMessage("heat.csv:3: expected a number, got 'warm'");
    }

    private Device device(Path file, double speed) {
        return Devices.of(Scenario.replay(file, Optional.empty(), speed), 1, labels::add)
                .getFirst();
    }

    private static String said(Device device, int row, double afterSeconds) {
        var out = Unpooled.buffer();
        device.enter(row, Math.round(afterSeconds * 1e9), START + Math.round(afterSeconds * 1e3));
        device.write(out);
        return out.toString(US_ASCII);
    }

    private Path write(String name, String text) throws IOException {
        var file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
