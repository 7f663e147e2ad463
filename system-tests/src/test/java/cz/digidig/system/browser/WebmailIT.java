package cz.digidig.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitUntilState;
import cz.digidig.system.suite.Account;
import cz.digidig.system.suite.Service;
import cz.digidig.system.suite.Suite;
import java.io.IOException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A day in the webmail. */
class WebmailIT extends InBrowser {
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm");

    private Account reader;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init")
    WebmailIT(Suite suite) {
        super(suite);
    }

    @BeforeEach
    void someone() throws IOException, InterruptedException {
        reader = person("\"user\"", false);
        requests.clear();
        page.onRequest(request -> requests.add(request.url()));
    }

    private void receive(String message) throws IOException, InterruptedException {
        receive(reader, message);
    }

    private Locator line(String words) {
        return page.locator(".row-message .opens").filter(new Locator.FilterOptions().setHasText(words));
    }

    /** The frames of mails are left out: nothing may run in them, axe-core neither. */
    private void assertAccessible() {
        assertThat(new AxeBuilder(page).exclude("iframe").analyze().getViolations())
                .isEmpty();
    }

    @Test
    void hostileMailShowsItsTextAndNothingElse() throws IOException, InterruptedException {
        receive("""
                From: Mallory <m@example.org>
                Subject: Look at this
                Content-Type: text/html; charset=utf-8

                <p>Harmless words</p><script>top.hacked=1</script><img src=x onerror=top.hacked=1>
                <img src="https://pictures.invalid/a.png" width=90 height=90>
                """);
        signIn(page, Service.CLIENT, reader);
        line("Look at this").click();
        assertThat(page.frameLocator("iframe").getByText("Harmless words")).isVisible();
        assertThat(page.getByText("1 picture from elsewhere was not loaded")).isVisible();
        assertThat(page.evaluate("() => typeof window.hacked")).isEqualTo("undefined");
        assertThat(page.locator("iframe")).hasAttribute("sandbox", "allow-popups allow-popups-to-escape-sandbox");
        assertThat(requests).noneMatch(url -> url.contains("pictures"));
        assertAccessible();
        page.getByText("Show pictures").click();
        page.waitForCondition(() -> requests.stream().anyMatch(url -> url.contains("/pictures?url=")));
        assertThat(requests).allMatch(url -> url.startsWith("http://127.0.0.1:"));
    }

    @Test
    void aConversationIsReadFoldedArchivedAndBroughtBack() throws IOException, InterruptedException {
        receive("From: Bob <bob@example.org>\r\nSubject: Plan\r\nMessage-ID: <1@t>\r\n\r\nThe first words\r\n");
        receive("From: Carol <carol@example.org>\r\nSubject: Re: Plan\r\nReferences: <1@t>\r\n\r\nThe last words\r\n");
        signIn(page, Service.CLIENT, reader);
        assertThat(page.locator(".row-message")).hasCount(1);
        assertThat(line("Bob, Carol")).isVisible();
        line("Plan").click();
        assertThat(page.getByText("The last words").last()).isVisible();
        page.getByRole(AriaRole.LIST, new Page.GetByRoleOptions().setName("Earlier in this conversation"))
                .getByRole(AriaRole.LINK)
                .click();
        assertThat(page.locator(".folded .words")).containsText("The first words");
        assertAccessible();
        page.keyboard().press("?");
        assertThat(heading(page, "Keyboard")).isVisible();
        assertAccessible();
        page.keyboard().press("Escape");
        assertThat(heading(page, "Keyboard")).not().isVisible();
        page.getByLabel("Choose all that are shown").check();
        button(page, "Forward as attachment").click();
        assertThat(page.getByLabel("Subject")).hasValue("2 forwarded messages");
        assertThat(page.getByLabel("Attachments").getByRole(AriaRole.CHECKBOX)).hasCount(2);
        page.locator("#text").fill("Both of them");
        // With files it is saved 3 s after the last key.
        assertThat(page.getByText("Saved in Drafts"))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(20_000));
        page.reload();
        assertThat(page.getByLabel("Attachments")).containsText("Plan.eml");
        button(page, "Discard").click();
        line("Plan").click();
        page.keyboard().press("e");
        assertThat(page.getByText("2 messages moved to Archive")).isVisible();
        assertThat(page.locator(".row-message")).hasCount(0);
        button(page, "Undo").click();
        assertThat(line("Plan")).isVisible();
    }

    @Test
    void mailIsWrittenToAContactAndArrivesWithoutReload() throws IOException, InterruptedException {
        Account other = person("\"user\"", false);
        signIn(page, Service.CLIENT, reader);
        page.navigate(url(Service.CLIENT, "/contacts/new"));
        page.getByLabel("Name").fill("Olga Other");
        page.getByLabel("Addresses").fill(other.address());
        assertAccessible();
        button(page, "Save").click();
        assertThat(page.getByText("Olga Other saved")).isVisible();
        assertAccessible();
        try (BrowserContext elsewhere = chromium.fresh()) {
            Page theirs = elsewhere.newPage();
            signIn(theirs, Service.CLIENT, other);
            assertThat(heading(theirs, "Your inbox is empty")).isVisible();

            page.navigate(url(Service.CLIENT, "/compose"));
            page.getByLabel("To", new Page.GetByLabelOptions().setExact(true))
                    .fill("Ann <ann@example.org>, nonsense, ");
            assertThat(page.locator(".chip")).hasCount(2);
            assertThat(page.locator(".chip.bad")).hasText(Pattern.compile("nonsense"));
            page.keyboard().press("Backspace");
            page.keyboard().press("Backspace");
            page.keyboard().press("Backspace");
            assertThat(page.locator(".chip")).hasCount(0);
            page.keyboard().press("End");
            page.keyboard().type("bob@d1gidig.test,");
            assertThat(page.locator(".doubt").first()).containsText("only looks like digidig.test");
            assertAccessible();
            page.getByLabel("Remove bob@d1gidig.test").click();
            page.keyboard().type("olg");
            page.getByRole(AriaRole.OPTION).first().click();
            page.getByLabel("Subject").fill("Lunch");
            page.locator("#text").fill("At noon? The menu is attached.");
            assertThat(page.getByText("Saved in Drafts")).isVisible();
            assertAccessible();
            button(page, "Send").click();
            assertThat(page.getByText("there is none")).isVisible();
            assertAccessible();
            button(page, "Send anyway").click();
            assertThat(page.getByText("Will be sent in 10 seconds")).isVisible();

            assertThat(theirs.locator(".row-message").filter(new Locator.FilterOptions().setHasText("Lunch")))
                    .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(30_000));
        }
    }

    @Test
    void anAnswerIsWrittenFromTheAliasThatTheMessageCameTo() throws IOException, InterruptedException {
        String alias = "desk-" + reader.address();
        assertThat(suite.rest(Service.IDENTITY, suite.admin())
                        .post(
                                "/api/aliases",
                                "{\"address\":\"%s\",\"targets\":[\"%s\"]}".formatted(alias, reader.address()))
                        .status())
                .isEqualTo(201);
        receive("From: Bob <bob@digidig.test>\r\nTo: " + alias + "\r\nSubject: Order\r\n\r\nOne, please\r\n");
        signIn(page, Service.CLIENT, reader);
        page.navigate(url(Service.CLIENT, "/settings/identities?address=" + alias));
        page.getByLabel("Name").fill("The desk");
        page.getByLabel("Signature").fill("Open all day");
        assertAccessible();
        button(page, "Save").click();
        assertThat(page.getByText(alias + " saved")).isVisible();

        page.navigate(url(Service.CLIENT, "/"));
        line("Order").click();
        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("Reply").setExact(true))
                .click();
        assertThat(page.getByLabel("From")).hasValue(alias);
        assertThat(page.locator("#text")).hasValue(Pattern.compile("-- \nOpen all day\n"));
        page.getByLabel("From").selectOption(reader.address());
        assertThat(page.locator("#text")).not().hasValue(Pattern.compile("Open all day"));
        page.getByLabel("From").selectOption(alias);
        page.getByLabel("Subject").fill("Re: Order 7");
        assertThat(page.getByText("Saved in Drafts")).isVisible();
        page.reload();
        assertThat(page.getByLabel("From")).hasValue(alias);
        assertThat(page.locator("#text")).hasValue(Pattern.compile("Open all day"));
    }

    @Test
    void aMessageThatIsToBeSentLaterIsListedAndCalledBack() {
        signIn(page, Service.CLIENT, reader);
        page.navigate(url(Service.CLIENT, "/compose?to=bob@digidig.test"));
        page.getByLabel("Subject").fill("Later");
        page.locator("#text").fill("Dear Bob");
        page.getByLabel("Formatted").check();
        assertThat(page.locator("#rich")).hasText("Dear Bob");
        page.locator("#rich").press("Control+A");
        page.keyboard().press("Control+B");
        assertThat(page.getByLabel("Bold")).hasAttribute("aria-pressed", "true");
        page.locator(".later summary").click();
        page.getByLabel("Another time").fill("2020-01-01T08:00");
        button(page, "Send then").click();
        assertThat(page.getByText("Choose a time that is still to come.")).isVisible();
        assertAccessible();
        page.getByLabel("Another time")
                .fill(LocalDateTime.now(ZoneOffset.UTC)
                        .plusDays(3)
                        .withHour(8)
                        .withMinute(30)
                        .format(MINUTES));
        button(page, "Send then").click();
        assertThat(page.getByText("Will be sent")).isVisible();
        page.navigate(url(Service.CLIENT, "/scheduled"));
        assertThat(page.locator(".scheduled")).containsText(Pattern.compile("Later.*bob@digidig.test.*8:30"));
        assertAccessible();
        button(page, "Change").click();
        assertThat(page.getByText("It was not sent and is a draft again")).isVisible();
        assertThat(page.getByLabel("Subject")).hasValue("Later");
        assertThat(page.locator("#rich b")).hasText("Dear Bob");
        assertAccessible();
        Chromium.picture(page, "compose-formatted");
        page.getByLabel("Formatted").uncheck();
        assertThat(page.locator("#text")).hasValue(Pattern.compile("Dear Bob\n*"));
        page.navigate(url(Service.CLIENT, "/scheduled"));
        assertThat(heading(page, "Nothing waits to be sent later")).isVisible();
    }

    @Test
    void whatIsWrittenOutlivesTheService() throws IOException, InterruptedException {
        signIn(page, Service.CLIENT, reader);
        assertThat(heading(page, "Your inbox is empty")).isVisible();
        page.navigate(url(Service.CLIENT, "/compose"));
        page.getByLabel("Subject").fill("Kept");
        assertThat(page.getByText("Saved in Drafts")).isVisible();
        suite.kill(Service.CLIENT);
        page.locator("#text").fill("The last words");
        assertThat(page.getByText("Not saved")).isVisible();
        suite.up();
        // The page tries again by itself, signs in again, and puts back what no save had taken.
        page.waitForFunction(
                "() => Object.keys(sessionStorage).every(key => !key.startsWith('digidig-writing'))"
                        + " && document.getElementById('saved')?.textContent === 'Saved in Drafts'",
                null,
                new Page.WaitForFunctionOptions().setTimeout(60_000));
        page.reload();
        assertThat(page.locator("#text")).hasValue("The last words");
    }

    @Test
    void whatComesBetweenAPageAndItsStreamIsSeen() {
        page.route("**/live", stream -> {
            try {
                receive("From: Bob <bob@example.org>\r\nSubject: In between\r\n\r\nWords\r\n");
            } catch (IOException | InterruptedException failed) {
                throw new IllegalStateException(failed);
            }
            stream.resume();
        });
        signIn(page, Service.CLIENT, reader);
        assertThat(line("In between").first()).isVisible();
    }

    @Test
    void whatIsTypedBeforeTheScriptCameIsSaved() {
        signIn(page, Service.CLIENT, reader);
        assertThat(page.locator(".mail")).isVisible();
        List<Route> held = new ArrayList<>();
        page.route("**/assets/compose-*.js", held::add);
        page.navigate(url(Service.CLIENT, "/compose"), new Page.NavigateOptions().setWaitUntil(WaitUntilState.COMMIT));
        page.getByLabel("Subject").fill("Early");
        page.waitForCondition(() -> !held.isEmpty());
        held.forEach(Route::resume);
        assertThat(page.getByText("Saved in Drafts")).isVisible();
    }

    @Test
    void settingsAreKept() {
        signIn(page, Service.CLIENT, reader);
        page.navigate(url(Service.CLIENT, "/settings"));
        page.getByLabel("Time zone").selectOption("Asia/Tokyo");
        page.getByLabel("Show messages that answer each other together").uncheck();
        assertAccessible();
        button(page, "Save").click();
        assertThat(page.getByText("Settings saved")).isVisible();
        assertThat(page.getByLabel("Time zone")).hasValue("Asia/Tokyo");
        assertThat(page.getByLabel("Show messages that answer each other together"))
                .not()
                .isChecked();
        page.navigate(url(Service.CLIENT, "/search?q=is:unread"));
        page.getByLabel("Name for this search").fill("Not read yet");
        button(page, "Save this search").click();
        assertThat(page.locator(".rail").getByText("Not read yet")).isVisible();
        page.navigate(url(Service.CLIENT, "/settings/searches"));
        assertAccessible();
        page.navigate(url(Service.CLIENT, "/settings/export"));
        assertAccessible();
        Download all = page.waitForDownload(() -> button(page, "Download").click());
        assertThat(all.suggestedFilename()).isEqualTo("mail.zip");
        assertThat(all.failure()).isNull();
    }
}
