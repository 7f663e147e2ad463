package cz.digidig.smtp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CredentialsTest {
    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void plain() {
        assertThat(Credentials.plain(octets("\0alice@example.org\0pass word")))
                .contains(new Credentials.Password("alice@example.org", "pass word"));
        assertThat(Credentials.plain(octets("bob\0alice\0secret"))).isEmpty();
        assertThat(Credentials.plain(octets("alice\0secret"))).isEmpty();
        assertThat(Credentials.plain(new byte[] {0, 'a', 0, (byte) 0xff})).isEmpty();
    }

    @Test
    void bearer() {
        assertThat(Credentials.oauthBearer(
                        octets("n,a=alice@example.org,\u0001host=x\u0001auth=Bearer abc.def\u0001\u0001")))
                .contains(new Credentials.Token("alice@example.org", "abc.def"));
        assertThat(Credentials.oauthBearer(octets("n,,\u0001auth=Bearer t\u0001\u0001")))
                .contains(new Credentials.Token("", "t"));
        assertThat(Credentials.xoauth2(octets("user=alice\u0001auth=Bearer t\u0001\u0001")))
                .contains(new Credentials.Token("alice", "t"));
        assertThat(Credentials.oauthBearer(octets("y,,\u0001auth=Basic t\u0001\u0001")))
                .isEmpty();
    }

    @Test
    void secretsAreNotShown() {
        assertThat(new Credentials.Password("a", "hidden").toString()).doesNotContain("hidden");
        assertThat(new Credentials.Token("a", "hidden").toString()).doesNotContain("hidden");
        assertThat(new AuthCommand("PLAIN", "hidden").toString()).doesNotContain("hidden");
    }

    @Property
    void garbageIsNoCredential(@ForAll byte[] message, @ForAll String line) {
        Credentials.plain(message);
        Credentials.oauthBearer(message);
        Credentials.xoauth2(message);
        Credentials.base64(line);
    }
}
