package io.telltale.dashboard.devices;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class RankingProperties {
    @Property
    void a_page_is_the_same_slice_that_sorting_everything_gives(
            @ForAll @Size(min = 1, max = 60) @LongRange(min = -3, max = 3) long[] keys,
            @ForAll @IntRange(max = 59) int anyOffset,
            @ForAll @IntRange(min = 1, max = 70) int size) {
        int offset = anyOffset % keys.length;

        int[] page = Ranking.page(keys, offset, size);

        int[] sliceOfAll = IntStream.range(0, keys.length)
                .boxed()
                .sorted(Comparator.comparingLong(i -> keys[i]))
                .skip(offset)
                .limit(size)
                .mapToInt(Integer::intValue)
                .toArray();
        assertThat(page).isEqualTo(sliceOfAll);
    }
}
