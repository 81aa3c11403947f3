package io.telltale.dashboard.live;

import java.time.Duration;

/// Bounds of the live view, each for one browser unless it says otherwise.
///
/// @param maxSessions browsers connected at once
/// @param frameInterval between two frames of changes
/// @param maxPointsPerFrame points kept of each watched device between two frames
/// @param maxAnomaliesPerFrame anomalies kept between two frames
/// @param maxRequestLength characters of one message from a browser
/// @param keepAlive how long a connection may be silent before it is pinged
public record LiveSettings(
        int maxSessions,
        Duration frameInterval,
        int maxPointsPerFrame,
        int maxAnomaliesPerFrame,
        int maxRequestLength,
        Duration keepAlive) {}
