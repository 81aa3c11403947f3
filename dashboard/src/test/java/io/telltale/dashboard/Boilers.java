package io.telltale.dashboard;

import static io.telltale.dashboard.Outcomes.alarming;
import static io.telltale.dashboard.Outcomes.heard;
import static io.telltale.dashboard.Outcomes.point;
import static io.telltale.dashboard.Outcomes.snapshot;
import static io.telltale.dashboard.Outcomes.spike;
import static io.telltale.dashboard.Outcomes.swept;
import static io.telltale.dashboard.Outcomes.text;

import io.telltale.analytics.model.Presence;

/// Four devices: a stale boiler, one that has just alarmed, a kitchen that says nothing, and one from before
/// the start.
final class Boilers {
    private Boilers() {}

    /// It has heard of them, and gives up on a store soon.
    static RunningDashboard dashboard(SettableClock clock) {
        var server = new RunningDashboard("limits { query-timeout = 300 ms, concurrent-queries = 4 }", clock);
        long now = clock.millis();
        server.hears(
                heard("boiler-1", now, point("temperature", now - 5, 61.5), text("firmware", now - 5, "1.4.2")),
                heard("boiler-2", now - 1000, point("temperature", now - 1000, 58)),
                alarming("boiler-2", now, spike("boiler-2", now - 1000)),
                heard("küche 1", now));
        server.sweeps(swept("boiler-1", now, Presence.STALE));
        server.hub.index().load(snapshot("old one", Presence.OFFLINE, now - 90_000_000));
        return server;
    }
}
