package io.telltale.analytics.model;

/// Whatever walks the line from a door to the store. Nothing is filtered out on the way: an element that
/// disappears is an ack that never comes.
public sealed interface Inbound permits Inbound.ForDevice, DeadLetter {

    /// What is asked of a device.
    sealed interface ForDevice extends Inbound permits Report, PresenceReport, Silence, Replay {
        DeviceId device();

        /// Processing time: when it reached us, milliseconds since 1970.
        long arrivalMillis();
    }
}
