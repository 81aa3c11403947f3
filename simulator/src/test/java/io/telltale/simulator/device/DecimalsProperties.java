package io.telltale.simulator.device;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.math.BigDecimal;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class DecimalsProperties {
    @Property
    void every_number_is_written_as_big_decimal_writes_it(
            @ForAll long unscaled, @ForAll @IntRange(max = Decimals.MAX_SCALE) int scale) {
        assertThat(written(unscaled, scale))
                .isEqualTo(BigDecimal.valueOf(unscaled, scale).toPlainString());
    }

    @Property
    void small_numbers_keep_their_leading_zeros(
            @ForAll @IntRange(min = -1_000, max = 1_000) int unscaled,
            @ForAll @IntRange(max = Decimals.MAX_SCALE) int scale) {
        assertThat(written(unscaled, scale))
                .isEqualTo(BigDecimal.valueOf(unscaled, scale).toPlainString());
    }

    @Example
    void the_smallest_long_is_written_too() {
        assertThat(written(Long.MIN_VALUE, 3))
                .isEqualTo(BigDecimal.valueOf(Long.MIN_VALUE, 3).toPlainString());
    }

    private static String written(long unscaled, int scale) {
        var out = Unpooled.buffer(1);
        Decimals.write(out, unscaled, scale);
        return out.toString(US_ASCII);
    }
}
