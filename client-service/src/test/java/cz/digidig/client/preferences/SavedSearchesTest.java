package cz.digidig.client.preferences;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Searches that are kept. */
class SavedSearchesTest {
    private static final SavedSearch UNREAD = new SavedSearch("Unread", "is:unread");
    private static final SavedSearch FILES = new SavedSearch("Files", "has:attachment");

    private final SavedSearches both = SavedSearches.NONE.with(UNREAD).with(FILES);

    @Test
    void theSameNameReplacesASearchInItsPlace() {
        SavedSearches after = both.with(new SavedSearch("UNREAD", "is:unread -in:junk"));
        assertThat(after.all()).extracting(SavedSearch::query).containsExactly("is:unread -in:junk", "has:attachment");
    }

    @Test
    void aNameIsGivenToOneSearchOnly() {
        assertThat(both.renamed("Unread", "files")).isEqualTo(both);
        assertThat(both.renamed("gone", "New")).isEqualTo(both);
        assertThat(both.renamed("unread", "UNREAD").all())
                .containsExactly(new SavedSearch("UNREAD", "is:unread"), FILES);
        assertThat(both.renamed("Unread", "New").called("new")).contains(new SavedSearch("New", "is:unread"));
    }

    @Test
    void whatIsRemovedIsGone() {
        assertThat(both.without("unread").all()).containsExactly(FILES);
        assertThat(both.without("unread").has(" has:attachment ")).isTrue();
        assertThat(both.without("unread").has("is:unread")).isFalse();
    }

    @Test
    void countAndNamesAreBounded() {
        SavedSearches full = IntStream.range(0, SavedSearches.MOST)
                .mapToObj(i -> new SavedSearch("n" + i, "q" + i))
                .reduce(SavedSearches.NONE, SavedSearches::with, (one, other) -> other);
        assertThat(full.isFull()).isTrue();
        assertThat(full.with(UNREAD)).isEqualTo(full);
        assertThat(full.with(new SavedSearch("N7", "other")).called("n7")).contains(new SavedSearch("N7", "other"));
        assertThat(new SavedSearch(" a\r\n\tb" + "x".repeat(100), "q").name())
                .startsWith("a bx")
                .hasSize(SavedSearch.LONGEST_NAME);
    }

    @Test
    void filesOfEarlierReleasesHaveNone() {
        JsonMapper json = JsonMapper.builder().build();
        Preferences written = Preferences.DEFAULTS.searching(both);
        String text = json.writeValueAsString(written);
        assertThat(json.readValue(text, Preferences.class)).isEqualTo(written);
        Preferences before = json.readValue(
                "{\"pane\":\"OFF\",\"density\":\"CLOSE\",\"undoSeconds\":5,\"signature\":\"\",\"shownSenders\":[]}",
                Preferences.class);
        assertThat(before.saved()).isEqualTo(SavedSearches.NONE);
        assertThat(before.looking(Preferences.Pane.RIGHT, Preferences.Density.NORMAL, true, 5)
                        .searching(both)
                        .showing(List.of("a@example.org"))
                        .saved())
                .isEqualTo(both);
    }
}
