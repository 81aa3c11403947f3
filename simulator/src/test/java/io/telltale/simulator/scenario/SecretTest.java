package io.telltale.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {
    private static final String VARIABLE = "SOME_PASSWORD";

    @TempDir
    Path directory;

    @Test
    void a_file_goes_before_the_environment_and_its_first_line_counts() throws Exception {
        var file = Files.writeString(directory.resolve("password"), "of the file\nand more\n");
        var environment = Map.of(VARIABLE, "of the environment");

        assertThat(Secret.of("--p", Optional.of(file), VARIABLE, environment))
                .map(Secret::revealed)
                .contains("of the file");
        assertThat(Secret.of("--p", Optional.empty(), VARIABLE, environment))
                .map(Secret::revealed)
                .contains("of the environment");
        assertThat(Secret.of("--p", Optional.empty(), VARIABLE, Map.of())).isEmpty();
    }

    @Test
    void a_file_without_a_password_is_told() throws Exception {
        var empty = Files.writeString(directory.resolve("empty"), "\n");

        assertThatThrownBy(() -> Secret.of("--p", Optional.of(empty), VARIABLE, Map.of()))
                .hasMessage("--p: expected a password in the first line of " + empty + ", got nothing");
        assertThatThrownBy(() -> Secret.of("--p", Optional.of(directory.resolve("none")), VARIABLE, Map.of()))
                .hasMessage("--p: cannot read " + directory.resolve("none"));
    }

    @Test
    void a_server_that_is_printed_does_not_tell_its_password() {
        var scenario = Scenarios.parse("""
                server { user = me, password = hunter2 }
                devices { pump { metrics { load { value = 1 } } } }
                """);

        assertThat(scenario.server().password().orElseThrow().revealed()).isEqualTo("hunter2");
        assertThat(scenario.toString()).contains("user=Optional[me]").doesNotContain("hunter2");
        assertThatThrownBy(() -> Scenarios.parse("""
                server { user = me, password = [ hunter2 ] }
                devices { pump { metrics { load { value = 1 } } } }
                """))
                .message()
                .contains("server.password: expected a text")
                .doesNotContain("hunter2");
    }
}
