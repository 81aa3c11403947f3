package io.telltale.storage.rows;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The rows of one batch for one table, column by column. Filled by one thread at a time, then sealed, then only read.
public abstract class Block {
    private final String table;
    private final List<Column> columns = new ArrayList<>();
    private final Column storedAt;
    private int rows;
    private int datedRows;

    Block(String table) {
        this(table, "DateTime64(3, 'UTC')");
    }

    /// @param timeType of the column with the time of the batch
    Block(String table, String timeType) {
        this.table = table;
        storedAt = new Column("stored_at", timeType);
    }

    /// For the subclass's fields; the order of declaration is the order in the block.
    Column column(String name, String type) {
        var column = new Column(name, type);
        columns.add(column);
        return column;
    }

    void endRow() {
        rows++;
    }

    /// For a block whose rows each keep the time of another batch.
    void endRow(long storedAtMillis) {
        storedAt.values().putLong(storedAtMillis);
        datedRows++;
        rows++;
    }

    /// Gives every row that has none the time of its batch.
    void seal(long storedAtMillis) {
        seal(storedAtMillis, storedAt.values());
    }

    /// Puts one time for each row, as the column's type has it.
    void seal(long storedAtMillis, Bytes times) {
        for (int i = datedRows; i < rows; i++) {
            times.putLong(storedAtMillis);
        }
    }

    void clear() {
        columns.forEach(Column::clear);
        storedAt.clear();
        rows = 0;
        datedRows = 0;
    }

    public String table() {
        return table;
    }

    public int rows() {
        return rows;
    }

    public List<String> columnNames() {
        return Stream.concat(columns.stream(), Stream.of(storedAt))
                .map(Column::name)
                .toList();
    }

    /// Bytes of the values so far, without the time of the batch.
    public long size() {
        long size = 0;
        for (int i = 0; i < columns.size(); i++) { // an iterator per point would show
            size += columns.get(i).size();
        }
        return size;
    }

    /// The same bytes every time, until the block is cleared.
    public void writeTo(OutputStream out) throws IOException {
        var header = new Bytes();
        header.putVarint(columns.size() + 1);
        header.putVarint(rows);
        header.writeTo(out);
        for (Column column : columns) {
            column.writeTo(out);
        }
        storedAt.writeTo(out);
    }
}
