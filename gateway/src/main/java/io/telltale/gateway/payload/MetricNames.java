package io.telltale.gateway.payload;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/// The names that stood in one object. Few names are compared one by one, which needs no memory; many go into a set, so
/// that a payload of thousands takes linear time.
final class MetricNames {
    private static final int FEW = 16;

    private final String[] few = new String[FEW];
    private int count;
    private Set<String> many = Set.of();

    /// @return false when the name stood before
    boolean add(String name) {
        if (count < FEW) {
            for (int i = 0; i < count; i++) {
                if (few[i].equals(name)) {
                    return false;
                }
            }
            few[count++] = name;
            return true;
        }
        if (many.isEmpty()) {
            many = new HashSet<>(Arrays.asList(few));
        }
        return many.add(name);
    }

    void clear() {
        count = 0;
        many = Set.of();
    }
}
