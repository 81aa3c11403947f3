package io.telltale.devices;

import static org.assertj.core.api.Assertions.assertThat;

import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.Report;
import java.util.List;
import org.apache.pekko.actor.DeadLetter;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.eventstream.EventStream;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ForwarderTest {
    private final ActorTestKit kit = ActorTestKit.create();
    private final TestProbe<ShardingEnvelope<Device.Command>> region = kit.createTestProbe();

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void a_question_to_a_device_that_has_gone_is_asked_again_by_the_sharding_and_answered_by_mail() {
        var forwarder = kit.spawn(Forwarder.to(region.ref()));
        kit.system().eventStream().tell(new EventStream.Subscribe<>(DeadLetter.class, forwarder));
        TestProbe<Device.Answer> mail = kit.createTestProbe();
        var device = kit.<Device.Command>spawn(Behaviors.ignore());
        kit.stop(device);

        var report = new Report(new DeviceId("meter-1"), 0, List.of());
        device.tell(new Device.NearAsk(7, report, new Answers(() -> {}), mail.ref()));

        var envelope = region.receiveMessage();
        assertThat(envelope.entityId()).isEqualTo("meter-1");
        assertThat(envelope.message()).isEqualTo(new Device.Ask(7, report, mail.ref()));
    }
}
