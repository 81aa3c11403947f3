package io.telltale.simulator.mqtt;

import java.util.ArrayDeque;

/// Lets so many connects happen at a time and has the others wait in line: a server's backlog of half-open
/// connections is short. Single-threaded.
final class ConnectGate {
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private int free;

    ConnectGate(int permits) {
        free = permits;
    }

    /// Runs `connect` when it is its turn, perhaps at once. It must lead to one [#leave].
    void enter(Runnable connect) {
        if (free > 0) {
            free--;
            connect.run();
        } else {
            waiting.add(connect);
        }
    }

    void leave() {
        var next = waiting.poll();
        if (next == null) {
            free++;
        } else {
            next.run();
        }
    }
}
