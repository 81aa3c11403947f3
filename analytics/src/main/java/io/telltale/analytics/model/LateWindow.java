package io.telltale.analytics.model;

/// A stretch of a series in which points were stored that its device did not count: its rollups, of every width, are to
/// be compared with the stored points, and repaired.
///
/// @param widthMillis of the widest window, which is the stretch
/// @param startMillis a whole multiple of the width
/// @param watermarkMillis the device's when it judged the points: what ended before it has closed
public record LateWindow(SeriesKey series, long widthMillis, long startMillis, long watermarkMillis) {}
