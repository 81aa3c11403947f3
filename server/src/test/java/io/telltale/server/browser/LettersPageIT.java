package io.telltale.server.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.telltale.server.TelltaleServer;
import io.telltale.server.TestServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Dead letters as an operator works on them.
class LettersPageIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Path SCREENSHOTS = Path.of(System.getProperty("telltale.screenshots", "target/screenshots"));

    @TempDir
    Path directory;

    @BeforeAll
    static void needsChromium() {
        boolean there = Chromium.executable().isPresent();
        assertThat(there || System.getenv("CI") == null).as("CI has Chromium").isTrue();
        assumeTrue(there, "left out: needs Chromium");
    }

    @Test
    void letters_are_filtered_looked_into_and_replayed() throws Exception {
        try (var server = TestServers.start(directory.resolve("data"), "telltale.gateway.max-points-per-payload=1")) {
            publish(
                    server,
                    "{\"temperature\": 21.5, \"humidity\": 40}",
                    "{\"temperature\": 21.6, \"humidity\": 41}",
                    "{\"temperature\": 21.7, \"humidity\": n/a}");
        }
        try (var server = TestServers.start(directory.resolve("data"));
                var browser = new Chromium(
                        Chromium.executable().orElseThrow(), Files.createDirectories(directory.resolve("profile")))) {
            browser.size(1440, 900, false);
            browser.open("http://127.0.0.1:" + server.httpPort() + "/dead-letters");
            shows(browser, "too large 2", "malformed 1", "Replay all 3");

            click(browser, "malformed 1");
            shows(browser, "Replay all 1");
            browser.evaluate("document.querySelector('summary').click()");
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    browser.evaluate("document.querySelector('mark')?.previousSibling.textContent")
                                            .asText())
                            .endsWith("\"humidity\": "));
            click(browser, "Replay this letter");
            shows(browser, "Still dead", "1 letter still dead.");
            browser.screenshot(SCREENSHOTS.resolve("dead-letter.png"));

            click(browser, "malformed 1");
            shows(browser, "Replay all 3");
            click(browser, "Replay all 3");
            shows(browser, "Stored 2 letters with 4 points.", "1 letter still dead.");
            browser.screenshot(SCREENSHOTS.resolve("dead-letters-replayed.png"));

            click(browser, "Show what is left");
            showsNoMore(browser, "too large", "Stored"); // letters and their counts come one after the other
            shows(browser, "Replay all 1", "malformed 1");
            browser.size(390, 844, true);
            browser.screenshot(SCREENSHOTS.resolve("dead-letters-replayed-phone.png"));
            assertThat(browser.evaluate("document.documentElement.scrollWidth <= innerWidth")
                            .asBoolean())
                    .as("nothing is cut off at phone size")
                    .isTrue();
            assertThat(browser.errors()).isEmpty();
        }
    }

    private static void shows(Chromium browser, String... texts) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(browser.text()).contains(texts));
    }

    private static void showsNoMore(Chromium browser, String... texts) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(browser.text()).doesNotContain(texts));
    }

    private static void click(Chromium browser, String button) {
        browser.evaluate("[...document.querySelectorAll('button')].find(each => each.innerText.trim() === '%s').click()"
                .formatted(button));
    }

    private static void publish(TelltaleServer server, String... payloads) throws MqttException {
        try (var client =
                new MqttAsyncClient("tcp://127.0.0.1:" + server.mqttPort(), "meter-1", new MemoryPersistence())) {
            client.connect().waitForCompletion();
            for (var payload : payloads) {
                client.publish("telemetry/meter-1", payload.getBytes(UTF_8), 1, false)
                        .waitForCompletion();
            }
            client.disconnect().waitForCompletion();
        }
    }
}
