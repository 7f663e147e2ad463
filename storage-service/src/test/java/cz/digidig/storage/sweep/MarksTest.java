package cz.digidig.storage.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MarksTest {
    @Property(tries = 50)
    void whatWasAddedIsFound(@ForAll long seed, @ForAll @IntRange(max = 20_000) int expected) {
        Marks marks = new Marks(expected, seed);
        // More than expected costs precision and nothing else.
        Random added = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            marks.add(added.nextLong(), added.nextLong());
        }
        Random again = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            assertThat(marks.contains(again.nextLong(), again.nextLong())).isTrue();
        }
    }

    @Test
    void fewOthersAreFoundAndNotTheSameOnesEachTime() {
        int count = 100_000;
        Marks first = filled(count, 1);
        Marks second = filled(count, 2);
        Random others = new Random(7);
        int inOne = 0;
        int inBoth = 0;
        for (int i = 0; i < count; i++) {
            // Alike but for the last bits, as ids of one moment are.
            long high = (1L << 60) + i;
            long low = others.nextLong();
            boolean found = first.contains(high, low);
            inOne += found ? 1 : 0;
            inBoth += found && second.contains(high, low) ? 1 : 0;
        }
        assertThat(inOne).isLessThan(count / 50);
        assertThat(inBoth).isLessThan(count / 1000);
    }

    private static Marks filled(int count, long salt) {
        Marks marks = new Marks(count, salt);
        Random random = new Random(3);
        for (int i = 0; i < count; i++) {
            marks.add((1L << 59) + i, random.nextLong());
        }
        return marks;
    }
}
