package io.telltale.devices;

import io.telltale.analytics.model.DeviceHistory;
import io.telltale.analytics.model.DeviceId;
import java.util.concurrent.CompletionStage;

/// What is stored of a device, for its recovery. Must not block; a failure is tried again.
@FunctionalInterface
public interface History {
    CompletionStage<DeviceHistory> load(DeviceId device);
}
