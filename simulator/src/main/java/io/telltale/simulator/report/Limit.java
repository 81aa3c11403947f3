package io.telltale.simulator.report;

/// A bound that a run was to keep.
///
/// @param limit as it was asked for, `actual` as it came; for people
public record Limit(String name, String limit, String actual, boolean isKept) {}
