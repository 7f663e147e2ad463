package cz.digidig.smtp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cz.digidig.common.net.LineReader;
import cz.digidig.smtp.protocol.EnhancedStatus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteReplyTest {
    private static RemoteReply read(String text) throws IOException {
        return RemoteReply.read(new LineReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void allLinesAreKept() throws IOException {
        RemoteReply reply = read("550-5.7.1 first\r\n550-\r\n550 5.7.26 last\r\n250 not this\r\n");
        assertThat(reply.code()).isEqualTo(550);
        assertThat(reply.lines()).containsExactly("5.7.1 first", "", "5.7.26 last");
        assertThat(reply.text()).isEqualTo("550-5.7.1 first\n550-\n550 5.7.26 last");
        assertThat(reply.status()).isEqualTo(new EnhancedStatus(5, 7, 26));
        assertThat(reply.lasting()).isTrue();
    }

    @Test
    void aCodeAloneIsAReplyAndBareLineFeedsAreForgiven() throws IOException {
        assertThat(read("250\r\n").text()).isEqualTo("250 ");
        assertThat(read("421 bye\n").status()).isEqualTo(new EnhancedStatus(4, 0, 0));
    }

    @Test
    void aStatusOfAnotherKindDoesNotCount() throws IOException {
        assertThat(read("450 5.1.1 odd\r\n").status()).isEqualTo(new EnhancedStatus(4, 0, 0));
        assertThat(read("450 4.1.1.1 odd\r\n").status()).isEqualTo(new EnhancedStatus(4, 0, 0));
        assertThat(read("450 4.1.1\r\n").status()).isEqualTo(new EnhancedStatus(4, 1, 1));
    }

    @Test
    void controlCharactersAreReplaced() throws IOException {
        assertThat(read("550 a\u0000b\rc\u001b[2J ž\r\n").lines()).containsExactly("a?b?c?[2J ž");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "25",
                "hello",
                "2x0 a\r\n",
                "650 a\r\n",
                "150 a\r\n",
                "\r\n",
                "250-a\r\n550 b\r\n",
                "250~a\r\n",
                "250-a\r\n"
            })
    void whatIsNoReplyIsRefused(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(IOException.class);
    }

    @Test
    void aReplyHasAnEnd() {
        assertThatThrownBy(() -> read("250-more\r\n".repeat(1000))).isInstanceOf(RemoteReply.Unreadable.class);
        assertThatThrownBy(() -> read("250 " + "x".repeat(5000) + "\r\n")).isInstanceOf(RemoteReply.Unreadable.class);
        assertThatThrownBy(() -> read(("250-" + "x".repeat(4000) + "\r\n").repeat(20)))
                .isInstanceOf(RemoteReply.Unreadable.class);
    }

    @Test
    void keywordsAreReadWhateverTheirCase() throws IOException {
        Capabilities capabilities =
                Capabilities.of(read("250-host size 1\r\n250-Size 1000\r\n250-pipelining\r\n250-AUTH=LOGIN\r\n"
                        + "250-AUTH plain\r\n250 8bitmime\r\n"));
        assertThat(capabilities.mostOctets()).isEqualTo(1000);
        assertThat(capabilities.pipelining()).isTrue();
        assertThat(capabilities.eightBitMime()).isTrue();
        assertThat(capabilities.startTls()).isFalse();
        assertThat(capabilities.logIns()).containsExactlyInAnyOrder("LOGIN", "PLAIN");
        assertThat(Capabilities.of(read("250-host\r\n250 SIZE 0\r\n")).mostOctets())
                .isEqualTo(Long.MAX_VALUE);
        assertThat(Capabilities.of(read("250-host\r\n250 SIZE x\r\n")).mostOctets())
                .isEqualTo(Long.MAX_VALUE);
    }
}
