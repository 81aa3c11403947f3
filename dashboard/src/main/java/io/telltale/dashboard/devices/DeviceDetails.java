package io.telltale.dashboard.devices;

/// One device as its own page shows it; `row` carries every metric.
///
/// @param duplicates points, since the server started; so are `corrections` and `late`
public record DeviceDetails(DeviceRow row, long firstSeenMillis, long duplicates, long corrections, long late) {}
