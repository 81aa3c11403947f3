package io.telltale.analytics.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HalvesTest {
    @ParameterizedTest
    @ValueSource(floats = {0, 1, -3.14159f, 999_999, 1e-7f, 1e30f})
    void a_float_comes_back_to_three_digits(float x) throws IOException {
        var bytes = new ByteArrayOutputStream();
        Halves.write(x, new DataOutputStream(bytes));

        assertThat(bytes.size()).isEqualTo(2);
        assertThat((double) Halves.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))))
                .isCloseTo(x, withinPercentage(0.4));
    }
}
