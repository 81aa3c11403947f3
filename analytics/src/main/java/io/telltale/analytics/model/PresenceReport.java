package io.telltale.analytics.model;

/// A device, or its last will, says that it came or went.
public record PresenceReport(DeviceId device, long arrivalMillis, boolean online) implements Inbound.ForDevice {}
