package io.telltale.gateway.payload;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// What the bytes of a payload are, before they are read as JSON: the parser would guess UTF-16 and UTF-32, skip a byte
/// order mark, and let overlong forms pass.
enum Encoding {
    NOT_UTF_8,
    UTF_8,
    /// With a backslash somewhere.
    UTF_8_WITH_ESCAPES;

    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long LOW_BITS = 0x0101_0101_0101_0101L;
    private static final long BACKSLASHES = 0x5C5C_5C5C_5C5C_5C5CL;
    private static final int BYTE_ORDER_MARK = 0xEF;

    static Encoding of(byte[] payload) {
        long nonAscii = 0;
        long escapes = 0;
        int i = 0;
        for (; i <= payload.length - Long.BYTES; i += Long.BYTES) {
            long bytes = (long) EIGHT_BYTES.get(payload, i);
            nonAscii |= bytes;
            long unlike = bytes ^ BACKSLASHES;
            escapes |= (unlike - LOW_BITS) & ~unlike;
        }
        for (; i < payload.length; i++) {
            nonAscii |= payload[i];
            escapes |= payload[i] == '\\' ? HIGH_BITS : 0;
        }
        boolean isAscii = (nonAscii & HIGH_BITS) == 0;
        if (looksLikeWideCharacters(payload) || (!isAscii && !isUtf8(payload))) {
            return NOT_UTF_8;
        }
        return (escapes & HIGH_BITS) == 0 ? UTF_8 : UTF_8_WITH_ESCAPES;
    }

    /// Where a payload that is [#NOT_UTF_8] ceases to be what was expected.
    static int firstNotUtf8(byte[] payload) {
        if (looksLikeWideCharacters(payload)) {
            return earlyZero(payload);
        }
        if ((payload[0] & 0xFF) == BYTE_ORDER_MARK) {
            return 0;
        }
        var bytes = ByteBuffer.wrap(payload);
        var malformed = StandardCharsets.UTF_8.newDecoder().decode(bytes, CharBuffer.allocate(payload.length), true);
        return malformed.isError() ? bytes.position() : payload.length;
    }

    /// True when every surrogate has its other half.
    static boolean isWhole(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /// JSON has no zero byte; one among the first four is what the parser takes for UTF-16 or UTF-32.
    private static boolean looksLikeWideCharacters(byte[] payload) {
        return earlyZero(payload) >= 0;
    }

    private static int earlyZero(byte[] payload) {
        for (int i = 0; i < Math.min(4, payload.length); i++) {
            if (payload[i] == 0) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isUtf8(byte[] payload) {
        if ((payload[0] & 0xFF) == BYTE_ORDER_MARK) {
            return false;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload));
            return true;
        } catch (CharacterCodingException notUtf8) {
            return false;
        }
    }
}
