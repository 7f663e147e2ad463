package cz.digidig.client.receipts;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.client.backend.Correspondent;
import cz.digidig.client.backend.MessageDetail;
import cz.digidig.client.backend.MessageDetail.Field;
import cz.digidig.client.backend.MessageSummary;
import cz.digidig.client.receipts.Receipt.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may be answered by a receipt, and what receipts say. */
class NotificationTest {
    private static MessageDetail message(String from, List<String> keywords, String... fields) {
        MessageSummary summary = new MessageSummary(
                "m",
                1,
                "t",
                "Lunch",
                List.of(new Correspondent("", from)),
                List.of(),
                null,
                Instant.EPOCH,
                1,
                List.of(),
                keywords,
                "",
                false);
        List<Field> headers = List.of(fields).stream()
                .map(field -> new Field(field.split(": ", 2)[0], field.split(": ", 2)[1]))
                .toList();
        return new MessageDetail(summary, List.of(), headers, null, null, List.of());
    }

    private static Optional<Receipt> asked(String... fields) {
        return Notification.asked(message("bob@example.org", List.of(), fields), "alice@digidig.test"::equals);
    }

    @Test
    void aReceiptGoesToWhomTheMessageCameFrom() {
        assertThat(asked("Disposition-Notification-To: Bob <bob@example.org>", "Return-Path: <Bob@example.org>"))
                .contains(new Receipt(Kind.ASKED, "bob@example.org", "bob@example.org", false, Instant.EPOCH));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "eve@example.org | <bob@example.org>",
                "bob@example.org | <>",
                "bob@example.org, eve@example.org | <bob@example.org>"
            })
    void itIsSaidWhereAReceiptWouldGoElsewhere(String to, String returnPath) {
        assertThat(asked("Disposition-Notification-To: " + to, "Return-Path: " + returnPath))
                .map(Receipt::elsewhere)
                .contains(true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "List-Id: <list.example.org>",
                "Precedence: bulk",
                "Content-Type: multipart/report; report-type=delivery-status"
            })
    void noReceiptIsGivenToListsAndReports(String field) {
        assertThat(asked("Disposition-Notification-To: bob@example.org", field)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nobody", "<>", "alice@digidig.test", "a: b@example.org;", "\"<b@x"})
    void whatIsNobodyElsesAddressIsNotAnswered(String to) {
        assertThat(asked("Disposition-Notification-To: " + to)).isEmpty();
    }

    @Test
    void itIsAnsweredOnce() {
        String field = "Disposition-Notification-To: bob@example.org";
        assertThat(Notification.asked(message("bob@example.org", List.of("$mdnsent"), field), _ -> false))
                .isEmpty();
        assertThat(Notification.asked(message("alice@digidig.test", List.of(), field), "alice@digidig.test"::equals))
                .isEmpty();
    }

    @Test
    void whatIsWrittenForProgramsIsRead() {
        MessageDetail detail = message("bob@example.org", List.of(), "Message-ID: <1@example.org>");
        String fields = Notification.fields(detail, "alice@digidig.test", "mail.digidig.test");
        assertThat(fields.lines())
                .containsExactly(
                        "Reporting-UA: mail.digidig.test; DIGiDIG",
                        "Final-Recipient: rfc822;alice@digidig.test",
                        "Original-Message-ID: <1@example.org>",
                        "Disposition: manual-action/MDN-sent-manually; displayed");
        assertThat(Notification.given(detail, fields))
                .contains(new Receipt(Kind.DISPLAYED, "alice@digidig.test", "", false, Instant.EPOCH));
        assertThat(Notification.given(detail, "Disposition: automatic-action/\r\n MDN-sent-automatically;\r\n deleted"))
                .map(Receipt::kind)
                .contains(Kind.DELETED);
        assertThat(Notification.given(detail, "nonsense")).isEmpty();
    }
}
