package io.telltale.storage.read;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Reads the values of ClickHouse's `RowBinary` format one after the other, in the order of the query's columns.
/// A `DateTime64(3)` is a long of milliseconds.
public final class RowReader {
    private final InputStream in;

    RowReader(InputStream in) {
        this.in = in instanceof BufferedInputStream ? in : new BufferedInputStream(in, 1 << 16);
    }

    /// Whether another row follows; to be asked at the end of a row.
    public boolean hasNext() throws IOException {
        in.mark(1);
        int next = in.read();
        in.reset();
        return next >= 0;
    }

    <T> List<T> all(Queries.RowsReader<T> one) throws IOException {
        List<T> all = new ArrayList<>();
        while (hasNext()) {
            all.add(one.read(this));
        }
        return all;
    }

    public long readLong() throws IOException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            value |= (long) readByte() << shift;
        }
        return value;
    }

    public int readInt() throws IOException {
        int value = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            value |= readByte() << shift;
        }
        return value;
    }

    public double readDouble() throws IOException {
        return Double.longBitsToDouble(readLong());
    }

    public String readText() throws IOException {
        return new String(readBlob(), StandardCharsets.UTF_8);
    }

    byte[] readBlob() throws IOException {
        int length = readLength();
        byte[] blob = in.readNBytes(length);
        if (blob.length < length) {
            throw new EOFException("a row ends inside a value");
        }
        return blob;
    }

    UUID readUuid() throws IOException {
        return new UUID(readLong(), readLong());
    }

    int[] readInts() throws IOException {
        int[] values = new int[readLength()];
        for (int i = 0; i < values.length; i++) {
            values[i] = readInt();
        }
        return values;
    }

    long[] readLongs() throws IOException {
        long[] values = new long[readLength()];
        for (int i = 0; i < values.length; i++) {
            values[i] = readLong();
        }
        return values;
    }

    double[] readDoubles() throws IOException {
        double[] values = new double[readLength()];
        for (int i = 0; i < values.length; i++) {
            values[i] = readDouble();
        }
        return values;
    }

    String[] readTexts() throws IOException {
        String[] values = new String[readLength()];
        for (int i = 0; i < values.length; i++) {
            values[i] = readText();
        }
        return values;
    }

    /// Of an array whose elements are to be read next.
    public int readLength() throws IOException {
        int length = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += 7) {
            int next = readByte();
            length |= (next & 0x7F) << shift;
            if (next < 0x80) {
                return length;
            }
        }
        throw new IOException("a length of more than 32 bits");
    }

    int readByte() throws IOException {
        int value = in.read();
        if (value < 0) {
            throw new EOFException("a row ends inside a value");
        }
        return value;
    }
}
