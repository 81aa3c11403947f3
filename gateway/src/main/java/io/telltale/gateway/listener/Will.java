package io.telltale.gateway.listener;

import java.time.Duration;

/// What a device wants said when it goes without a word.
///
/// @param delay how long to wait for its return before saying it
record Will(String topic, byte[] payload, Duration delay) {}
