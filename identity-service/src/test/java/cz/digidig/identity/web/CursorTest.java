package cz.digidig.identity.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cz.digidig.common.rest.InvalidFields;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CursorTest {
    @Property(tries = 200)
    void pagesGiveEveryItemOnceInOrder(
            @ForAll @IntRange(max = 60) int items, @ForAll @IntRange(min = 1, max = 20) int limit) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            all.add("ž%03d".formatted(i));
        }
        List<String> seen = new ArrayList<>();
        @Nullable String next = null;
        do {
            Cursor cursor = Cursor.of(null, next, limit);
            List<String> fetched = all.stream()
                    .filter(item -> item.compareTo(cursor.after()) > 0)
                    .limit(cursor.fetch())
                    .toList();
            Listing<String> page = cursor.page(fetched, item -> item, item -> item);
            seen.addAll(page.items());
            next = page.next();
        } while (next != null);

        assertThat(seen).isEqualTo(all);
    }

    @Test
    void searchTextIsNoPattern() {
        assertThat(Cursor.of(" A_%\\ ", null, null).search()).isEqualTo("%a\\_\\%\\\\%");
        assertThat(Cursor.of(" ", null, null).search()).isEqualTo("%");
    }

    @Test
    void whatIsOutOfBoundsIsRefused() {
        assertThatThrownBy(() -> Cursor.of(null, null, 0)).isInstanceOf(InvalidFields.class);
        assertThatThrownBy(() -> Cursor.of(null, null, 201)).isInstanceOf(InvalidFields.class);
        assertThatThrownBy(() -> Cursor.of("x".repeat(401), null, null)).isInstanceOf(InvalidFields.class);
        assertThatThrownBy(() -> Cursor.of(null, "no cursor!", null)).isInstanceOf(InvalidFields.class);
    }

    @Test
    void laterIdsSortLater() {
        assertThat(OpaqueId.at(1000)).hasSize(26).isLessThan(OpaqueId.at(1001));
        assertThat(OpaqueId.at(1_800_000_000_000L)).isLessThan(OpaqueId.at(1_800_000_000_001L));
        assertThat(OpaqueId.at(1000)).isNotEqualTo(OpaqueId.at(1000));
    }
}
