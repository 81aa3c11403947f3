package io.telltale.simulator.check;

import io.telltale.simulator.device.Identity;
import io.telltale.simulator.fleet.Ending;
import io.telltale.simulator.fleet.FleetRun;
import io.telltale.simulator.report.Accounts;
import io.telltale.simulator.report.Detection;
import io.telltale.simulator.report.Observations;
import io.telltale.simulator.report.Quantiles;
import io.telltale.simulator.report.Reconciliation;
import io.telltale.simulator.report.RunReport;
import io.telltale.simulator.scenario.Scenario;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/// What is looked at from outside of the publishing connections: while a run lasts, and when it is over. One
/// thread.
public final class Checks implements AutoCloseable {
    /// What there is to see of a server while a run lasts.
    ///
    /// @param pageMillis to an open page so far; `storedMillis` likewise
    public record Sight(
            Optional<ServerApi.Overview> server, Optional<Quantiles> pageMillis, Optional<Quantiles> storedMillis) {}

    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(1);
    private static final double REACH_MILLIS = 60_000;
    private static final Duration SUBSCRIBER_PAUSE = Duration.ofMillis(20);

    private final FleetRun run;
    private final Optional<ServerApi> api;
    private final Optional<SubscriberProbe> subscriber;
    private final Optional<PageProbe> page;
    private final Optional<StoredProbe> stored;
    private final Optional<OverviewProbe> overview;
    private final Duration slack;
    private final Duration settle;
    private final Duration reachesBack;
    private final double speed;
    private Optional<Reconciler.Found> found = Optional.empty();

    /// @param isSubscribing whether to listen as an MQTT client at the server that is published to
    /// @param slack how long after a fault a report may still find it
    /// @param settle how long at most to wait for the server to say no more
    /// @throws IllegalStateException if it cannot subscribe
    public Checks(
            FleetRun run,
            Scenario scenario,
            Optional<ServerApi> api,
            boolean isSubscribing,
            Duration slack,
            Duration settle) {
        this.run = run;
        this.api = api;
        this.slack = slack;
        this.settle = settle;
        this.reachesBack = scenario.reachesBack();
        this.speed = scenario.speed();
        // Event times of long ago say nothing of how long something took.
        var live = api.filter(some -> reachesBack.isZero());
        this.subscriber =
                isSubscribing ? Optional.of(new SubscriberProbe(scenario, this::ageMicros)) : Optional.empty();
        var watched = run.identities().stream().limit(PageProbe.MOST_DEVICES).toList();
        this.page = live.map(some -> new PageProbe(
                some, watched.stream().map(identity -> identity.id()).toList(), this::ageMicros));
        this.stored = live.map(some -> new StoredProbe(
                some,
                watched.getFirst().id(),
                watched.getFirst().metrics().getFirst(),
                run::startMillis,
                Math.round(REACH_MILLIS * speed),
                this::ageMicros));
        this.overview = api.map(OverviewProbe::new);
    }

    private long ageMicros(long eventMillis) {
        long sinceStart = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - run.startNanos());
        return sinceStart - Math.round(1e3 * (eventMillis - run.startMillis()) / speed);
    }

    /// The report with what was seen, and what the server says of it. Asks until the server says no more.
    ///
    /// @throws IOException if the server cannot be asked
    public RunReport complete(RunReport report, Ending.Finished ending) throws IOException, InterruptedException {
        Optional<Reconciliation> reconciled = Optional.empty();
        Optional<Detection> detected = Optional.empty();
        awaitSubscriber(report);
        if (api.isPresent()) {
            found = Optional.of(found(api.get(), report, ending));
            reconciled = found.map(Reconciler.Found::sum);
            detected = Optional.of(Judge.judge(
                    run.identities().stream().map(Identity::id).collect(Collectors.toSet()),
                    report.endMillis() - from(report),
                    run.labels().inOrder(),
                    anomalies(api.get(), report),
                    slack.toMillis()));
        }
        return report.with(seen(), reconciled, detected);
    }

    /// The last messages may be on their way from the server still.
    private void awaitSubscriber(RunReport report) throws InterruptedException {
        long deadline = System.nanoTime() + settle.toNanos();
        while (subscriber.filter(some -> some.count() < report.acked()).isPresent()
                && System.nanoTime() - deadline < 0) {
            Thread.sleep(SUBSCRIBER_PAUSE);
        }
    }

    /// What is seen of the server at the moment.
    public Sight sight() {
        return new Sight(
                overview.flatMap(OverviewProbe::latest),
                page.flatMap(PageProbe::latency),
                stored.flatMap(StoredProbe::latency));
    }

    /// What was seen while the run lasted.
    public Map<String, Histogram> seen() {
        var seen = new TreeMap<String, Histogram>();
        subscriber.ifPresent(some -> seen.put(Observations.SUBSCRIBER, some.histogram()));
        page.ifPresent(some -> seen.put(Observations.PAGE, some.histogram()));
        stored.ifPresent(some -> seen.put(Observations.STORED, some.histogram()));
        return seen;
    }

    /// The accounts, with what the server has of each device if it was asked.
    public List<Accounts.Account> accounts(Ending.Finished ending) {
        return found.map(Reconciler.Found::devices).orElse(ending.devices());
    }

    private Reconciler.Found found(ServerApi server, RunReport report, Ending.Finished ending)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + settle.toNanos();
        while (true) {
            var result = Reconciler.reconcile(
                    server,
                    report,
                    run.identities(),
                    ending.devices(),
                    from(report),
                    run.wallStartMillis(),
                    System.currentTimeMillis() + 1);
            if (result.sum().lost() == 0 || System.nanoTime() - deadline >= 0) {
                return result;
            }
            Thread.sleep(BETWEEN_QUESTIONS);
        }
    }

    private long from(RunReport report) {
        return report.startMillis() - reachesBack.toMillis();
    }

    private List<ServerApi.Anomaly> anomalies(ServerApi server, RunReport report)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + settle.toNanos();
        var latest = server.anomalies(from(report), report.endMillis() + slack.toMillis());
        while (System.nanoTime() - deadline < 0) {
            Thread.sleep(BETWEEN_QUESTIONS);
            int before = latest.size();
            latest = server.anomalies(from(report), report.endMillis() + slack.toMillis());
            if (latest.size() == before) {
                break;
            }
        }
        return latest;
    }

    @Override
    public void close() {
        subscriber.ifPresent(SubscriberProbe::close);
        page.ifPresent(PageProbe::close);
        stored.ifPresent(StoredProbe::close);
        overview.ifPresent(OverviewProbe::close);
        api.ifPresent(ServerApi::close);
    }
}
