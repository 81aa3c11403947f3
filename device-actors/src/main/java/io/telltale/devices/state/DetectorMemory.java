package io.telltale.devices.state;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// The detectors of all metrics as bytes, for a device's snapshot. Best effort: what cannot be read is learned anew.
final class DetectorMemory {
    private static final byte VERSION = 1;
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
                }
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
                if (metric == null || !metrics.watch(name, metric).detectors().read(in)) {
                    return; // where the next one begins is unknown
                }
            }
        } catch (IOException _) {
            // Cut short: the rest is learned anew.
        }
    }
}
