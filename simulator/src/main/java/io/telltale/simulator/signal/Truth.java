package io.telltale.simulator.signal;

import java.util.Arrays;
import java.util.List;

/// What the metrics of one device truly are at the moment, so that one can follow another. A metric is put before
/// those that follow it ask.
public final class Truth {
    private final List<String> names;
    private final double[] values;

    public Truth(List<String> names) {
        this.names = List.copyOf(names);
        this.values = new double[names.size()];
    }

    public void put(int index, double value) {
        values[index] = value;
    }

    public double get(int index) {
        return values[index];
    }

    /// @throws IllegalArgumentException if there is no such metric
    public int indexOf(String name) {
        int index = names.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("no metric " + name + " among " + names);
        }
        return index;
    }

    @Override
    public String toString() {
        return names + "=" + Arrays.toString(values);
    }
}
