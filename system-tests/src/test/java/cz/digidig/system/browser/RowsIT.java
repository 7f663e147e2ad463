package cz.digidig.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.BoundingBox;
import cz.digidig.system.suite.Account;
import cz.digidig.system.suite.Service;
import cz.digidig.system.suite.Suite;
import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is done with rows of the list by pointer and by finger. */
class RowsIT extends InBrowser {
    @SuppressWarnings("NullAway.Init")
    RowsIT(Suite suite) {
        super(suite);
    }

    private Locator row(String subject) {
        return page.locator(".row-message").filter(new Locator.FilterOptions().setHasText(subject));
    }

    /** Pushes a row with a finger, by a part of its width. */
    private void push(Locator row, double part) {
        BoundingBox box = row.boundingBox();
        double y = box.y + box.height / 2;
        double from = box.x + box.width / 2;
        CDPSession devices = context.newCDPSession(page);
        touch(devices, "touchStart", from, y);
        for (int i = 1; i <= 8; i++) {
            touch(devices, "touchMove", from + box.width * part * i / 8, y);
        }
        JsonObject end = new JsonObject();
        end.addProperty("type", "touchEnd");
        end.add("touchPoints", new JsonArray());
        devices.send("Input.dispatchTouchEvent", end);
    }

    private static void touch(CDPSession devices, String type, double x, double y) {
        JsonObject point = new JsonObject();
        point.addProperty("x", x);
        point.addProperty("y", y);
        JsonArray points = new JsonArray();
        points.add(point);
        JsonObject touched = new JsonObject();
        touched.addProperty("type", type);
        touched.add("touchPoints", points);
        devices.send("Input.dispatchTouchEvent", touched);
    }

    @Test
    void rowsAreKeptDeletedAndMarkedWhereTheyAre() throws IOException, InterruptedException {
        Account reader = person("\"user\"", false);
        for (String subject : new String[] {"One", "Two", "Three"}) {
            receive(reader, "From: a@elsewhere.example\r\nSubject: " + subject + "\r\n\r\nWords\r\n");
        }
        signIn(page, Service.CLIENT, reader);
        assertThat(page.locator(".row-message.unread")).hasCount(3);

        row("One").hover();
        page.locator(".beside button[value=read]").click();
        assertThat(row("One")).not().hasClass(Pattern.compile("unread"));
        row("Two").hover();
        Chromium.picture(page, "row-hovered");
        page.locator(".beside button[value=archive]").click();
        assertThat(row("Two")).hasCount(0);
        button(page, "Undo").click();
        assertThat(row("Two")).isVisible();

        push(row("Two"), 0.1);
        push(row("Three"), 0.4);
        assertThat(page.getByText("1 message moved to Archive")).isVisible();
        assertThat(row("Three")).hasCount(0);
        push(row("One"), -0.4);
        assertThat(row("One")).hasCount(0);
        assertThat(page.locator(".row-message")).hasCount(1);
        assertThat(row("Two")).isVisible();
    }
}
