package io.telltale.analytics.model;

/// What we believe of a device's connection: heard of lately, silent for too long, or gone.
public enum Presence {
    ONLINE,
    STALE,
    OFFLINE
}
