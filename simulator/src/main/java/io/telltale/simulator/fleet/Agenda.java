package io.telltale.simulator.fleet;

/// Who is due next: a binary heap over the devices of one event loop. Among those due at once the one with the
/// lowest number goes first.
final class Agenda {
    private final long[] nanos;
    private final int[] who;
    private int size;

    Agenda(int devices) {
        nanos = new long[devices];
        who = new int[devices];
    }

    void add(int number, long dueNanos) {
        int at = size++;
        while (at > 0 && isBefore(dueNanos, number, (at - 1) / 2)) {
            move((at - 1) / 2, at);
            at = (at - 1) / 2;
        }
        nanos[at] = dueNanos;
        who[at] = number;
    }

    /// When the next one is due.
    long nanos() {
        return size == 0 ? Long.MAX_VALUE : nanos[0];
    }

    int next() {
        return who[0];
    }

    /// The next one is due again then.
    void reschedule(long dueNanos) {
        int number = who[0];
        int at = 0;
        while (true) {
            int child = 2 * at + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && isBefore(nanos[child + 1], who[child + 1], child)) {
                child++;
            }
            if (isBefore(dueNanos, number, child)) {
                break;
            }
            move(child, at);
            at = child;
        }
        nanos[at] = dueNanos;
        who[at] = number;
    }

    private boolean isBefore(long dueNanos, int number, int than) {
        return dueNanos < nanos[than] || (dueNanos == nanos[than] && number < who[than]);
    }

    private void move(int from, int to) {
        nanos[to] = nanos[from];
        who[to] = who[from];
    }
}
