package io.telltale.dashboard.devices;

import io.telltale.analytics.model.Presence;
import java.util.List;
import java.util.Optional;

/// One page of a list of devices.
///
/// @param total how many match in all
public record DeviceListing(List<DeviceRow> rows, int total) {
    public DeviceListing {
        rows = List.copyOf(rows);
    }

    /// @param part of the id, in any case; every id has the empty part
    /// @param presence any when empty
    /// @param page from 1
    /// @param size rows in a page, 1 or more
    public record Request(String part, Optional<Presence> presence, Sort sort, int page, int size) {
        public Request {
            if (page < 1 || size < 1) {
                throw new IllegalArgumentException(
                        "expected a page and a size of at least 1, got " + page + ", " + size);
            }
        }

        long offset() {
            return (page - 1L) * size;
        }
    }

    /// Devices that are equal under the first word follow by id.
    public enum Sort {
        ID,
        ID_DESCENDING,
        LAST_SEEN,
        LAST_SEEN_DESCENDING,
        ANOMALIES,
        ANOMALIES_DESCENDING
    }
}
