package io.telltale.simulator.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.telltale.simulator.report.MessageKind;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class InFlightTest {
    @Test
    void acks_in_order_make_room_for_ever() {
        var inFlight = new InFlight(64);
        for (int i = 0; i < 200_000; i++) {
            int id = inFlight.nextPacketId();
            assertThat(id).isBetween(1, 65_535);
            add(inFlight, i);
            if (inFlight.isFull()) {
                int oldest = Math.floorMod(id - 64, 65_535) + 1;
                int index = inFlight.find(oldest);
                assertThat(inFlight.intendedNanos(index)).isEqualTo(i - 63);
                inFlight.remove(index);
            }
        }
    }

    @Test
    void an_ack_out_of_order_frees_no_room_before_the_oldest_comes() {
        var inFlight = new InFlight(2);
        add(inFlight, 1);
        add(inFlight, 2);

        inFlight.remove(inFlight.find(2));
        assertThat(inFlight.isFull()).isTrue();

        inFlight.remove(inFlight.find(1));
        assertThat(inFlight.isFull()).isFalse();
    }

    @Test
    void unknown_and_repeated_acks_find_nothing() {
        var inFlight = new InFlight(4);
        add(inFlight, 1);
        add(inFlight, 2);
        inFlight.remove(inFlight.find(2));

        assertThat(inFlight.find(2)).isEqualTo(-1);
        assertThat(inFlight.find(3)).isEqualTo(-1);
        assertThat(inFlight.find(0)).isEqualTo(-1);
        assertThat(inFlight.find(65_535)).isEqualTo(-1);
    }

    @Test
    void what_waits_is_told_in_the_order_of_sending() {
        var inFlight = new InFlight(10);
        for (int i = 1; i <= 5; i++) {
            add(inFlight, i);
        }
        inFlight.remove(inFlight.find(2));
        var seen = new ArrayList<Byte>();

        inFlight.forEach(packet -> seen.add(packet.getByte(0)));

        assertThat(seen).containsExactly((byte) 1, (byte) 3, (byte) 4, (byte) 5);
    }

    private static void add(InFlight inFlight, int number) {
        inFlight.add(Unpooled.wrappedBuffer(new byte[] {(byte) number}), MessageKind.TELEMETRY, 0, 1, number, number);
    }
}
