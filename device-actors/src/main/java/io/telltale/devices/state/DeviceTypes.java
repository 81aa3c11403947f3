package io.telltale.devices.state;

import io.telltale.analytics.model.DeviceId;
import java.time.Duration;
import java.util.List;

/// Which devices are alike.
///
/// @param all the first that a device is of counts
/// @param peersEvery over which a device's mean is held against those of its peers
public record DeviceTypes(List<DeviceType> all, Duration peersEvery) {
    public DeviceTypes {
        all = List.copyOf(all);
    }

    DeviceType of(DeviceId device) {
        for (DeviceType type : all) {
            if (type.has(device)) {
                return type;
            }
        }
        return DeviceType.NONE;
    }
}
