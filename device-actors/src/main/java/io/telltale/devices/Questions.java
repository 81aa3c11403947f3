package io.telltale.devices;

import io.telltale.analytics.model.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Questions under way, numbered as they are asked. They are answered in any order and taken out in the order of
/// asking. A ring of slots that are used again and again. Not thread-safe.
final class Questions<E> {
    private final List<Slot<E>> ring;
    private long asked;
    private long taken;

    private static final class Slot<E> {
        private @Nullable E element;
        private @Nullable Outcome outcome;
        private long askedNanos;
    }

    /// What was asked, with its answer.
    record Answered<E>(E element, Outcome outcome) {}

    /// @param capacity the most that are under way at once, 1 or more
    Questions(int capacity) {
        ring = new ArrayList<>(capacity);
        for (int i = 0; i < capacity; i++) {
            ring.add(new Slot<>());
        }
    }

    boolean isEmpty() {
        return taken == asked;
    }

    boolean isFull() {
        return asked - taken == ring.size();
    }

    /// @param nowNanos as of [System#nanoTime]
    /// @return the number to answer to
    /// @throws IllegalStateException if it is full
    long ask(E element, long nowNanos) {
        if (isFull()) {
            throw new IllegalStateException("expected at most " + ring.size() + " questions under way");
        }
        var slot = slot(asked);
        slot.element = element;
        slot.askedNanos = nowNanos;
        return asked++;
    }

    /// @return what was asked; null when that is not under way, or was answered before
    @Nullable
    E answer(long number, Outcome outcome) {
        if (number < taken || number >= asked) {
            return null;
        }
        var slot = slot(number);
        if (slot.outcome != null) {
            return null;
        }
        slot.outcome = outcome;
        return slot.element;
    }

    /// Takes out the oldest, if it is answered.
    @Nullable
    Answered<E> next() {
        if (isEmpty()) {
            return null;
        }
        var slot = slot(taken);
        E element = slot.element;
        Outcome outcome = slot.outcome;
        if (element == null || outcome == null) {
            return null;
        }
        slot.element = null;
        slot.outcome = null;
        taken++;
        return new Answered<>(element, outcome);
    }

    /// @return the oldest without an answer if it was asked before `beforeNanos`
    @Nullable
    E overdue(long beforeNanos) {
        for (long number = taken; number < asked; number++) {
            var slot = slot(number);
            if (slot.outcome == null) {
                return slot.askedNanos - beforeNanos < 0 ? slot.element : null;
            }
        }
        return null;
    }

    private Slot<E> slot(long number) {
        return ring.get((int) (number % ring.size()));
    }
}
