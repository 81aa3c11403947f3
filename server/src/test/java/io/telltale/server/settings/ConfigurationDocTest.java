package io.telltale.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationDocTest {

    @Test
    void every_key_is_documented() throws IOException {
        var document = Files.readString(Path.of("../docs/configuration.md"));

        assertThat(new SettingSources().knownKeys().keySet())
                .isNotEmpty()
                .allSatisfy(key -> assertThat(document).contains("`" + key + "`"));
    }
}
