package io.telltale.gateway.listener;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.telltale.gateway.GatewaySettings.Credentials;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Knows who may connect. Takes the same time for a wrong name, a wrong password and a right one.
final class Guard {
    private final List<byte[]> admitted;

    Guard(List<Credentials> credentials) {
        this.admitted = credentials.stream()
                .map(one -> digest(one.username(), one.password().getBytes(UTF_8)))
                .toList();
    }

    /// Without credentials in the settings everybody may.
    boolean admits(@Nullable String username, byte @Nullable [] password) {
        if (admitted.isEmpty()) {
            return true;
        }
        var digest = digest(username == null ? "" : username, password == null ? new byte[0] : password);
        boolean isAdmitted = false;
        for (var one : admitted) {
            isAdmitted |= MessageDigest.isEqual(one, digest);
        }
        return isAdmitted;
    }

    private static byte[] digest(String username, byte[] password) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            // The name's own digest first, so that a name's end cannot pass for a password's beginning.
            sha.update(sha.digest(username.getBytes(UTF_8)));
            return sha.digest(password);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
