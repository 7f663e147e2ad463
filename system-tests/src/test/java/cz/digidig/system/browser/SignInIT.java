package cz.digidig.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import cz.digidig.system.Codes;
import cz.digidig.system.suite.Account;
import cz.digidig.system.suite.Service;
import cz.digidig.system.suite.Suite;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Signing in and out as people do it. */
class SignInIT extends InBrowser {
    SignInIT(Suite suite) {
        super(suite);
    }

    @Test
    void theFirstSignInAsksForAPasswordOfOnesOwn() throws IOException, InterruptedException {
        Account fresh = person("\"user\",\"admin\"", true);
        signIn(page, Service.ADMIN, fresh);
        assertThat(heading(page, "Choose a password")).isVisible();
        page.getByLabel("New password").fill(OWN);
        page.getByLabel("The same once more").fill(OWN + "x");
        button(page, "Save and go on").click();
        assertThat(page.getByText("The two passwords are not the same.")).isVisible();
        page.getByLabel("New password").fill(OWN);
        page.getByLabel("The same once more").fill(OWN);
        button(page, "Save and go on").click();
        assertThat(heading(page, "Dashboard")).isVisible();
        assertThat(page).hasURL(Pattern.compile(".*:" + page(Service.ADMIN) + "/(\\?continue)?"));
    }

    @Test
    void codesAreTurnedOnAndAskedFor() throws IOException, InterruptedException {
        Account person = person("\"user\"", false);
        signIn(page, Service.IDENTITY, person);
        page.navigate(url(Service.IDENTITY, "/security/codes"));
        button(page, "Set up codes").click();
        String secret = page.locator("#secret").innerText();
        page.locator("#code").fill("000000");
        button(page, "Turn codes on").click();
        assertThat(page.getByText("The code is not right.")).isVisible();
        page.locator("#code").fill(Codes.now(secret));
        button(page, "Turn codes on").click();
        assertThat(heading(page, "Recovery codes")).isVisible();

        try (BrowserContext other = chromium.fresh()) {
            Page elsewhere = other.newPage();
            signIn(elsewhere, Service.IDENTITY, person);
            assertThat(heading(elsewhere, "Enter your code")).isVisible();
            elsewhere.locator("#code").fill(Codes.next(secret));
            button(elsewhere, "Go on").click();
            assertThat(heading(elsewhere, "Your sign-in")).isVisible();
        }
    }

    @Test
    void aPasskeyIsMadeAndSignsIn() throws IOException, InterruptedException {
        // Passkeys are bound to the place where the suite says that it is.
        suite.requireOwn();
        Account person = person("\"user\"", false);
        CDPSession devices = context.newCDPSession(page);
        devices.send("WebAuthn.enable");
        JsonObject device = JsonParser.parseString(
                        "{\"options\":{\"protocol\":\"ctap2\",\"transport\":\"internal\",\"hasResidentKey\":true,"
                                + "\"hasUserVerification\":true,\"isUserVerified\":true}}")
                .getAsJsonObject();
        devices.send("WebAuthn.addVirtualAuthenticator", device);
        // Browsers keep passkeys for names alone.
        String home = "http://localhost:" + page(Service.IDENTITY);
        page.navigate(home + "/sign-in");
        fillIn(page, person);
        assertThat(heading(page, "Your sign-in")).isVisible();
        page.navigate(home + "/security/passkeys");
        page.getByLabel("Name").fill("Test device");
        button(page, "Add a passkey").click();
        assertThat(page.getByRole(AriaRole.ROWHEADER, new Page.GetByRoleOptions().setName("Test device")))
                .isVisible();

        context.clearCookies();
        page.navigate(home + "/sign-in");
        button(page, "Sign in with a passkey").click();
        assertThat(heading(page, "Your sign-in")).isVisible();
        assertThat(page.getByText("How " + person.address() + " signs in, and where."))
                .isVisible();
    }

    @Test
    void signingOutInOneApplicationEndsTheOthers() throws IOException, InterruptedException {
        Account person = person("\"user\",\"admin\"", false);
        signIn(page, Service.ADMIN, person);
        assertThat(heading(page, "Dashboard")).isVisible();
        Page webmail = context.newPage();
        webmail.navigate(url(Service.CLIENT, "/"));
        assertThat(webmail).hasURL(Pattern.compile(".*:" + page(Service.CLIENT) + "/.*"));

        page.locator("[popovertarget=person]").click();
        button(page, "Sign out").click();
        assertThat(button(page, "Sign in")).isVisible();

        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> {
            webmail.reload();
            return button(webmail, "Sign in").isVisible();
        });
    }
}
