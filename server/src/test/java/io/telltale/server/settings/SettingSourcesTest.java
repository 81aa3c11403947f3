package io.telltale.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingSourcesTest {
    private final SettingSources sources = new SettingSources();

    @TempDir
    Path directory;

    @Test
    void a_set_wins_over_the_environment_which_wins_over_the_file_which_wins_over_the_default() throws IOException {
        Path file = file("telltale.data-dir = from-file, telltale.server.sweep-window = 7, telltale.home = from-file");

        var config = sources.load(
                Optional.of(file),
                List.of("telltale.data-dir=from-set"),
                Map.of("TELLTALE_DATA_DIR", "from-environment", "TELLTALE_HOME", "from-environment"));

        assertThat(config.getString("telltale.data-dir")).isEqualTo("from-set");
        assertThat(config.getString("telltale.home")).isEqualTo("from-environment");
        assertThat(config.getInt("telltale.server.sweep-window")).isEqualTo(7);
        assertThat(config.getDuration("telltale.server.shutdown-deadline")).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void a_misspelt_key_is_refused_with_the_nearest_one() {
        assertThatThrownBy(() -> load("telltale.gateway.mqtt.prot=0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("telltale.gateway.mqtt.prot: no such setting; did you mean telltale.gateway.mqtt.port?");
    }

    @Test
    void a_misspelt_key_in_a_file_is_refused_with_the_file() throws IOException {
        Path file = file("telltale { data-dri = x }");

        assertThatThrownBy(() -> sources.load(Optional.of(file), List.of(), Map.of()))
                .hasMessageContaining("telltale.data-dri: no such setting; did you mean telltale.data-dir?")
                .hasMessageContaining(file.toString());
    }

    @Test
    void a_list_can_be_given_as_text() {
        assertThat(load("telltale.gateway.brokers=tcp://a:1883, tcp://b:1883")
                        .getStringList("telltale.gateway.brokers"))
                .containsExactly("tcp://a:1883", "tcp://b:1883");
    }

    @Test
    void what_is_no_key_and_value_is_refused() {
        assertThatThrownBy(() -> load("telltale.data-dir")).hasMessageContaining("--set: expected key=value");
    }

    @Test
    void a_file_that_is_missing_or_broken_is_named() throws IOException {
        Path missing = directory.resolve("missing.conf");
        Path broken = file("telltale { data-dir = ");

        assertThatThrownBy(() -> sources.load(Optional.of(missing), List.of(), Map.of()))
                .hasMessageContaining("--config: cannot read " + missing);
        assertThatThrownBy(() -> sources.load(Optional.of(broken), List.of(), Map.of()))
                .hasMessageContaining("--config: ")
                .hasMessageContaining(broken.getFileName().toString());
    }

    private com.typesafe.config.Config load(String set) {
        return sources.load(Optional.empty(), List.of(set), Map.of());
    }

    private Path file(String content) throws IOException {
        return Files.writeString(Files.createTempFile(directory, "telltale", ".conf"), content);
    }
}
