package io.telltale.storage.write;

import com.clickhouse.client.api.ServerException;
import java.util.Set;

/// Why an insert failed, as far as it decides what to tell people. It is tried again either way: giving up would lose
/// what a device still holds and will send again and again.
///
/// @param transientCause it will pass by itself, or once somebody frees the disk: not a bug
record Failure(String reason, boolean transientCause) {
    /// ClickHouse's codes for: file and disk trouble, timeouts, too many queries, network, memory, read-only, too many
    /// parts, no space, shutting down, cancelled, rate limits, authentication (somebody may be
    /// changing the password).
    private static final Set<Integer> TRANSIENT_CODES = Set.of(
            74, 75, 76, 159, 160, 164, 202, 203, 209, 210, 236, 241, 242, 243, 252, 319, 335, 394, 425, 439, 516, 999);

    static Failure of(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null && !(cause instanceof ServerException)) {
            cause = cause.getCause();
        }
        String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        boolean passes = switch (cause) {
            case ServerException server ->
                TRANSIENT_CODES.contains(server.getCode()) || server.getCode() == ServerException.CODE_UNKNOWN;
            case RuntimeException bug -> false;
            default -> true; // the network
        };
        return new Failure(reason, passes);
    }
}
