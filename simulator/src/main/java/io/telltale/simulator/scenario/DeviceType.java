package io.telltale.simulator.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One kind of device, and how many of it there are.
///
/// @param id pattern of the device's name; in all patterns `{number}` is the number in the fleet in six digits,
/// `{type}` the type, `{site}` the site; in the topics also `{device}`
/// @param status topic of presence; empty: none is told
/// @param replay where its values come from, instead of its metrics' signals
/// @param sites how many the devices are spread over
/// @param messagesPerSecond of one device
public record DeviceType(
        String name,
        int count,
        String id,
        String topic,
        Optional<String> status,
        int sites,
        double messagesPerSecond,
        Rhythm rhythm,
        Link link,
        PayloadFormat format,
        TimeFormat time,
        List<MetricSpec> metrics,
        Optional<FaultSpec> faults,
        Optional<Replayed> replay) {
    public static final int MAX_DEVICES = 1_000_000;
    /// Event times are whole milliseconds, and no two of a device may be the same.
    public static final double MAX_RATE = 1_000;

    public static final double MIN_RATE = 1.0 / 86_400;
    private static final String NONE = "none";

    /// When messages come.
    public enum Rhythm {
        /// At equal distances.
        EVEN,
        /// At random, independently of each other.
        POISSON
    }

    /// MQTT versions.
    public enum Protocol {
        MQTT_3_1_1,
        MQTT_5;

        static Optional<Protocol> read(Section in, String key) {
            return in.text(key).map(text -> switch (text) {
                case "3.1.1" -> MQTT_3_1_1;
                case "5" -> MQTT_5;
                default -> throw in.refusal(key, "\"3.1.1\" or 5");
            });
        }
    }

    /// How devices are connected.
    ///
    /// @param window how many messages of a connection may wait for their PUBACK
    /// @param devices how many share one connection
    public record Link(Protocol protocol, int qos, int window, int devices) {
        public static final int MAX_WINDOW = 65_535;
        private static final String NO_QOS_2 = "QoS 2 is not spoken here";
        static final Link USUAL = new Link(Protocol.MQTT_3_1_1, 1, 64, 1);

        public Link {
            if (qos < 0 || qos > 1) {
                throw new IllegalArgumentException(
                        "--qos: expected 0 or 1, got " + qos + (qos == 2 ? " (" + NO_QOS_2 + ")" : ""));
            }
            if (window < 1 || window > MAX_WINDOW) {
                throw new IllegalArgumentException("--window: expected 1 to " + MAX_WINDOW + ", got " + window);
            }
            if (devices < 1 || devices > MAX_DEVICES) {
                throw new IllegalArgumentException(
                        "--devices-per-connection: expected 1 to " + MAX_DEVICES + ", got " + devices);
            }
        }

        public Link with(Optional<Integer> otherQos, Optional<Integer> otherWindow, Optional<Integer> otherDevices) {
            return new Link(protocol, otherQos.orElse(qos), otherWindow.orElse(window), otherDevices.orElse(devices));
        }

        private static int qos(Section in) {
            int qos = in.whole("qos", USUAL.qos, 0, 2);
            if (qos == 2) {
                throw in.refusal("qos", "0 or 1 (" + NO_QOS_2 + ")");
            }
            return qos;
        }

        static Link read(Section in) {
            return new Link(
                    Protocol.read(in, "protocol").orElse(USUAL.protocol),
                    qos(in),
                    in.whole("window", USUAL.window, 1, MAX_WINDOW),
                    in.whole("devices-per-connection", USUAL.devices, 1, MAX_DEVICES));
        }
    }

    public DeviceType {
        metrics = List.copyOf(metrics);
    }

    /// One device that says again what was recorded.
    static DeviceType of(Replayed replay) {
        var recording = replay.recording();
        var metrics = new ArrayList<MetricSpec>();
        for (int i = 0; i < recording.columns().size(); i++) {
            metrics.add(MetricSpec.recorded(
                    recording.columns().get(i), recording.decimals().get(i)));
        }
        return new DeviceType(
                recording.name(),
                1,
                recording.name(),
                "telemetry/{device}",
                Optional.of("status/{device}"),
                1,
                replay.messagesPerSecond(),
                Rhythm.EVEN,
                Link.USUAL,
                PayloadFormat.FLAT,
                TimeFormat.MILLIS,
                metrics,
                Optional.empty(),
                Optional.of(replay));
    }

    static DeviceType read(String name, Section in) {
        var metrics = in.named("metrics", MetricSpec::read);
        if (metrics.isEmpty()) {
            throw in.refusal("metrics", "at least one metric");
        }
        try {
            MetricSpec.inOrderOfNeed(metrics);
        } catch (ScenarioException e) {
            throw in.refusal("metrics", "metrics that follow others: " + e.getMessage());
        }
        var status = in.text("status").orElse("status/{device}");
        return new DeviceType(
                name,
                in.whole("count", 1, 0, MAX_DEVICES),
                pattern(in, "id", "{type}-{number}"),
                in.text("topic").orElse("telemetry/{device}"),
                status.equals(NONE) ? Optional.empty() : Optional.of(status),
                in.whole("sites", 1, 1, MAX_DEVICES),
                rate(in),
                in.choice("arrivals", Rhythm.class).orElse(Rhythm.EVEN),
                Link.read(in),
                in.choice("payload", PayloadFormat.class).orElse(PayloadFormat.FLAT),
                in.choice("time", TimeFormat.class).orElse(TimeFormat.MILLIS),
                metrics,
                in.section("faults", FaultSpec::read),
                Optional.empty());
    }

    private static String pattern(Section in, String key, String fallback) {
        var pattern = in.text(key).orElse(fallback);
        if (!pattern.contains("{number}")) {
            throw in.refusal(key, "a name with {number} in it, so that no two devices have the same");
        }
        return pattern;
    }

    private static double rate(Section in) {
        double perSecond = in.number("rate", 1, MIN_RATE, MAX_RATE);
        var every = in.duration("every");
        if (every.isEmpty()) {
            return perSecond;
        }
        if (in.has("rate")) {
            throw in.refusal("rate", "either rate or every, not both");
        }
        double seconds = every.get().toNanos() / 1e9;
        if (seconds < 1 / MAX_RATE || seconds > 1 / MIN_RATE) {
            throw in.refusal("every", "a time from 1ms to 1d");
        }
        return 1 / seconds;
    }

    public int siteOf(int number) {
        return number % sites + 1;
    }

    public String idOf(int number) {
        return filled(id, number);
    }

    public String topicOf(int number) {
        return filled(topic.replace("{device}", idOf(number)), number);
    }

    public Optional<String> statusOf(int number) {
        return status.map(pattern -> filled(pattern.replace("{device}", idOf(number)), number));
    }

    private String filled(String pattern, int number) {
        return pattern.replace("{number}", "%06d".formatted(number))
                .replace("{type}", name)
                .replace("{site}", "site-" + siteOf(number));
    }

    public DeviceType with(double rate) {
        return with(rate, link, faults);
    }

    public DeviceType with(Link otherLink) {
        return with(messagesPerSecond, otherLink, faults);
    }

    public DeviceType with(FaultSpec otherFaults) {
        return with(messagesPerSecond, link, Optional.of(otherFaults));
    }

    private DeviceType with(double rate, Link otherLink, Optional<FaultSpec> otherFaults) {
        return new DeviceType(
                name,
                count,
                id,
                topic,
                status,
                sites,
                rate,
                rhythm,
                otherLink,
                format,
                time,
                metrics,
                otherFaults,
                replay);
    }
}
