package io.telltale.gateway.payload;

import io.telltale.analytics.model.DeadLetter;
import io.telltale.analytics.model.DeadLetter.Reason;
import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.Inbound;
import io.telltale.analytics.model.PresenceReport;
import io.telltale.analytics.model.Silence;
import io.telltale.gateway.GatewaySettings;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.UUID;

/// Reads a topic and its payload as `docs/wire-format.md` says. Takes any bytes, in time linear to their number; what
/// it cannot read becomes a [DeadLetter]. Free to share between threads.
public final class InboundDecoder {
    private static final String TELEMETRY = "telemetry/";
    private static final String STATUS = "status/";
    private static final byte[] ONLINE = "online".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OFFLINE = "offline".getBytes(StandardCharsets.US_ASCII);

    private final GatewaySettings.Payload limits;
    private final TelemetryReader telemetryReader;

    public InboundDecoder(GatewaySettings.Payload limits) {
        this.limits = limits;
        this.telemetryReader = new TelemetryReader(limits);
    }

    /// @param arrivalMillis processing time, milliseconds since 1970
    /// @param door the name of the door it came by
    public Inbound decode(String topic, byte[] payload, long arrivalMillis, String door) {
        return switch (read(topic, payload, arrivalMillis)) {
            case Reading.Understood(var inbound) -> inbound;
            case Reading.Refused(var reason, var detail, var byteOffset) ->
                new DeadLetter(
                        UUID.randomUUID(),
                        arrivalMillis,
                        door,
                        topic,
                        payload,
                        reason,
                        detail,
                        byteOffset,
                        OptionalLong.empty());
        };
    }

    private Reading read(String topic, byte[] payload, long arrivalMillis) {
        if (payload.length > limits.maxBytes()) {
            return Reading.Refused.asAWhole(
                    Reason.TOO_LARGE,
                    "payload: expected at most " + limits.maxBytes() + " bytes, got " + payload.length);
        }
        boolean isTelemetry = topic.startsWith(TELEMETRY);
        if (!isTelemetry && !topic.startsWith(STATUS)) {
            return Reading.Refused.asAWhole(
                    Reason.UNKNOWN_TOPIC, "topic: expected telemetry/{device} or status/{device}");
        }
        DeviceId device;
        try {
            device = new DeviceId(topic.substring(isTelemetry ? TELEMETRY.length() : STATUS.length()));
        } catch (IllegalArgumentException brokenRule) {
            return Reading.Refused.asAWhole(Reason.UNKNOWN_TOPIC, String.valueOf(brokenRule.getMessage()));
        }
        return isTelemetry
                ? telemetryReader.read(device, payload, arrivalMillis)
                : status(device, payload, arrivalMillis);
    }

    private static Reading status(DeviceId device, byte[] payload, long arrivalMillis) {
        if (Arrays.equals(payload, ONLINE)) {
            return new Reading.Understood(new PresenceReport(device, arrivalMillis, true));
        }
        if (Arrays.equals(payload, OFFLINE)) {
            return new Reading.Understood(new PresenceReport(device, arrivalMillis, false));
        }
        // An empty retained message only clears the one before, and whoever clears it need not be the device.
        if (payload.length == 0) {
            return new Reading.Understood(new Silence(device, arrivalMillis));
        }
        return Reading.Refused.asAWhole(Reason.INVALID_VALUE, "status: expected the text online or offline");
    }
}
