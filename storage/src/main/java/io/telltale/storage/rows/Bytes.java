package io.telltale.storage.rows;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A growing run of values as ClickHouse's `Native` format lays them out: numbers little-endian, texts as UTF-8 behind
/// their length. Keeps its memory when cleared.
final class Bytes {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes = new byte[1024];
    private int size;

    void putLong(long value) {
        reserve(Long.BYTES);
        LONG.set(bytes, size, value);
        size += Long.BYTES;
    }

    void putDouble(double value) {
        putLong(Double.doubleToRawLongBits(value));
    }

    void putInt(int value) {
        reserve(Integer.BYTES);
        INT.set(bytes, size, value);
        size += Integer.BYTES;
    }

    void putVarint(int value) {
        reserve(5);
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /// Device ids and metric names are ASCII and short almost always; those are copied without an array in between.
    void putText(String text) {
        int length = text.length();
        if (length >= 128 || !copyAscii(text, length)) {
            putBlob(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private boolean copyAscii(String text, int length) {
        reserve(length + 1);
        int at = size + 1;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 128) {
                return false;
            }
            bytes[at + i] = (byte) c;
        }
        bytes[size] = (byte) length;
        size = at + length;
        return true;
    }

    void putBlob(byte[] blob) {
        putVarint(blob.length);
        reserve(blob.length);
        System.arraycopy(blob, 0, bytes, size, blob.length);
        size += blob.length;
    }

    /// Puts once more what was put between `from` and `to`, two former [#size]s.
    void repeat(int from, int to) {
        reserve(to - from);
        System.arraycopy(bytes, from, bytes, size, to - from);
        size += to - from;
    }

    private void reserve(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
        }
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, size);
    }
}
