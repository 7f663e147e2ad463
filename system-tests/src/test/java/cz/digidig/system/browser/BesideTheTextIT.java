package cz.digidig.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import cz.digidig.system.client.RestClient;
import cz.digidig.system.suite.Account;
import cz.digidig.system.suite.Service;
import cz.digidig.system.suite.Suite;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What messages bring beside their text, and what can be answered without writing. */
class BesideTheTextIT extends InBrowser {
    private Account reader;
    private Account other;

    @SuppressWarnings("NullAway.Init")
    BesideTheTextIT(Suite suite) {
        super(suite);
    }

    @BeforeEach
    void two() throws IOException, InterruptedException {
        reader = person("\"user\"", false);
        other = person("\"user\"", false);
    }

    private void receive(String message) throws IOException, InterruptedException {
        RestClient storage = suite.rest(Service.STORAGE, reader);
        assertThat(storage.send(storage.request("/api/accounts/me/mailboxes/INBOX/messages")
                                .header("Content-Type", "message/rfc822")
                                .POST(BodyPublishers.ofString(message)))
                        .status())
                .isEqualTo(201);
    }

    private void open(String words) {
        page.locator(".row-message .opens")
                .filter(new Locator.FilterOptions().setHasText(words))
                .click();
    }

    private void signInAs(Account account) {
        context.clearCookies();
        signIn(page, Service.CLIENT, account);
    }

    @Test
    void anInvitationIsAnsweredAndTheAnswerIsRead() throws IOException, InterruptedException {
        receive(
                """
                From: Bob <%1$s>
                To: %2$s
                Subject: Come to lunch
                Content-Type: multipart/alternative; boundary=b

                --b
                Content-Type: text/plain

                Please come
                --b
                Content-Type: text/calendar; method=REQUEST

                BEGIN:VCALENDAR
                METHOD:REQUEST
                BEGIN:VEVENT
                UID:lunch@digidig.test
                DTSTART;VALUE=DATE:20300105
                RRULE:FREQ=YEARLY
                SUMMARY:Lunch <b>
                ORGANIZER;CN=Bob:mailto:%1$s
                ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:%2$s
                END:VEVENT
                END:VCALENDAR
                --b--
                """
                        .formatted(other.address(), reader.address()));
        signIn(page, Service.CLIENT, reader);
        open("Come to lunch");
        Locator card = page.locator(".invitation");
        assertThat(card).containsText("Lunch <b>");
        assertThat(card).containsText("Saturday, January 5, 2030");
        assertThat(card).containsText("Every year");
        assertThat(Chromium.violations(page)).isEmpty();
        button(page, "Maybe").click();
        assertThat(page.getByText("You answered that you may come.")).isVisible();
        button(page, "Accept").click();
        assertThat(page.getByText("You accepted.")).isVisible();
        assertThat(Chromium.violations(page)).isEmpty();
        signInAs(other);
        open("Accepted: Lunch");
        assertThat(card).containsText(reader.address() + " accepted");
        assertThat(page.locator(".words")).containsText("accepts the invitation");
    }
}
