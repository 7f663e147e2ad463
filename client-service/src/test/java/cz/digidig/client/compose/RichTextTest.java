package cz.digidig.client.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cz.digidig.common.api.problem.ProblemException;
import org.junit.jupiter.api.Test;

/** Formatted text: what is left of it, and its words. */
class RichTextTest {
    @Test
    void onlyWhatFormatsIsLeft() {
        assertThat(RichText.clean("<div class=evil onclick=x()>a <b style='color:red'>b</b><script>x()</script></div>"))
                .isEqualTo("<div>a <b>b</b></div>");
        assertThat(RichText.clean("<a href='javascript:x()'>a</a><a href='https://x.example/'>b</a>"))
                .isEqualTo("<a>a</a><a href=\"https://x.example/\">b</a>");
        assertThat(RichText.clean("<img src=x onerror=x()><iframe src=x></iframe><form><input></form>"))
                .isEqualTo(RichText.EMPTY);
        assertThat(RichText.clean("<div class=signature>-- </div><blockquote type=cite>q</blockquote>"))
                .isEqualTo("<div class=\"signature\">-- </div><blockquote type=\"cite\">q</blockquote>");
    }

    @Test
    void itIsBounded() {
        String most = "x".repeat(RichText.MOST);
        assertThat(RichText.clean(most)).hasSize(RichText.MOST);
        assertThatThrownBy(() -> RichText.clean(most + "x")).isInstanceOf(ProblemException.class);
    }

    @Test
    void linesAndParagraphsAreKept() {
        assertThat(RichText.text("<div>a</div><div><br></div><div>b<br></div><div>c&nbsp;&amp; d</div>"))
                .isEqualTo("a\n\nb\nc & d\n");
        assertThat(RichText.text("<p>a\n b</p><p>c<br>d</p><div>e</div>")).isEqualTo("a b\n\nc\nd\n\ne\n");
        assertThat(RichText.text("a<pre>b\n  c</pre><div>-- </div>")).isEqualTo("a\nb\n  c\n\n-- \n");
    }

    @Test
    void listsQuotationsAndLinksAreMarked() {
        assertThat(RichText.text("<ul><li>a</li><li>b<ol start=3><li>c<br>d</li><li>e</li></ol></li></ul>"))
                .isEqualTo("- a\n- b\n  3. c\n     d\n  4. e\n");
        assertThat(RichText.text("w:<blockquote><p>a</p><p>b</p><blockquote>c</blockquote></blockquote>d"))
                .isEqualTo("w:\n> a\n>\n> b\n>\n>> c\nd\n");
        assertThat(RichText.text("<a href='https://x.example/'>x.example</a> <a href='https://y.example/z'>here</a>"
                        + " <a href='mailto:a@x.example'>a@x.example</a>"))
                .isEqualTo("x.example here <https://y.example/z> a@x.example\n");
    }

    @Test
    void plainTextComesBackAsItWas() {
        String text = "Dear <Bob> & all,\n\n  one  two\n> quoted\n>> deeper\n>\n> again\n-- \nAlice\n";
        assertThat(RichText.ofText(text)).contains("<blockquote type=\"cite\"><div>quoted</div><blockquote");
        assertThat(RichText.text(RichText.clean(RichText.ofText(text)))).isEqualTo(text);
    }

    @Test
    void deepNestingIsNoHarm() {
        String deep = "<blockquote>".repeat(5000) + "x";
        assertThat(RichText.text(RichText.clean(deep))).endsWith("> x\n");
    }
}
