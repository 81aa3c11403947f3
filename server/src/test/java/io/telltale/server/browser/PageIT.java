package io.telltale.server.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.telltale.server.TelltaleServer;
import io.telltale.server.TestServers;
import io.telltale.server.trial.SimulatedFleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an operator sees: a real fleet, a real server, a real browser.
class PageIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// Where the pictures go; the README's is taken with -Dtelltale.screenshots=../docs/images.
    private static final Path SCREENSHOTS = Path.of(System.getProperty("telltale.screenshots", "target/screenshots"));

    /// How long the fleet lives before the first picture.
    private static final Duration AGE = Duration.ofSeconds(Long.getLong("telltale.screenshots.after", 0));

    /// The least contrast of a colour of words with the grounds they stand on.
    private static final String LEAST_CONTRAST = """
            (() => { const probe = document.body.appendChild(document.createElement('i'));
                     const luminance = name => {
                         probe.style.color = `var(--${name})`;
                         const [r, g, b] = getComputedStyle(probe).color.match(/[0-9.]+/g).map(part => part / 255)
                             .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
                         return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
                     const pairs = ['ink', 'soft', 'accent', 'good', 'warn', 'bad']
                         .flatMap(word => ['ground', 'raised'].map(ground => [word, ground]));
                     pairs.push(['ink', 'alarm'], ['ink', 'caution']);
                     const contrasts = pairs.map(names => names.map(luminance).sort((a, b) => b - a))
                         .map(([lighter, darker]) => (lighter + 0.05) / (darker + 0.05));
                     probe.remove();
                     return Math.min(...contrasts); })()""";

    @TempDir
    static Path directory;

    @BeforeAll
    static void needsChromium() {
        boolean there = Chromium.executable().isPresent();
        assertThat(there || System.getenv("CI") == null).as("CI has Chromium").isTrue();
        assumeTrue(there, "left out: needs Chromium");
    }

    @Test
    void the_page_lives_while_the_fleet_speaks() throws Exception {
        try (var server = TestServers.start(directory.resolve("data"));
                var browser = chromium("profile");
                var fleet = fleet(server, 200)) {
            browser.size(1440, 900, false);
            browser.scheme("light");
            browser.open(address(server, "/"));
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(browser.text()).contains("200"));
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(online(browser, server)).isEqualTo(200));
            Awaitility.await().pollDelay(AGE).timeout(AGE.plus(PATIENCE)).until(() -> true);
            browser.screenshot(SCREENSHOTS.resolve("fleet.png"));
            browser.scheme("dark");
            browser.screenshot(SCREENSHOTS.resolve("fleet-dark.png"));

            browser.open(address(server, "/devices"));
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(browser.text()).contains("meter-000001"));
            browser.screenshot(SCREENSHOTS.resolve("devices-dark.png"));

            browser.open(address(server, "/devices/meter-000001"));
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(browser.evaluate("document.querySelectorAll('canvas').length")
                                    .asInt())
                            .isPositive());
            browser.screenshot(SCREENSHOTS.resolve("device-dark.png"));

            browser.size(390, 844, true);
            // In an order: a link to the view that is open changes nothing.
            for (var view : new TreeMap<>(Map.of(
                            "fleet", "/",
                            "devices", "/devices",
                            "device", "/devices/meter-000001",
                            "anomalies", "/anomalies",
                            "dead-letters", "/dead-letters"))
                    .entrySet()) {
                browser.open(address(server, view.getValue()));
                Awaitility.await()
                        .atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(browser.text()).doesNotContain("Loading"));
                browser.screenshot(SCREENSHOTS.resolve(view.getKey() + "-phone.png"));
                assertThat(browser.evaluate("document.documentElement.scrollWidth <= innerWidth")
                                .asBoolean())
                        .as("%s: nothing is cut off at phone size", view.getKey())
                        .isTrue();
            }

            // A view that goes takes the link that was followed with it; the keyboard goes on at the top of the next.
            browser.evaluate("document.querySelector('nav a[href=\"/devices\"]').click()");
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(browser.evaluate("document.activeElement.id")
                                    .asText())
                            .isEqualTo("content"));
            for (var scheme : List.of("light", "dark")) {
                browser.scheme(scheme);
                assertThat(browser.evaluate(LEAST_CONTRAST).asDouble())
                        .as("words can be read on a %s ground (WCAG 2.2, 1.4.3)", scheme)
                        .isGreaterThan(4.5);
            }

            assertThat(browser.errors()).isEmpty();
            fleet.stop();
            assertThat(fleet.await().unacked()).isZero();
        }
    }

    @Test
    void the_page_says_that_the_store_is_behind_and_calls_no_device_offline_for_it() throws Exception {
        try (var server = TestServers.start(directory.resolve("behind"));
                var browser = chromium("behind-profile");
                var fleet = fleet(server, 50)) {
            browser.size(1440, 900, false);
            browser.open(address(server, "/"));
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(online(browser, server)).isEqualTo(50));
            long engine = server.store().enginePid().orElseThrow();
            signal("STOP", engine);
            try {
                Awaitility.await()
                        .atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(overview(browser, server)
                                        .path("store")
                                        .path("state")
                                        .asText())
                                .isEqualTo("behind"));
                Awaitility.await()
                        .atMost(Duration.ofSeconds(2))
                        .untilAsserted(() -> assertThat(browser.text()).contains("The store is behind"));
                browser.screenshot(SCREENSHOTS.resolve("fleet-behind.png"));
                assertThat(online(browser, server)).isEqualTo(50);

                browser.open(address(server, "/dead-letters"));
                Awaitility.await()
                        .atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(browser.text()).contains("This could not be loaded"));
            } finally {
                signal("CONT", engine);
            }
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(browser.text())
                            .doesNotContain("The store is behind", "This could not be loaded"));
            fleet.stop();
            assertThat(fleet.await().unacked()).isZero();
        }
    }

    @Test
    void the_page_says_that_the_server_is_away_and_keeps_what_it_knew() throws Exception {
        try (var browser = chromium("away-profile")) {
            try (var server = TestServers.start(directory.resolve("away"));
                    var fleet = fleet(server, 20)) {
                browser.size(1440, 900, false);
                browser.open(address(server, "/"));
                Awaitility.await()
                        .atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(browser.text()).contains("20 devices"));
                fleet.stop();
                fleet.await();
            }

            Awaitility.await()
                    .atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThat(browser.text())
                            .contains("No connection to the server", "Everything below is from before", "20 devices"));
            browser.screenshot(SCREENSHOTS.resolve("fleet-away.png"));
        }
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void without_a_device_the_page_says_how_to_publish() throws Exception {
        try (var server = TestServers.start(directory.resolve("empty"));
                var browser = chromium("empty-profile")) {
            browser.open(address(server, "/devices"));

            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(browser.text()).contains("mosquitto_pub"));
            assertThat(browser.errors()).isEmpty();
        }
    }

    private static int online(Chromium browser, TelltaleServer server) {
        return overview(browser, server).path("devices").path("online").asInt();
    }

    private static JsonNode overview(Chromium browser, TelltaleServer server) {
        return browser.evaluate("""
                (() => { const request = new XMLHttpRequest();
                         request.open('GET', '%s', false); request.send();
                         return JSON.parse(request.responseText); })()""".formatted(address(server, "/api/v1/overview")));
    }

    private static SimulatedFleet fleet(TelltaleServer server, int devices) {
        return SimulatedFleet.start(
                TestServers.HOME,
                server.mqttPort(),
                directory.resolve("ledger.json"),
                List.of("--devices=" + devices, "--rate=" + devices, "--faults", "--quiet"));
    }

    private static Chromium chromium(String profile) throws IOException {
        return new Chromium(Chromium.executable().orElseThrow(), Files.createDirectories(directory.resolve(profile)));
    }

    private static String address(TelltaleServer server, String path) {
        return "http://127.0.0.1:" + server.httpPort() + path;
    }
}
