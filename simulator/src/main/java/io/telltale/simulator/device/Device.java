package io.telltale.simulator.device;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.telltale.simulator.fault.FaultPlan;
import io.telltale.simulator.fault.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// One device: says at each of its slots what it measures, byte for byte the same for the same seed and times.
///
/// Call [#enter] for each slot in ascending order, then at most one of the writers. Single-threaded.
public final class Device {
    private static final byte[] TIME_PREFIX = "{\"ts\":".getBytes(US_ASCII);
    /// Where a malformed payload breaks off: in the middle of a key, so that no reading of it is JSON.
    private static final byte[] BROKEN_OFF = ",\"tempera".getBytes(US_ASCII);

    private final String id;
    private final Model model;
    private final double[] values;
    private final Optional<FaultPlan> faults;
    private long slot = -1;
    private long timeMillis;

    private Device(String id, Model model, Optional<FaultPlan> faults) {
        this.id = id;
        this.model = model;
        this.values = new double[model.metrics().size()];
        this.faults = faults;
    }

    /// The devices `first` to `first + count - 1`. With faults, values are as without, except where a fault is.
    public static List<Device> fleet(PayloadKind kind, int first, int count, long seed, Optional<Faults> faults) {
        var seeds = new SplittableRandom(seed);
        var devices = new ArrayList<Device>(count);
        for (int number = 1; number < first + count; number++) {
            var modelSeed = seeds.split();
            var faultSeed = seeds.split();
            if (number >= first) {
                var id = kind.deviceId(number);
                var model = kind.model(number, modelSeed);
                devices.add(new Device(id, model, faults.map(some -> planFor(some, faultSeed, id, model))));
            }
        }
        return devices;
    }

    private static FaultPlan planFor(Faults faults, SplittableRandom random, String id, Model model) {
        var names = model.metrics().stream().map(Metric::name).toArray(String[]::new);
        var spreads = model.metrics().stream().mapToDouble(Metric::spread).toArray();
        return new FaultPlan(random, faults, id, names, spreads);
    }

    public String id() {
        return id;
    }

    /// How many values a well-formed payload holds.
    public int pointsPerMessage() {
        return values.length;
    }

    /// Moves to a slot with its event time and measures.
    ///
    /// @return whether there is anything to say: `false` in a gap
    public boolean enter(long nextSlot, long millis) {
        slot = nextSlot;
        timeMillis = millis;
        model.sample(millis, values);
        if (faults.isEmpty()) {
            return true;
        }
        var plan = faults.get();
        plan.enter(slot, millis);
        for (int i = 0; i < values.length; i++) {
            values[i] = plan.apply(i, slot, values[i]);
        }
        return !plan.isSilent();
    }

    /// The payload of this slot.
    public void write(ByteBuf out) {
        writeTime(out);
        var metrics = model.metrics();
        for (int i = 0; i < values.length; i++) {
            metrics.get(i).write(out, values[i]);
        }
        out.writeByte('}');
    }

    /// What a device with a failing line would send: the payload, cut off.
    public void writeMalformed(ByteBuf out) {
        writeTime(out);
        out.writeBytes(BROKEN_OFF);
    }

    /// The run is over: an open fault gets its label.
    public void finish() {
        faults.ifPresent(FaultPlan::finish);
    }

    private void writeTime(ByteBuf out) {
        out.writeBytes(TIME_PREFIX);
        Decimals.write(out, timeMillis, 0);
    }
}
