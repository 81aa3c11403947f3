package io.telltale.analytics.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

class QuantileSketchProperties {

    @Property(tries = 300)
    void a_quantile_is_within_one_percent_of_the_value_of_its_rank(
            @ForAll @Size(min = 1, max = 300) List<@DoubleRange(min = -1e9, max = 1e9) Double> values,
            @ForAll @DoubleRange(min = 0, max = 1) double q) {
        var sketch = new QuantileSketch();
        values.forEach(sketch::add);
        var sorted = values.stream().sorted().toList();

        double exact = sorted.get((int) (q * (sorted.size() - 1)));

        assertThat(QuantileSketch.quantile(sketch.toBuckets(), q))
                .isCloseTo(exact, offset(Math.abs(exact) * 0.010001 + Double.MIN_NORMAL));
    }

    @Property(tries = 1000)
    void order_and_partition_do_not_matter_even_beyond_the_bound_of_buckets(
            @ForAll @Size(min = 1, max = 1500) List<Double> values, @ForAll long seed) {
        var finite = new ArrayList<>(values.stream().filter(Double::isFinite).toList());
        var whole = new QuantileSketch();
        finite.forEach(whole::add);

        Collections.shuffle(finite, new Random(seed));
        var left = new QuantileSketch();
        var right = new QuantileSketch();
        finite.subList(0, finite.size() / 2).forEach(left::add);
        finite.subList(finite.size() / 2, finite.size()).forEach(right::add);
        left.merge(right.toBuckets());

        assertThat(left.toBuckets()).isEqualTo(whole.toBuckets());
        assertThat(whole.toBuckets().indexes().length).isLessThanOrEqualTo(QuantileSketch.MAX_BUCKETS);
    }
}
