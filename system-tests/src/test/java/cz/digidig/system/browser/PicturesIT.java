package cz.digidig.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import cz.digidig.system.suite.Account;
import cz.digidig.system.suite.Service;
import cz.digidig.system.suite.Suite;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Pictures that stand in what is written, from the editor to the reader. */
class PicturesIT extends InBrowser {
    /** Of one that the browser has, not of a broken one. */
    private static final String SHOWN = "image => image.complete && image.naturalWidth === 240";

    @SuppressWarnings("NullAway.Init")
    PicturesIT(Suite suite) {
        super(suite);
    }

    private static byte[] picture(Color color) throws IOException {
        BufferedImage image = new BufferedImage(240, 90, BufferedImage.TYPE_INT_RGB);
        for (int x = 20; x < 220; x++) {
            for (int y = 20; y < 70; y++) {
                image.setRGB(x, y, color.getRGB());
            }
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        return png.toByteArray();
    }

    private void awaitSaved() {
        assertThat(page.locator("#saved"))
                .hasText("Saved in Drafts", new LocatorAssertions.HasTextOptions().setTimeout(20_000));
    }

    private void awaitShown(Locator image) {
        page.waitForCondition(() -> (Boolean) image.evaluate(SHOWN));
    }

    @Test
    void picturesAreSentInTheTextAndQuotedByTheAnswer() throws IOException, InterruptedException {
        Account reader = person("\"user\"", false);
        signIn(page, Service.CLIENT, reader);
        page.navigate(url(Service.CLIENT, "/settings"));
        page.getByLabel("Undo send").selectOption("0");
        button(page, "Save").click();
        assertThat(page.getByText("Settings saved")).isVisible();
        page.navigate(url(Service.CLIENT, "/compose?to=" + reader.address()));
        page.getByLabel("Subject").fill("Colours");
        page.getByLabel("Formatted").check();
        Locator editor = page.locator("#rich");
        assertThat(editor).isFocused();
        page.keyboard().type("This is red:");
        page.waitForFileChooser(() -> button(page, "Picture in the text").click())
                .setFiles(new FilePayload("red.png", "image/png", picture(Color.RED)));
        awaitShown(editor.getByAltText("red.png"));
        awaitSaved();
        page.keyboard().type(" and this is blue:");
        editor.evaluate(
                "(editor, png) => { const data = new DataTransfer();"
                        + "data.items.add(new File([Uint8Array.from(atob(png), c => c.charCodeAt(0))], 'blue.png', {type: 'image/png'}));"
                        + "editor.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})); }",
                Base64.getEncoder().encodeToString(picture(Color.BLUE)));
        awaitShown(editor.getByAltText("blue.png"));
        page.keyboard().type(" and that is all.");
        awaitSaved();
        assertThat(page.getByLabel("Attachments")).hasCount(0);

        page.reload();
        awaitShown(editor.getByAltText("red.png"));
        awaitShown(editor.getByAltText("blue.png"));
        assertThat(editor).hasText("This is red: and this is blue: and that is all.");
        assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
        Chromium.picture(page, "compose-pictures");

        // Taken out, it is no part any more; brought back, it is one again.
        editor.getByAltText("blue.png").click();
        page.keyboard().press("Delete");
        assertThat(editor.locator("img")).hasCount(1);
        assertThat(page.locator("input[type=hidden][name=kept]"))
                .hasCount(1, new LocatorAssertions.HasCountOptions().setTimeout(20_000));
        page.keyboard().press("Control+Z");
        assertThat(page.locator("input[type=hidden][name=kept]"))
                .hasCount(2, new LocatorAssertions.HasCountOptions().setTimeout(20_000));
        page.reload();
        awaitShown(editor.getByAltText("blue.png"));

        button(page, "Send").click();
        assertThat(page.getByText("Sent", new Page.GetByTextOptions().setExact(true))
                        .last())
                .isVisible();
        page.locator(".row-message .opens")
                .filter(new Locator.FilterOptions().setHasText("Colours"))
                .click(new Locator.ClickOptions().setTimeout(60_000));
        Locator mail = page.frameLocator("iframe.html-mail").locator("img");
        assertThat(mail).hasCount(2);
        awaitShown(mail.first());
        assertThat(page.locator("article .files")).hasCount(0);
        Chromium.picture(page, "message-pictures");

        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("Reply").setExact(true))
                .click();
        awaitShown(editor.locator(".quoted").getByAltText("red.png"));
        page.keyboard().type("I see them.");
        awaitSaved();
        page.reload();
        awaitShown(editor.locator(".quoted").getByAltText("blue.png"));
        assertThat(page.locator("input[type=hidden][name=kept]")).hasCount(2);
    }
}
