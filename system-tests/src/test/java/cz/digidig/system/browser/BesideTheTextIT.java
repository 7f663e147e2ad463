package cz.digidig.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
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
        page.locator(".row-message .opens").filter(named(words)).click();
    }

    private void signInAs(Account account) {
        context.clearCookies();
        signIn(page, Service.CLIENT, account);
    }

    @Test
    void anInvitationIsAnsweredAndTheAnswerIsRead() throws IOException, InterruptedException {
        receive("""
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
                """.formatted(other.address(), reader.address()));
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

    @Test
    void filesAreLookedAtWithoutHarmAndCardsBecomeContacts() throws IOException, InterruptedException {
        receive("""
                From: Bob <bob@example.org>
                Subject: Papers
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: application/pdf; name=paper.pdf

                %PDF-1.4
                --b
                Content-Type: application/pdf; name=fake.pdf

                <script>top.hacked=1</script>
                --b
                Content-Type: text/csv; name=table.csv; charset=iso-8859-2
                Content-Transfer-Encoding: quoted-printable

                <b>=B9est</b>
                --b
                Content-Type: text/vcard; name=carol.vcf

                BEGIN:VCARD
                VERSION:3.0
                FN:Carol <b>
                EMAIL:carol@example.org
                END:VCARD
                --b--
                """);
        signIn(page, Service.CLIENT, reader);
        open("Papers");
        assertThat(page.locator(".invitation")).containsText("Carol <b>");
        assertThat(Chromium.violations(page)).isEmpty();
        APIResponse paper = file("paper.pdf");
        assertThat(paper.headers()).containsEntry("content-type", "application/pdf");
        assertThat(paper.headers().get("content-disposition")).startsWith("inline");
        assertThat(paper.headers().get("content-security-policy")).startsWith("default-src 'none'; object-src 'self'");
        APIResponse fake = file("fake.pdf");
        assertThat(fake.headers()).containsEntry("content-type", "application/octet-stream");
        assertThat(fake.headers().get("content-disposition")).startsWith("attachment");
        Page opened = page.waitForPopup(() ->
                page.getByRole(AriaRole.LINK).filter(named("table.csv")).first().click());
        assertThat(opened.locator("body")).hasText("<b>šest</b>");
        button(page, "Add to contacts").click();
        assertThat(page.getByText("1 contact added")).isVisible();
        assertThat(page.getByText("Already in your contacts")).isVisible();
    }

    @Test
    void aReceiptIsAskedForGivenOnceAndRead() throws IOException, InterruptedException {
        receive("""
                Return-Path: <%1$s>
                From: Bob <%1$s>
                To: %2$s
                Subject: Did you see this
                Message-ID: <asks@digidig.test>
                Disposition-Notification-To: %1$s

                Words
                """.formatted(other.address(), reader.address()));
        signIn(page, Service.CLIENT, reader);
        page.navigate(url(Service.CLIENT, "/compose"));
        page.getByLabel("Ask for a read receipt").check();
        assertThat(page.getByText("Saved in Drafts")).isVisible();
        page.reload();
        assertThat(page.getByLabel("Ask for a read receipt")).isChecked();
        assertThat(Chromium.violations(page)).isEmpty();
        button(page, "Discard").click();
        open("Did you see this");
        assertThat(page.getByText("asks for a receipt")).isVisible();
        assertThat(page.getByText("not where this message came from")).not().isVisible();
        assertThat(Chromium.violations(page)).isEmpty();
        button(page, "Send receipt").click();
        assertThat(page.getByText("The receipt was sent")).isVisible();
        assertThat(button(page, "Send receipt")).hasCount(0);
        signInAs(other);
        open("Read: Did you see this");
        assertThat(page.locator(".note-box")).containsText(reader.address() + " displayed your message");
        assertThat(page.locator(".words")).containsText("This is a receipt");
    }

    private static Locator.FilterOptions named(String words) {
        return new Locator.FilterOptions().setHasText(words);
    }

    private APIResponse file(String name) {
        String path = page.locator(".files a").filter(named(name)).first().getAttribute("href");
        return page.request().get(url(Service.CLIENT, path));
    }
}
