package io.telltale.devices;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.telltale.analytics.model.Inbound;
import io.telltale.analytics.model.Outcome;
import io.telltale.analytics.model.Point;
import io.telltale.analytics.model.PresenceReport;
import io.telltale.analytics.model.Replay;
import io.telltale.analytics.model.Report;
import io.telltale.analytics.model.Silence;
import java.io.IOException;
import java.io.NotSerializableException;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/// What devices and those who ask them say to each other across nodes, in CBOR. Fields that a newer node added are
/// passed over, so that a cluster can be upgraded node by node. Thread-safe.
public final class DeviceSerializer extends SerializerWithStringManifest {
    private static final int IDENTIFIER = 742_001; // unique among the serializers of a cluster, for ever
    private static final String ASK = "A";
    private static final String CONFIRM = "C";
    private static final String ANSWER = "R";
    private static final String HEED = "H";

    private static final ObjectMapper CBOR = CBORMapper.builder()
            .addModule(new Jdk8Module())
            .addMixIn(Inbound.ForDevice.class, Named.class)
            .addMixIn(Point.class, Named.class)
            .addMixIn(Outcome.class, Named.class)
            .build()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    static {
        CBOR.registerSubtypes(Report.class, PresenceReport.class, Silence.class, Replay.class);
        CBOR.registerSubtypes(Point.Numeric.class, Point.Text.class);
        CBOR.registerSubtypes(Outcome.Processed.class, Outcome.Rejected.class);
    }

    /// Which of a sealed interface's records it is.
    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME)
    private interface Named {}

    private record PortableAsk(long number, Inbound.ForDevice inbound, String replyTo) {}

    private final ActorRefResolver refs;

    /// Made by Pekko.
    public DeviceSerializer(ExtendedActorSystem system) {
        refs = ActorRefResolver.get(Adapter.toTyped(system));
    }

    @Override
    public int identifier() {
        return IDENTIFIER;
    }

    @Override
    public String manifest(Object message) {
        return switch (message) {
            case Device.Ask _ -> ASK;
            case Device.Confirm _ -> CONFIRM;
            case Device.Answer _ -> ANSWER;
            case Device.Heed _ -> HEED;
            default -> throw new IllegalArgumentException("no message between nodes: " + message.getClass());
        };
    }

    @Override
    public byte[] toBinary(Object message) {
        try {
            return switch (message) {
                case Device.Ask(long number, Inbound.ForDevice inbound, ActorRef<Device.Answer> replyTo) ->
                    CBOR.writeValueAsBytes(new PortableAsk(number, inbound, refs.toSerializationFormat(replyTo)));
                default -> CBOR.writeValueAsBytes(message);
            };
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot be sent to another node: " + message.getClass(), e);
        }
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
        try {
            return switch (manifest) {
                case ASK -> {
                    var ask = CBOR.readValue(bytes, PortableAsk.class);
                    yield new Device.Ask(ask.number(), ask.inbound(), refs.resolveActorRef(ask.replyTo()));
                }
                case CONFIRM -> CBOR.readValue(bytes, Device.Confirm.class);
                case HEED -> CBOR.readValue(bytes, Device.Heed.class);
                case ANSWER -> CBOR.readValue(bytes, Device.Answer.class);
                // Pekko drops such a message with a warning; the asker's deadline sees to the rest.
                default -> throw new NotSerializableException("unknown kind of message: " + manifest);
            };
        } catch (NotSerializableException e) {
            throw e;
        } catch (IOException e) {
            var unreadable = new NotSerializableException("unreadable message of kind " + manifest);
            unreadable.initCause(e);
            throw unreadable;
        }
    }
}
