package io.telltale.simulator.mqtt;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.telltale.simulator.scenario.DeviceType;
import io.telltale.simulator.scenario.DeviceType.Protocol;
import io.telltale.simulator.scenario.Secret;
import java.util.List;
import java.util.Optional;

/// Who connects, and how: texts as the protocol wants them, see [Packets#text].
///
/// @param presence topics on which it says that it comes and goes, each for a device
/// @param qos 0 or 1
/// @param window how many messages may wait for their PUBACK
record Profile(
        byte[] clientId,
        boolean isVersion5,
        int qos,
        int window,
        Optional<Will> will,
        List<byte[]> presence,
        Optional<byte[]> user,
        Optional<byte[]> password) {
    static final byte[] ONLINE = "online".getBytes(US_ASCII);
    static final byte[] OFFLINE = "offline".getBytes(US_ASCII);

    /// What the server publishes when the connection breaks.
    record Will(byte[] topic, byte[] message) {}

    /// @param status topics of the devices behind the connection; a single one has the last will there, several
    /// have none, because a connection has one will only
    static Profile of(
            String clientId,
            DeviceType.Link link,
            List<String> status,
            Optional<String> user,
            Optional<Secret> password) {
        var presence = status.stream().map(Packets::text).toList();
        return new Profile(
                Packets.text(clientId),
                link.protocol() == Protocol.MQTT_5,
                link.qos(),
                link.window(),
                presence.size() == 1
                        ? Optional.of(new Will(presence.getFirst(), Packets.text("offline")))
                        : Optional.empty(),
                presence,
                user.map(name -> Packets.text(name.replace("{device}", clientId))),
                password.map(Secret::revealed).map(Packets::text));
    }
}
