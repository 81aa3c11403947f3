package io.telltale.storage.clickhouse;

/// ClickHouse cannot be used as the settings say. The message names the cause and the setting that would change it.
public final class ClickHouseException extends RuntimeException {
    public ClickHouseException(String message) {
        super(message);
    }

    public ClickHouseException(String message, Throwable cause) {
        super(message, cause);
    }
}
