package cz.digidig.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The forms of settings, beside a suite of fakes. */
@ExtendWith(AdminExtension.class)
class SettingsIT {
    private final Admin admin;

    SettingsIT(Admin admin) {
        this.admin = admin;
    }

    private static Map<String, String> form(String page) {
        Map<String, String> fields = new HashMap<>();
        for (String name : List.of("_csrf", "etag", "before")) {
            fields.put(name, Browser.hidden(page, name));
        }
        Matcher inputs = Pattern.compile("<(?:input|select|textarea)[^>]* name=\"([a-zA-Z0-9.\\[\\]]+)\"[^>]*?>")
                .matcher(page);
        while (inputs.find()) {
            String tag = inputs.group();
            if (tag.contains("[#]")
                    || tag.contains("type=\"hidden\"")
                    || (tag.contains("checkbox") && !tag.contains("checked"))) {
                continue;
            }
            Matcher value = Pattern.compile(" value=\"([^\"]*)\"").matcher(tag);
            String found = value.find() ? Browser.unescaped(value.group(1)) : "";
            if (tag.startsWith("<textarea")) {
                found = Browser.unescaped(page.substring(inputs.end(), page.indexOf("</textarea>", inputs.end())));
            } else if (tag.startsWith("<select")) {
                Matcher option = Pattern.compile("value=\"([^\"]*)\" selected")
                        .matcher(page.substring(inputs.end(), page.indexOf("</select>", inputs.end())));
                found = option.find() ? option.group(1) : "";
            }
            fields.put(inputs.group(1), found);
        }
        return fields;
    }

    @Test
    void aSettingIsReviewedAndSavedAndEverythingElseStays() throws IOException, InterruptedException {
        Browser browser = admin.signedIn();
        String before = admin.suite().config.toString();
        Map<String, String> fields = form(browser.get("/settings/smtp").body());
        HttpResponse<String> same = browser.post("/settings/smtp", fields);
        assertThat(same.body()).contains("Nothing differs");
        fields.put("maxMessageSize", "20971520");
        HttpResponse<String> review = browser.post("/settings/smtp", fields);
        assertThat(review.body())
                .contains("52428800", "20971520", "Largest message")
                .doesNotContain("Host name");
        HttpResponse<String> saved = browser.post(
                "/settings/smtp/save",
                Map.of(
                        "_csrf", Browser.hidden(review.body(), "_csrf"),
                        "etag", Browser.hidden(review.body(), "etag"),
                        "before", Browser.hidden(review.body(), "before"),
                        "wanted", Browser.hidden(review.body(), "wanted")));
        assertThat(saved.body()).contains("Saved, and in force");
        assertThat(admin.suite().config.toString()).isEqualTo(before.replace("52428800", "20971520"));
        admin.suite().changeMeanwhile("maxMessageSize", 52428800);
    }

    @Test
    void aRefusedValueComesBackAtItsField() throws IOException, InterruptedException {
        Browser browser = admin.signedIn();
        String before = admin.suite().config.toString();
        Map<String, String> fields = form(browser.get("/settings/smtp").body());
        fields.put("maxMessageSize", "lots");
        assertThat(browser.post("/settings/smtp", fields).body()).contains("This must be a number", "value=\"lots\"");
        fields.put("maxMessageSize", "12");
        String review = browser.post("/settings/smtp", fields).body();
        HttpResponse<String> refused = browser.post(
                "/settings/smtp/save",
                Map.of(
                        "_csrf", Browser.hidden(review, "_csrf"),
                        "etag", Browser.hidden(review, "etag"),
                        "before", Browser.hidden(review, "before"),
                        "wanted", Browser.hidden(review, "wanted")));
        assertThat(refused.body()).contains("must be at least 1024", "value=\"12\"", "aria-invalid=\"true\"");
        assertThat(admin.suite().config.toString()).isEqualTo(before);
    }

    @Test
    void whatSomebodyElseSavedMeanwhileIsShownAndKept() throws IOException, InterruptedException {
        Browser browser = admin.signedIn();
        Map<String, String> fields = form(browser.get("/settings/smtp").body());
        admin.suite().changeMeanwhile("maxMessageSize", 1_000_000);
        fields.put("hostname", "mx.digidig.test");
        HttpResponse<String> conflict = browser.post("/settings/smtp", fields);
        assertThat(conflict.body())
                .contains("Changed meanwhile by eve@digidig.test", "1000000", "mx.digidig.test", "Save mine on top");
        HttpResponse<String> saved = browser.post(
                "/settings/smtp/save",
                Map.of(
                        "_csrf", Browser.hidden(conflict.body(), "_csrf"),
                        "etag", Browser.hidden(conflict.body(), "etag"),
                        "before", Browser.hidden(conflict.body(), "before"),
                        "wanted", Browser.hidden(conflict.body(), "wanted")));
        assertThat(saved.body()).contains("Saved, and in force");
        assertThat(admin.suite().config.path("hostname").asString("")).isEqualTo("mx.digidig.test");
        assertThat(admin.suite().config.path("maxMessageSize").asLong(0)).isEqualTo(1_000_000);
        admin.suite().config.put("hostname", "mail.digidig.test");
        admin.suite().changeMeanwhile("maxMessageSize", 52428800);
    }

    @Test
    void itemsComeAndGoWithoutAScript() throws IOException, InterruptedException {
        Browser browser = admin.signedIn();
        Map<String, String> fields = form(browser.get("/settings/smtp").body());
        fields.put("add", "listeners");
        String more = browser.post("/settings/smtp", fields).body();
        assertThat(more).contains("listeners[2].port");
        Map<String, String> grown = form(more);
        grown.put("remove", "listeners[0]");
        String fewer = browser.post("/settings/smtp", grown).body();
        assertThat(fewer).contains("listeners[1].port").doesNotContain("listeners[2].port");
    }
}
