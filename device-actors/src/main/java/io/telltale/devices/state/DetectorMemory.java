package io.telltale.devices.state;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/// The detectors of all metrics as bytes, for a device's snapshot. Best effort: what cannot be read is learned anew.
final class DetectorMemory {
    private static final byte VERSION = 1;

    private DetectorMemory() {}

    static byte[] write(Map<String, Metric> metrics) {
        var bytes = new ByteArrayOutputStream(64 + 512 * metrics.size());
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeInt(metrics.size());
            for (var entry : metrics.entrySet()) {
                out.writeUTF(entry.getKey());
                entry.getValue().detectors.write(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return bytes.toByteArray();
    }

    static void read(byte[] memory, Map<String, Metric> metrics) {
        try (var in = new DataInputStream(new ByteArrayInputStream(memory))) {
            if (memory.length == 0 || in.readByte() != VERSION) {
                return;
            }
            for (int left = in.readInt(); left > 0; left--) {
                var metric = metrics.get(in.readUTF());
                if (metric == null || !metric.detectors.read(in)) {
                    return; // where the next one begins is unknown
                }
            }
        } catch (IOException _) {
            // Cut short: the rest is learned anew.
        }
    }
}
