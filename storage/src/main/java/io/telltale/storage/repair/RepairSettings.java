package io.telltale.storage.repair;

import java.time.Duration;

/// @param every pause between two rounds
/// @param maxWindows late windows that one round looks at
public record RepairSettings(Duration every, int maxWindows) {}
