package cz.digidig.client.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What HTML mail may not do, and what it may. */
class SafeHtmlTest {
    private static final String LOGO = "data:image/png;base64,AA==";

    private static SafeHtml clean(String html) {
        return SafeHtml.of(html, id -> id.equals("logo@x") ? LOGO : "", _ -> "", "/compose?mailto=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>top.hacked=1</script>",
                "<img src=x onerror=top.hacked=1>",
                "<svg onload=top.hacked=1><script>top.hacked=1</script></svg>",
                "<svg><animate onbegin=top.hacked=1 attributeName=x dur=1s>",
                "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=top.hacked=1&gt;\">",
                "<noscript><p title=\"</noscript><img src=x onerror=top.hacked=1>\">",
                "<a href=\"javascript:top.hacked=1\">x</a>",
                "<a href=\"java&#x0A;script:top.hacked=1\">x</a>",
                "<a href=\" &#14; javascript:top.hacked=1\">x</a>",
                "<a href=\"data:text/html,<script>top.hacked=1</script>\">x</a>",
                "<a href=\"vbscript:x\">x</a>",
                "<iframe srcdoc=\"<script>top.hacked=1</script>\"></iframe>",
                "<iframe src=https://evil.example></iframe>",
                "<object data=https://evil.example></object><embed src=https://evil.example>",
                "<form action=https://evil.example><input name=a><button formaction=javascript:x>go</button></form>",
                "<meta http-equiv=refresh content=\"0;url=https://evil.example\">",
                "<link rel=stylesheet href=https://evil.example/x.css>",
                "<base href=https://evil.example/>",
                "<style>@import url(https://evil.example);body{background:url(https://evil.example)}</style>",
                "<p style=\"background:url(https://evil.example)\">x</p>",
                "<p style=\"background:u\\72l(https://evil.example)\">x</p>",
                "<p style=\"width:expression(top.hacked=1)\">x</p>",
                "<p style=\"background:/**/url(https://evil.example)\">x</p>",
                "<p style=\"position:fixed;inset:0\">x</p>",
                "<table background=https://evil.example><td background=https://evil.example>x</table>",
                "<video src=https://evil.example autoplay onplay=top.hacked=1><source src=https://evil.example></video>",
                "<img srcset=\"https://evil.example 1x\" src=\"https://evil.example/a.png\">",
                "<img src=\"data:image/svg+xml,<svg onload=top.hacked=1>\">",
                "<template><script>top.hacked=1</script></template>",
                "<xmp><img src=x onerror=top.hacked=1></xmp>",
                "<![CDATA[<script>top.hacked=1</script>]]>",
                "<!--[if gte IE 4]><script>top.hacked=1</script><![endif]-->",
                "<<script>script>top.hacked=1</script>",
                "<div id=reading name=location class=toast-note>x</div>"
            })
    void nothingOfItRunsOrFetches(String html) {
        Document page = Jsoup.parse(clean(html).body());
        assertThat(
                        page.select(
                                "script,style,iframe,object,embed,form,input,button,meta,link,base,svg,math,template,video,source"))
                .isEmpty();
        for (Element element : page.body().getAllElements()) {
            for (Attribute attribute : element.attributes()) {
                String name = attribute.getKey().toLowerCase(Locale.ROOT);
                String value = attribute.getValue().toLowerCase(Locale.ROOT).strip();
                assertThat(name).doesNotStartWith("on").isNotIn("srcset", "background", "srcdoc", "id", "name");
                assertThat(value).doesNotContain("script:", "expression", "url(", "position");
                if (name.equals("src")) {
                    assertThat(value).isEqualTo(LOGO);
                }
                if (name.equals("href")) {
                    assertThat(value).startsWith("http");
                }
            }
        }
    }

    @Test
    void picturesFromElsewhereAreCountedAndTrackersAreGone() {
        SafeHtml safe =
                clean("<img src=https://a.example/big.png width=400><img src=https://t.example/p.gif width=1 height=1>"
                        + "<img src=https://t.example/q style=\"display:none\">");
        assertThat(safe.remoteImages()).isEqualTo(1);
        assertThat(safe.trackers()).isEqualTo(2);
        assertThat(safe.body()).doesNotContain("t.example").doesNotContain("src=");
    }

    @Test
    void wantedPicturesComeThroughOurselves() {
        SafeHtml safe = SafeHtml.of(
                "<img src=https://a.example/big.png>",
                _ -> "",
                url -> "/mail/p?url=" + url.length(),
                "/compose?mailto=");
        assertThat(safe.body()).contains("src=\"/mail/p?url=25\"");
    }

    @Test
    void picturesWithinTheMailAreShown() {
        assertThat(clean("<img src=\"cid:logo@x\"><img src=\"cid:other\">").body())
                .contains("src=\"" + LOGO + "\"")
                .doesNotContain("cid:");
    }

    @Test
    void linksSayWhereTheyLead() {
        assertThat(clean("<a href=\"https://evil.example/x\">https://bank.example</a>")
                        .body())
                .contains("→ evil.example", "rel=\"noopener noreferrer nofollow\"", "target=\"_blank\"");
        assertThat(clean("<a href=\"https://www.bank.example/x\">bank.example</a>")
                        .body())
                .doesNotContain("→");
        assertThat(clean("<a href=\"https://user@bank.example@evil.example/\">bank.example</a>")
                        .body())
                .contains("→ evil.example");
        assertThat(clean("<a href=\"http://xn--pypal-4ve.com/\">PayPal</a>").body())
                .contains("→ xn--pypal-4ve.com");
        assertThat(clean("<a href=\"mailto:bob@x.example\">Bob</a>").body())
                .contains("href=\"/compose?mailto=mailto%3Abob%40x.example\"");
    }

    @Test
    void looksStay() {
        SafeHtml safe =
                clean("<body bgcolor=\"#fafafa\"><table width=600 align=center><td style=\"padding:4px;COLOR:red;"
                        + " font-family:'A;b', serif\">x</td></table>");
        assertThat(safe.body())
                .contains(
                        "background-color:#fafafa", "width=\"600\"", "padding:4px;color:red;font-family:'A;b', serif;");
    }

    @Test
    void depthIsNoDanger() {
        assertThat(clean("<div>".repeat(20_000) + "deep").body()).contains("deep");
    }

    @Test
    void textIsEscapedLinkedAndFolded() {
        List<TextBlock> blocks = TextBlock.of(
                "See <b>https://a.example/x(y)</b>, or https://b.example/.\n> short\n\n> 1\n> 2\n> 3\n> 4\n> 5\n-- \nBob");
        assertThat(blocks)
                .extracting(TextBlock::kind)
                .containsExactly(
                        TextBlock.Kind.WORDS, TextBlock.Kind.QUOTE, TextBlock.Kind.FOLDED, TextBlock.Kind.SIGNATURE);
        assertThat(blocks.getFirst().html())
                .contains("&lt;b&gt;<a href=\"https://a.example/x(y)\"", "<a href=\"https://b.example/\"")
                .doesNotContain("<b>");
    }

    @Test
    void whatAFrameNeedsGrowsWithWhatIsInIt() {
        int one = clean("<p>Hello</p>").height();
        int many = clean("<p>Hello</p>".repeat(20)).height();
        int pictures = clean("<p>Hello</p><img src=\"cid:logo@x\" height=700>").height();
        assertThat(one).isBetween(40, 200);
        assertThat(many).isBetween(20 * 20, 20 * 60);
        assertThat(pictures).isGreaterThan(one + 699);
        assertThat(clean("<br>".repeat(100_000)).height()).isLessThanOrEqualTo(4000);
    }
}
