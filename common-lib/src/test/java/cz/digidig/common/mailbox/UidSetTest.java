package cz.digidig.common.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UidSetTest {
    @Property(tries = 500)
    void itHoldsWhatWasPutIn(@ForAll @Size(max = 50) Set<@LongRange(min = 1, max = 200) Long> uids) {
        UidSet set = UidSet.of(uids.stream().mapToLong(Long::longValue).toArray());
        assertThat(set.size()).isEqualTo(uids.size());
        assertThat(set.stream().boxed().toList())
                .isEqualTo(new TreeSet<>(uids).stream().toList());
        for (long uid = 1; uid <= 201; uid++) {
            assertThat(set.contains(uid)).isEqualTo(uids.contains(uid));
        }
        assertThat(UidSet.parse(set.toString())).isEqualTo(set).hasSameHashCodeAs(set);
    }

    @Property(tries = 300)
    void theOrderOfRangesDoesNotMatter(
            @ForAll @Size(max = 10) Set<@LongRange(min = 1, max = 90) Long> starts,
            @ForAll @LongRange(min = 0, max = 9) long length) {
        Set<Long> expected = new TreeSet<>();
        for (long start : starts) {
            for (long uid = start; uid <= start + length; uid++) {
                expected.add(uid);
            }
        }
        String text =
                starts.stream().map(start -> (start + length) + ":" + start).collect(Collectors.joining(","));
        assertThat(UidSet.parse(text).stream().boxed().toList())
                .isEqualTo(expected.stream().toList());
    }

    @Test
    void rangesThatTouchAreOne() {
        assertThat(UidSet.parse("4:5,1:3,9").toString()).isEqualTo("1:5,9");
        assertThat(UidSet.parse("").isEmpty()).isTrue();
        assertThat(UidSet.parse("1:4294967295").size()).isEqualTo(UidSet.MAX_UID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0", "*", "1:*", "a", "1,", ",1", "1:", ":1", "4294967296", "99999999999", "-1", "1 2", "1:2:3"})
    void whatIsNoSetIsRefused(String text) {
        assertThatThrownBy(() -> UidSet.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
