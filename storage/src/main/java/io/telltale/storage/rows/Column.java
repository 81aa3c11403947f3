package io.telltale.storage.rows;

import java.io.IOException;
import java.io.OutputStream;

/// One column of a block: its values, and for arrays, before them, where each row's array ends.
final class Column {
    private final String name;
    private final String type;
    private final Bytes ends = new Bytes();
    private final Bytes values = new Bytes();
    private long elements;

    Column(String name, String type) {
        this.name = name;
        this.type = type;
    }

    String name() {
        return name;
    }

    Bytes values() {
        return values;
    }

    /// Ends the row of an array column after `length` elements were put into [#values].
    void endArray(int length) {
        elements += length;
        ends.putLong(elements);
    }

    int size() {
        return ends.size() + values.size();
    }

    void clear() {
        ends.clear();
        values.clear();
        elements = 0;
    }

    void writeTo(OutputStream out) throws IOException {
        var header = new Bytes();
        header.putText(name);
        header.putText(type);
        header.writeTo(out);
        ends.writeTo(out);
        values.writeTo(out);
    }
}
