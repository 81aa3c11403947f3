package io.telltale.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The overview, the list of devices, and one of them.
class FleetIT {
    private static final SettableClock CLOCK = new SettableClock();
    private static final Contract CONTRACT = new Contract();

    @RegisterExtension
    static final RunningDashboard server = Boilers.dashboard(CLOCK);

    @Test
    void the_overview_counts_devices_and_says_how_the_store_is() {
        var overview = CONTRACT.ok("Overview", server.get("/api/v1/overview"));

        assertThat(overview.at("/devices/online").asInt()).isEqualTo(2);
        assertThat(overview.at("/devices/stale").asInt()).isEqualTo(1);
        assertThat(overview.at("/devices/offline").asInt()).isEqualTo(1);
        assertThat(overview.at("/anomaliesLastHour").asInt()).isEqualTo(1);
        assertThat(overview.at("/ingestLagMillis").asInt()).isEqualTo(42);
        assertThat(overview.at("/store/waitingRows").asInt()).isEqualTo(7);
        assertThat(overview.at("/store/state").asText()).isEqualTo("up");
    }

    @Test
    void devices_are_listed_filtered_and_paged() {
        var page = CONTRACT.ok("DevicePage", server.get("/api/v1/devices?query=BOILER&sort=-id&page=1&size=1"));

        assertThat(page.at("/total").asInt()).isEqualTo(2);
        assertThat(page.at("/items")).hasSize(1);
        assertThat(page.at("/items/0/id").asText()).isEqualTo("boiler-2");
        assertThat(CONTRACT.ok("DevicePage", server.get("/api/v1/devices?status=stale"))
                        .at("/items/0/latest/1/value")
                        .asDouble())
                .isEqualTo(61.5);
    }

    @Test
    void a_device_is_shown_with_every_metric() {
        var device = CONTRACT.ok("Device", server.get("/api/v1/devices/boiler-1"));

        assertThat(device.at("/status").asText()).isEqualTo("stale");
        assertThat(device.at("/latest/0/text").asText()).isEqualTo("1.4.2");
        assertThat(device.at("/lastSeenMillis").asLong()).isEqualTo(CLOCK.millis());
    }

    @Test
    void a_device_without_points_has_no_last_event_time() {
        var device = CONTRACT.ok("Device", server.get("/api/v1/devices/k%C3%BCche%201"));

        assertThat(device.has("lastEventTimeMillis")).isFalse();
    }

    @Test
    void a_device_never_heard_of_is_not_found() {
        CONTRACT.problem(404, server.get("/api/v1/devices/nobody"), "there is no device nobody");
    }

    @Test
    void while_known_devices_are_being_read_an_unknown_one_may_be_among_them() {
        server.hub.index().beginLoading();
        assertThat(CONTRACT.ok("Overview", server.get("/api/v1/overview"))
                        .at("/devices/loading")
                        .asBoolean())
                .isTrue();
        CONTRACT.problem(
                503,
                server.get("/api/v1/devices/nobody"),
                "the devices from before the start are still being read; ask again soon");

        server.hub.index().endLoading();
        assertThat(CONTRACT.ok("Overview", server.get("/api/v1/overview"))
                        .at("/devices/loading")
                        .asBoolean())
                .isFalse();
        CONTRACT.problem(404, server.get("/api/v1/devices/nobody"), "there is no device nobody");
    }
}
