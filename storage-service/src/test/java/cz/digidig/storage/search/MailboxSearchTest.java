package cz.digidig.storage.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.api.storage.SearchKey;
import cz.digidig.common.api.storage.SearchKey.DateTest;
import cz.digidig.common.mailbox.MessageFlag;
import cz.digidig.storage.index.IndexLookup;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class MailboxSearchTest {
    private static final long DAY = 86_400_000;

    private final MailboxInMemory mailbox = new MailboxInMemory();
    private final MailboxSearch search = new MailboxSearch(mailbox, 10_000, 1 << 20, IndexLookup.NONE, 0);

    private String found(SearchKey key) {
        return search.search("a", "m", key).uids();
    }

    private void fill() {
        mailbox.add(
                MessageFlag.SEEN.bit(),
                List.of("$Junk"),
                20_000 * DAY,
                "From: Ann <ann@x.example>\nSubject: =?utf-8?q?Stra=C3=9Fe?=\nDate: 1 Jul 2024 23:30:00 -0700\nX-Empty:\n\nfirst body\n");
        mailbox.add(
                0, List.of(), 20_001 * DAY - 1, "From: Bob <bob@x.example>\nSubject: ann\nX-Note: a\n\nStraße here\n");
        mailbox.add(
                MessageFlag.FLAGGED.bit(), List.of(), 20_001 * DAY, "Subject: none\nReceived: by ann\nX-Note: b\n\n");
    }

    @Test
    void headersAreSearchedByFieldAndTextEverywhere() {
        fill();
        assertThat(found(new SearchKey.Header("From", "ANN"))).isEqualTo("1");
        assertThat(found(new SearchKey.Header("subject", "strasse"))).isEqualTo("1");
        assertThat(found(new SearchKey.Text("ann"))).isEqualTo("1:3");
        assertThat(found(new SearchKey.Body("STRASSE"))).isEqualTo("2");
        assertThat(found(new SearchKey.Text("strasse"))).isEqualTo("1:2");
    }

    @Test
    void anEmptyHeaderValueAsksForTheField() {
        fill();
        assertThat(found(new SearchKey.Header("x-empty", ""))).isEqualTo("1");
        assertThat(found(new SearchKey.Header("X-Note", ""))).isEqualTo("2:3");
        assertThat(found(new SearchKey.Header("x\nfrom", ""))).isEmpty();
        assertThat(found(new SearchKey.Body(""))).isEqualTo("1:3");
    }

    @Test
    void datesAreDays() {
        fill();
        LocalDate day = LocalDate.ofEpochDay(20_000);
        assertThat(found(new SearchKey.Received(DateTest.ON, day))).isEqualTo("1:2");
        assertThat(found(new SearchKey.Received(DateTest.BEFORE, day.plusDays(1))))
                .isEqualTo("1:2");
        assertThat(found(new SearchKey.Received(DateTest.SINCE, day.plusDays(1))))
                .isEqualTo("3");
        assertThat(found(new SearchKey.Sent(DateTest.ON, LocalDate.of(2024, 7, 1))))
                .isEqualTo("1");
        assertThat(found(new SearchKey.Not(new SearchKey.Sent(DateTest.SINCE, LocalDate.of(2000, 1, 1)))))
                .isEqualTo("2:3");
    }

    @Test
    void columnsDecideBeforeTextsAreRead() {
        fill();
        assertThat(found(new SearchKey.And(List.of(new SearchKey.Text("ann"), new SearchKey.Flag("\\flagged")))))
                .isEqualTo("3");
        assertThat(mailbox.textsRead).isEqualTo(1);
        assertThat(found(new SearchKey.Or(List.of(new SearchKey.Text("nowhere"), new SearchKey.All()))))
                .isEqualTo("1:3");
        assertThat(mailbox.textsRead).isEqualTo(1);
        found(new SearchKey.Text("ann"));
        found(new SearchKey.Text("bob"));
        assertThat(mailbox.textsRead).isEqualTo(3);
    }

    @Test
    void theResultNamesTheHighestModSequenceFound() {
        fill();
        mailbox.flag(1, 0, List.of());
        assertThat(search.search("a", "m", new SearchKey.Uids("1:2")).highestModSeq())
                .isEqualTo(5);
        assertThat(search.search("a", "m", new SearchKey.Uids("2:3")).highestModSeq())
                .isEqualTo(4);
        assertThat(search.search("a", "m", new SearchKey.ModSeq(5)).uids()).isEqualTo("1");
        assertThat(search.search("a", "m", new SearchKey.ModSeq(6)).highestModSeq())
                .isZero();
    }

    @Test
    void theNewestComeFirstAndOnlyAsManyAsAsked() {
        for (int i = 0; i < 500; i++) {
            mailbox.add(0, List.of(), 0, "Subject: " + (i % 5 == 0 ? "fifth" : "other") + "\n\n");
        }
        MailboxRows rows = search.rows("a", "m");
        Query fifth = QueryReader.read("subject:fifth");
        assertThat(search.newest("a", "m", fifth, 0, 3).found()).containsExactly(495, 490, 485);
        assertThat(mailbox.textsRead).isEqualTo(64);
        assertThat(search.newest("a", "m", new Query.All(), rows.uid(495), 2).found())
                .containsExactly(494, 493);
    }

    @Test
    void whatIsOutOfBoundsIsRefused() {
        SearchKey deep = new SearchKey.All();
        for (int i = 0; i < 200; i++) {
            deep = new SearchKey.Not(deep);
        }
        SearchKey nested = deep;
        SearchKey many = new SearchKey.Or(Collections.nCopies(3000, new SearchKey.All()));
        assertThatThrownBy(() -> found(nested)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> found(many)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> found(new SearchKey.Uids("1:x"))).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> found(new SearchKey.Text("x".repeat(5000)))).isInstanceOf(ProblemException.class);
    }
}
