package io.telltale.devices.state;

import io.telltale.analytics.anomaly.SeriesDetectors;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// The detectors of all metrics as bytes, for a device's snapshot. Best effort: what cannot be read is learned anew.
final class DetectorMemory {
    private static final byte VERSION = 2;
    private static final byte[] NOTHING = {};

    private DetectorMemory() {}

    static byte[] write(Metrics metrics) {
        int watched = metrics.watches().size();
        if (watched == 0) {
            return NOTHING;
        }
        var bytes = new ByteArrayOutputStream(64 + 512 * watched);
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeInt(watched);
            for (var entry : metrics.byName().entrySet()) {
                var watch = entry.getValue().watch();
                if (watch != null) {
                    out.writeUTF(entry.getKey());
                    watch.detectors().write(out);
                    var peers = watch.peers();
                    out.writeBoolean(peers != null);
                    if (peers != null) {
                        peers.write(out);
                    }
                }
            }
            var companions = metrics.companions();
            if (companions != null) {
                companions.write(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return bytes.toByteArray();
    }

    static void read(byte[] memory, Metrics metrics) {
        try (var in = new DataInputStream(new ByteArrayInputStream(memory))) {
            if (memory.length == 0 || in.readByte() != VERSION) {
                return;
            }
            for (int left = in.readInt(); left > 0; left--) {
                var name = in.readUTF();
                var metric = metrics.named(name);
                if (metric == null || !read(in, metrics.watch(name, metric))) {
                    return; // where the next one begins is unknown
                }
            }
            var companions = metrics.companions();
            if (companions != null && in.available() > 0) {
                companions.read(in, name -> detectorsOf(name, metrics));
            }
        } catch (IOException _) {
            // Cut short: the rest is learned anew.
        }
    }

    private static boolean read(DataInput in, Watch watch) throws IOException {
        if (!watch.detectors().read(in)) {
            return false;
        }
        boolean hadPeers = in.readBoolean();
        var peers = watch.peers();
        if (hadPeers && peers != null) {
            peers.read(in);
        }
        return hadPeers == (peers != null);
    }

    private static @Nullable SeriesDetectors detectorsOf(String name, Metrics metrics) {
        var metric = metrics.named(name);
        var watch = metric == null ? null : metric.watch();
        return watch == null ? null : watch.detectors();
    }
}
