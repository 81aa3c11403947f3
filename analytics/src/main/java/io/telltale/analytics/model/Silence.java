package io.telltale.analytics.model;

/// The sweep's question to a device that has said nothing: look at the clock, close what is due.
///
/// @param arrivalMillis the sweep's own time: processing time, milliseconds since 1970
public record Silence(DeviceId device, long arrivalMillis) implements Inbound.ForDevice {}
