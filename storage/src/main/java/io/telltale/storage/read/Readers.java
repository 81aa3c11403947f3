package io.telltale.storage.read;

import io.micrometer.core.instrument.MeterRegistry;
import io.telltale.analytics.model.Anomaly;
import io.telltale.analytics.model.DeadLetter;
import io.telltale.analytics.model.DeviceHistory;
import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.DeviceSnapshot;
import io.telltale.analytics.model.Feedback;
import io.telltale.analytics.model.Found;
import io.telltale.analytics.model.Series;
import io.telltale.storage.clickhouse.Address;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.Done;

/// Every question that may be put to the store. Safe for many threads, blocks none of them.
public final class Readers implements AutoCloseable {
    private final Queries queries;
    private final SeriesReader series;
    private final AnomalyReader anomalies;
    private final LetterReader letters;
    private final DeviceReader devices;
    private final LedgerReader ledger;
    private final FeedbackTable feedback;
    private final Coalescer<DeviceId, DeviceHistory> histories;

    public Readers(ReaderSettings settings, Recovery recovery, Address address, MeterRegistry registry) {
        queries = new Queries(settings, address, registry);
        series = new SeriesReader(queries, recovery);
        anomalies = new AnomalyReader(queries);
        letters = new LetterReader(queries);
        devices = new DeviceReader(queries);
        ledger = new LedgerReader(queries);
        feedback = new FeedbackTable(queries);
        var history = new HistoryReader(queries, devices, feedback, recovery);
        histories = new Coalescer<>(
                "telltale-history",
                Comparator.comparing(DeviceId::value),
                device -> Parameters.bytesAtMost(device.value()),
                Parameters.MAX_BYTES,
                wanted -> queries.ask("history", () -> history.read(wanted)).get());
    }

    public CompletionStage<Series> series(Series.Query query) {
        return queries.ask("series", () -> series.read(query));
    }

    public CompletionStage<Found<Anomaly>> anomalies(Found.Query query) {
        return queries.ask("anomalies", () -> anomalies.find(query));
    }

    public CompletionStage<Found<DeadLetter>> deadLetters(DeadLetter.Filter filter, DeadLetter.Page page) {
        return queries.ask("dead-letters", () -> letters.find(filter, page));
    }

    public CompletionStage<List<DeadLetter>> deadLetters(Collection<UUID> ids) {
        return queries.ask("dead-letters-by-id", () -> letters.find(ids));
    }

    public CompletionStage<Map<DeadLetter.Reason, Long>> deadLetterReasons(DeadLetter.Filter filter) {
        return queries.ask("dead-letter-reasons", () -> letters.countByReason(filter));
    }

    public CompletionStage<Done> forEachDevice(Consumer<DeviceSnapshot> consumer) {
        return queries.ask("devices", () -> {
            devices.forEach(consumer);
            return Done.getInstance();
        });
    }

    public CompletionStage<DeviceHistory> history(DeviceId device) {
        return histories.get(device).thenApply(found -> found.orElseGet(() -> DeviceHistory.none(device)));
    }

    /// @return how many more anomalies of the series are said to be false alarms than to be right
    public CompletionStage<Integer> say(Feedback said) {
        return queries.ask("feedback-say", () -> feedback.say(said));
    }

    public CompletionStage<List<Feedback>> feedback(DeviceId device, long fromMillis, long toMillis) {
        return queries.ask("feedback", () -> feedback.of(device, fromMillis, toMillis));
    }

    public CompletionStage<StoredSince> storedSince(long fromMillis) {
        return queries.ask("stored-since", () -> ledger.read(fromMillis));
    }

    @Override
    public void close() {
        histories.close();
        queries.close();
    }
}
