package io.telltale.analytics.model;

import java.util.List;
import java.util.Optional;

/// One page of what a search found.
///
/// @param total how many match in all
public record Found<T>(List<T> items, long total) {
    public Found {
        items = List.copyOf(items);
    }

    /// A search over things that happened, newest first.
    ///
    /// @param device of any device when empty
    /// @param fromMillis inclusive, milliseconds since 1970
    /// @param toMillis exclusive
    /// @param offset how many to skip
    /// @param limit 1 to 1,000
    public record Query(Optional<DeviceId> device, long fromMillis, long toMillis, int offset, int limit) {
        public static final int MAX_LIMIT = 1000;

        public Query {
            if (limit < 1 || limit > MAX_LIMIT) {
                throw new IllegalArgumentException("limit: expected 1 to " + MAX_LIMIT + ", got " + limit);
            }
            if (offset < 0) {
                throw new IllegalArgumentException("offset: expected 0 or more, got " + offset);
            }
        }
    }
}
