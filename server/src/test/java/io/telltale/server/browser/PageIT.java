package io.telltale.server.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.telltale.server.TelltaleServer;
import io.telltale.server.TestServers;
import io.telltale.server.trial.SimulatedFleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
            for (var view : Map.of(
                            "fleet", "/",
                            "devices", "/devices",
                            "device", "/devices/meter-000001",
                            "anomalies", "/anomalies",
                            "dead-letters", "/dead-letters")
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
                        .untilAsserted(() -> assertThat(browser.text()).contains("The store is behind"));
                browser.screenshot(SCREENSHOTS.resolve("fleet-behind.png"));
                assertThat(online(browser, server)).isEqualTo(50);
            } finally {
                signal("CONT", engine);
            }
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(browser.text()).doesNotContain("The store is behind"));
            fleet.stop();
            assertThat(fleet.await().unacked()).isZero();
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
        return browser.evaluate("""
                (() => { const request = new XMLHttpRequest();
                         request.open('GET', '%s', false); request.send();
                         return JSON.parse(request.responseText).devices.online; })()""".formatted(address(server, "/api/v1/overview")))
                .asInt();
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
