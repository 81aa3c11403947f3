package io.telltale.devices.state;

import io.telltale.analytics.model.DeviceId;
import java.util.regex.Pattern;

/// Devices that are alike, by what their ids look like.
///
/// @param name for people
/// @param ids where `*` stands for any characters
/// @param correlations whether metrics of a device that move together are held against each other
/// @param peers whether a device is held against the others
public record DeviceType(String name, String ids, boolean correlations, boolean peers) {
    /// What is of no type.
    public static final DeviceType NONE = new DeviceType("devices", "*", false, false);

    public DeviceType {
        if (name.isBlank() || ids.isBlank()) {
            throw new IllegalArgumentException("expected a name and ids, got '" + name + "' and '" + ids + "'");
        }
    }

    boolean has(DeviceId device) {
        var pattern = new StringBuilder();
        for (var part : ids.split("((?<=\\*)|(?=\\*))", -1)) {
            pattern.append(part.equals("*") ? ".*" : Pattern.quote(part));
        }
        return Pattern.matches(pattern.toString(), device.value());
    }
}
