package io.telltale.simulator.fleet;

import io.telltale.simulator.device.Device;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which devices share a connection: those of one type and one site, as many as the type says, in the order of
/// the fleet.
final class Connections {
    private record Kind(String type, int site) {}

    private final List<List<Integer>> groups = new ArrayList<>();
    private final Map<Kind, List<Integer>> open = new HashMap<>();

    Connections(List<Device> devices) {
        for (int place = 0; place < devices.size(); place++) {
            var identity = devices.get(place).identity();
            var type = identity.type();
            var kind = new Kind(type.name(), type.siteOf(identity.number()));
            var group = open.get(kind);
            if (group == null || group.size() == type.link().devices()) {
                group = new ArrayList<>(1);
                groups.add(group);
                open.put(kind, group);
            }
            group.add(place);
        }
    }

    /// Places in the fleet.
    List<List<Integer>> groups() {
        return groups;
    }
}
