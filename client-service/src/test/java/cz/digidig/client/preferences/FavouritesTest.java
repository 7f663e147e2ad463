package cz.digidig.client.preferences;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FavouritesTest {
    private final Favourites three = new Favourites(List.of("a", "b", "c"));

    @Test
    void aFolderIsPutWhereItIsWanted() {
        assertThat(three.with("d", Favourites.LAST).folders()).containsExactly("a", "b", "c", "d");
        assertThat(three.with("d", 1).folders()).containsExactly("a", "d", "b", "c");
        assertThat(three.with("c", 0).folders()).containsExactly("c", "a", "b");
        assertThat(three.with("a", 1).folders()).containsExactly("b", "a", "c");
        assertThat(three.with("a", -5).folders()).containsExactly("a", "b", "c");
    }

    @Test
    void whatIsTakenOutIsGone() {
        assertThat(three.without("b").folders()).containsExactly("a", "c");
        assertThat(three.without("b").has("b")).isFalse();
    }

    @Test
    void theyAreBounded() {
        Favourites full = new Favourites(
                IntStream.range(0, 80).mapToObj(Integer::toString).toList());
        assertThat(full.folders()).hasSize(Favourites.MOST);
        assertThat(full.with("x", 0).folders()).hasSize(Favourites.MOST).startsWith("x", "0");
    }
}
