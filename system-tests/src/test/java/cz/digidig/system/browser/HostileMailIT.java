package cz.digidig.system.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Frame;
import cz.digidig.system.client.RestClient;
import cz.digidig.system.suite.Account;
import cz.digidig.system.suite.Service;
import cz.digidig.system.suite.Suite;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Mail that attacks whoever reads it, each message opened in a browser: nothing of it runs, loads, sends or leads away. What
 * the sanitiser leaves is known by its own tests; here is what a real parser makes of that.
 */
class HostileMailIT extends InBrowser {
    /** Sets the canary, in the page as in a frame of it. */
    private static final String RUN = "top.hacked=1";

    private static final String ELSEWHERE = "//elsewhere.invalid";

    /** One technique each: events, containers that change the parser's mode, mutation after a second parse, URLs, styles. */
    private static final List<String> BODIES = List.of(
            "<script>RUN</script>",
            "<script src=ELSEWHERE/x.js></script>",
            "<scr<script>ipt>RUN</scr</script>ipt>",
            "<img src=x onerror=RUN>",
            "<img/src/onerror=RUN>",
            "<img src=`x`onerror=RUN>",
            "<img \"\"\"><script>RUN</script>\">",
            "<body onload=RUN onpageshow=RUN>x",
            "<details open ontoggle=RUN>x",
            "<input autofocus onfocus=RUN>",
            "<select autofocus onfocus=RUN><option>x",
            "<textarea autofocus onfocus=RUN>x</textarea>",
            "<video><source onerror=RUN></video>",
            "<audio src=x onerror=RUN>",
            "<marquee onstart=RUN>x</marquee>",
            "<svg onload=RUN>",
            "<svg><script>RUN</script></svg>",
            "<svg><a xlink:href=\"javascript:RUN\"><text y=20>x</text></a></svg>",
            "<svg><set attributeName=href to=javascript:RUN><animate onbegin=RUN attributeName=x dur=1s></svg>",
            "<svg><foreignObject><iframe srcdoc=\"<script>RUN</script>\"></iframe></foreignObject></svg>",
            "<svg></p><style><a id=\"</style><img src=1 onerror=RUN>\">",
            "<svg><style>&lt;img src=x onerror=RUN&gt;</style></svg>",
            "<math><mi xlink:href=\"javascript:RUN\">x</mi></math>",
            "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=RUN&gt;\">",
            "<form><math><mtext></form><form><mglyph><style></math><img src onerror=RUN>",
            "<noscript><p title=\"</noscript><img src=x onerror=RUN>\">",
            "<noembed><img title=\"</noembed><img src onerror=RUN>\"></noembed>",
            "<xmp><p title=\"</xmp><img src=x onerror=RUN>\"></xmp>",
            "<title><a title=\"</title><img src=x onerror=RUN>\"></a></title>",
            "<textarea><p title=\"</textarea><img src=x onerror=RUN>\">",
            "<style><p title=\"</style><img src=x onerror=RUN>\"></style>",
            "<!--><img src=x onerror=RUN>-->",
            "<!-- --!><img src=x onerror=RUN> -->",
            "<![CDATA[<!--]]><img src=x onerror=RUN>-->",
            "<?xml-stylesheet href=\"javascript:RUN\"?><p>x",
            "<template><img src=x onerror=RUN></template>",
            "<iframe src=\"javascript:RUN\"></iframe>",
            "<iframe srcdoc=\"&lt;img src=x onerror=RUN&gt;\"></iframe>",
            "<object data=\"data:text/html;base64,PHNjcmlwdD50b3AuaGFja2VkPTE8L3NjcmlwdD4=\"></object>",
            "<embed src=\"javascript:RUN\">",
            "<meta http-equiv=refresh content=\"0;url=javascript:RUN\">",
            "<meta http-equiv=refresh content=\"0;url=http:ELSEWHERE/\">",
            "<base href=\"javascript:RUN//\"><a href=\"/\">x</a>",
            "<link rel=stylesheet href=ELSEWHERE/x.css><link rel=preload as=image href=ELSEWHERE/x.png>",
            "<link rel=dns-prefetch href=ELSEWHERE><link rel=prefetch href=ELSEWHERE/x>",
            "<style>@import 'ELSEWHERE/x.css';@font-face{font-family:x;src:url(ELSEWHERE/x)}*{font-family:x}</style>x",
            "<p style=\"background:url(ELSEWHERE/x.png)\">x</p>",
            "<p style=\"background:\\75\\72\\6c(ELSEWHERE/x.png);list-style-image:image-set('ELSEWHERE/x' 1x)\">x</p>",
            "<p style=\"--x:url(ELSEWHERE/x.png);background:var(--x)\">x</p>",
            "<img srcset=\"ELSEWHERE/x.png 1x\"><picture><source srcset=ELSEWHERE/y.png><img></picture>",
            "<table background=ELSEWHERE/x.png><tr><td background=ELSEWHERE/y.png>x</table>",
            "<body background=ELSEWHERE/x.png>x</body>",
            "<video poster=ELSEWHERE/x.png src=ELSEWHERE/x.mp4 autoplay></video><track src=ELSEWHERE/x.vtt>",
            "<input type=image src=ELSEWHERE/x.png>",
            "<img src=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' onload='RUN'/%3E\">",
            "<form id=f action=http:ELSEWHERE/><input name=attributes><button form=f formaction=javascript:RUN>x</button></form>",
            "<a href=javascript:RUN id=a>x</a><script>a.click()</script>",
            "<a href=\"java\tscript:RUN\" target=_top>x</a>",
            "<a href=\"http:ELSEWHERE/\" ping=http:ELSEWHERE/ping>x</a>",
            "<img name=getElementById><form name=body><img id=firstChild></form>x",
            "<p class=\"toast-note\" id=toasts data-undo=x hx-get=ELSEWHERE/ hx-trigger=load data-hx-get=ELSEWHERE/>x</p>",
            "<div hx-on:load=RUN hx-ext=x data-opens=shortcuts data-prints>x</div>");

    @SuppressWarnings("NullAway.Init")
    HostileMailIT(Suite suite) {
        super(suite);
    }

    private static String filled(String pattern) {
        return pattern.replace("RUN", RUN).replace("ELSEWHERE", ELSEWHERE);
    }

    private static Stream<String> mails() {
        Stream<String> html = BODIES.stream()
                .map(body -> "From: m@example.org\r\nSubject: Body\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
                        + filled(body) + "\r\n");
        String markup = filled("\"><img src=x onerror=RUN><script>RUN</script>");
        String encoded =
                "=?utf-8?B?" + Base64.getEncoder().encodeToString(markup.getBytes(StandardCharsets.UTF_8)) + "?=";
        Stream<String> others = Stream.of(
                "From: " + encoded + " <m@example.org>\r\nSubject: " + encoded + "\r\n\r\n" + markup + "\r\n",
                "From: \"<img src=x onerror=" + RUN + ">\"@example.org\r\nTo: " + encoded
                        + " <\"><script>\"@x>\r\nCc: " + encoded + " <a@example.org>\r\nSubject: Fields\r\nX-" + encoded
                        + ": " + markup + "\r\nDate: " + markup + "\r\n\r\njavascript:" + RUN + " http:" + ELSEWHERE
                        + "/\"onmouseover=" + RUN + " data:text/html,x\r\n",
                "From: m@example.org\r\nSubject: Files\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
                        + "Content-Type: text/html; name=\"" + encoded
                        + "\"\r\nContent-Disposition: attachment; filename=\""
                        + encoded + "\"\r\n\r\n" + markup + "\r\n--b\r\nContent-Type: image/svg+xml\r\n"
                        + "Content-Disposition: inline; filename=x.svg\r\n\r\n<svg onload=" + RUN + "/>\r\n--b--\r\n");
        return Stream.concat(html, others);
    }

    @Test
    void nothingInMailRunsLoadsOrLeadsAway() throws IOException, InterruptedException {
        Account reader = person("\"user\"", false);
        RestClient storage = suite.rest(Service.STORAGE, reader);
        JsonMapper json = new JsonMapper();
        signIn(page, Service.CLIENT, reader);
        assertThat(heading(page, "Your inbox is empty")).isVisible();
        WatchedPage watched = new WatchedPage(page);
        for (String mail : mails().toList()) {
            RestClient.Answer stored = storage.send(storage.request("/api/accounts/me/mailboxes/INBOX/messages")
                    .header("Content-Type", "message/rfc822")
                    .POST(BodyPublishers.ofString(mail)));
            assertThat(stored.status()).isEqualTo(201);
            JsonNode its = json.readTree(stored.body());
            watched.open(url(Service.CLIENT, "/mail/INBOX/" + its.path("id").asString()), mail);
        }
    }

    /** That none came for all those messages means something only if one comes here. */
    @Test
    void whatAPolicyStopsIsReported() throws IOException, InterruptedException {
        Account reader = person("\"user\"", false);
        receive(reader, "From: m@example.org\r\nSubject: Plain\r\nContent-Type: text/html\r\n\r\n<p>Words</p>\r\n");
        signIn(page, Service.CLIENT, reader);
        page.locator(".opens").click();
        assertThat(page.frameLocator("iframe.html-mail").getByText("Words")).isVisible();
        page.waitForRequest("**/policy-reports", () -> page.evaluate("""
                () => {
                  const script = document.createElement("script");
                  script.textContent = "window.hacked = 1";
                  document.body.append(script);
                }
                """));
        assertThat(page.evaluate("() => typeof window.hacked")).isEqualTo("undefined");
        Frame mail = page.frames().getLast();
        page.waitForRequest(
                "**/policy-reports",
                () -> mail.evaluate(
                        "document.body.append(Object.assign(new Image(), { src: 'http:" + ELSEWHERE + "/' }))"));
        for (String report : List.of("{\"csp-report\":{\"blocked-uri\":\"inline\"}}", "no JSON", "[]", "")) {
            RestClient anybody = new RestClient(suite.port(Service.CLIENT.rest()));
            assertThat(anybody.send(anybody.request("/policy-reports")
                                    .header("Content-Type", "application/csp-report")
                                    .POST(BodyPublishers.ofString(report)))
                            .status())
                    .isEqualTo(204);
        }
    }
}
