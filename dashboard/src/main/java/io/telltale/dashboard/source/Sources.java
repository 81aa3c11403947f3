package io.telltale.dashboard.source;

import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Everything the dashboard asks of others.
///
/// @param store at once, from memory
/// @param readiness by name, what must hold for the server to take messages; each answers at once, from memory
public record Sources(
        SeriesSource series,
        AnomalySource anomalies,
        DeadLetters deadLetters,
        FeedbackBook feedback,
        Supplier<StoreState> store,
        Map<String, BooleanSupplier> readiness) {
    public Sources {
        readiness = Map.copyOf(readiness);
    }
}
