package io.telltale.server.bench;

import java.time.Duration;

/// How much is sent, and for how long.
record Load(double messagesPerSecond, int devices, Duration duration) {}
