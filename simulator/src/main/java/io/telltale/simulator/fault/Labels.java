package io.telltale.simulator.fault;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Every fault that was injected: counted, and kept where somebody will ask for them. Thread-safe.
public final class Labels implements Consumer<Label> {
    private static final Comparator<Label> BY_TIME = Comparator.comparingLong(Label::startMillis)
            .thenComparing(Label::device)
            .thenComparing(Label::metric)
            .thenComparing(Label::kind);

    private final boolean isKept;
    private final List<Label> kept = new ArrayList<>();
    private final Map<FaultKind, Long> counts = new EnumMap<>(FaultKind.class);

    /// @param isKept whether [#inOrder] will be asked; some 100 bytes for each fault
    public Labels(boolean isKept) {
        this.isKept = isKept;
    }

    @Override
    public synchronized void accept(Label label) {
        counts.merge(label.kind(), 1L, Long::sum);
        if (isKept) {
            kept.add(label);
        }
    }

    public synchronized Map<FaultKind, Long> counts() {
        return new EnumMap<>(counts);
    }

    /// By time, then device: the same on any number of threads.
    public synchronized List<Label> inOrder() {
        return kept.stream().sorted(BY_TIME).toList();
    }
}
