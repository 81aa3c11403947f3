package io.telltale.analytics.model;

/// One metric of one device: the unit of windows, detectors and charts.
public record SeriesKey(DeviceId device, String metric) {}
