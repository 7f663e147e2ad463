package cz.digidig.smtp.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cz.digidig.common.mail.EmailAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandReaderTest {
    private static SmtpCommand read(String line) {
        return CommandReader.read(line.getBytes(StandardCharsets.UTF_8));
    }

    private static EmailAddress address(String text) {
        return EmailAddress.parse(text).orElseThrow();
    }

    @Test
    void mailWithEveryParameter() {
        assertThat(read("mail from:<a@Example.ORG> SIZE=123 BODY=8BITMIME SMTPUTF8 RET=HDRS ENVID=x+2By AUTH=<>"))
                .isEqualTo(new MailCommand(
                        new ReversePath.Mailbox(address("a@example.org")),
                        123,
                        MailCommand.Body.EIGHT_BIT_MIME,
                        true,
                        MailCommand.Return.HEADERS,
                        "x+2By",
                        "<>"));
    }

    @Test
    void nullReversePathAndSpaceAfterTheColon() {
        assertThat(((MailCommand) read("MAIL FROM: <>")).from()).isEqualTo(new ReversePath.Nobody());
    }

    @Test
    void rcptWithDsnParameters() {
        assertThat(read("RCPT TO:<b@example.org> NOTIFY=success,DELAY ORCPT=rfc822;b+2Bc@example.org"))
                .isEqualTo(new RcptCommand(
                        new ForwardPath.Mailbox(address("b@example.org")),
                        false,
                        Set.of(RcptCommand.Notify.SUCCESS, RcptCommand.Notify.DELAY),
                        "rfc822;b+2Bc@example.org"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RCPT TO:<@relay.test,@other.test:b@example.org>|b@example.org",
                "RCPT TO:<\"a b\"@example.org>|\"a b\"@example.org",
                "RCPT TO:<\"a>@x\\\"y\"@example.org>|\"a>@x\\\"y\"@example.org",
                "RCPT TO:<b@[127.0.0.1]>|b@[127.0.0.1]",
                "RCPT TO:<b@[IPv6:::1]>|b@[ipv6:::1]"
            })
    void recipientsInOddButLawfulForms(String line, String expected) {
        assertThat(((RcptCommand) read(line)).to())
                .isEqualTo(new ForwardPath.Mailbox(address(expected)))
                .extracting(to -> ((ForwardPath.Mailbox) to).address().toString())
                .isEqualTo(expected);
    }

    @Test
    void postmasterNeedsNoDomain() {
        assertThat(((RcptCommand) read("rcpt to:<PostMaster>")).to()).isEqualTo(new ForwardPath.Postmaster());
    }

    @Test
    void theRest() {
        assertThat(read("EHLO client.example")).isEqualTo(new HelloCommand(true, "client.example"));
        assertThat(read("helo [192.0.2.1]  ")).isEqualTo(new HelloCommand(false, "[192.0.2.1]"));
        assertThat(read("BDAT 86 last")).isEqualTo(new BdatCommand(86, true));
        assertThat(read("BDAT 0")).isEqualTo(new BdatCommand(0, false));
        assertThat(read("AUTH plain =")).isEqualTo(new AuthCommand("PLAIN", "="));
        assertThat(read("NOOP anything")).isEqualTo(new SmtpCommand.Noop());
        assertThat(read("VRFY alice")).isEqualTo(new SmtpCommand.Verify("alice"));
        assertThat(read("StartTLS")).isEqualTo(new SmtpCommand.StartTls());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "NONSENSE",
                "DATA now",
                "QUIT x",
                "EHLO",
                "EHLO a b",
                "EHLO a\tb",
                "MAIL",
                "MAIL FROM",
                "MAIL FROM:a@b",
                "MAIL FROM:<a@b",
                "MAIL FROM:<a@b>SIZE=1",
                "MAIL FROM:<a@b> SIZE=x",
                "MAIL FROM:<a@b> SIZE",
                "MAIL FROM:<a@b> SIZE=1 SIZE=2",
                "MAIL FROM:<a@b> SIZE=99999999999999999999",
                "MAIL FROM:<a@b> BODY=9BIT",
                "MAIL FROM:<a@b> SMTPUTF8=1",
                "MAIL FROM:<a@b> FOO=1",
                "MAIL FROM:<@a@b>",
                "MAIL FROM:<@a>",
                "MAIL FROM:<žluť@example.org>",
                "RCPT TO:<>",
                "RCPT TO:<a b@c>",
                "RCPT TO:<a@b.>",
                "RCPT TO:<a@.b>",
                "RCPT TO:<a@[1 2]>",
                "RCPT TO:<a@[x]y>",
                "RCPT TO:<a@b> NOTIFY=NEVER,SUCCESS",
                "RCPT TO:<a@b> NOTIFY=",
                "RCPT TO:<a@b> ORCPT=x",
                "RCPT TO:<a@b> ORCPT=rfc822;a+zz",
                "RCPT TO:<a@b> =",
                "RCPT TO:<\"a@b>",
                "BDAT",
                "BDAT x",
                "BDAT -1",
                "BDAT 1 FIRST",
                "BDAT 1 LAST LAST",
                "AUTH",
                "AUTH a b c",
                "VRFY",
                "NO\u0000OP",
                "RCPT TO:<a@b\rc>"
            })
    void malformedCommandsAreRefused(String line) {
        assertThatThrownBy(() -> read(line))
                .isInstanceOfSatisfying(
                        BadSyntax.class, bad -> assertThat(bad.reply().code()).isIn(500, 501, 553, 555));
    }

    @Property
    void noOctetsThrowAnythingElse(@ForAll byte[] line) {
        readOrRefuse(line);
    }

    @Property(tries = 3000)
    void noMangledCommandThrowsAnythingElse(@ForAll("mangled") String line) {
        readOrRefuse(line.getBytes(StandardCharsets.UTF_8));
    }

    @Property
    void everyAddressComesBack(@ForAll("addresses") String text) {
        EmailAddress address = address(text);
        MailCommand mail = (MailCommand) read("MAIL FROM:<" + address + "> SMTPUTF8");
        assertThat(mail.from()).isEqualTo(new ReversePath.Mailbox(address));
        assertThat(ReversePath.of(mail.from().toString())).isEqualTo(mail.from());
    }

    @Property
    void xtextComesBack(@ForAll String text) {
        String wellFormed = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        assertThat(Xtext.decode(Xtext.encode(wellFormed))).isEqualTo(wellFormed);
    }

    private static void readOrRefuse(byte[] line) {
        try {
            assertThat(CommandReader.read(line).verb()).isNotEmpty();
        } catch (BadSyntax refused) {
            assertThat(refused.reply().bytes()).endsWith((byte) '\r', (byte) '\n');
        }
    }

    @Provide
    Arbitrary<String> mangled() {
        Arbitrary<String> piece = Arbitraries.oneOf(
                Arbitraries.of(
                        "MAIL FROM:",
                        "RCPT TO:",
                        "<",
                        ">",
                        "@",
                        "\"",
                        "\\",
                        ":",
                        ",",
                        "[",
                        "]",
                        " ",
                        "=",
                        "+",
                        "SIZE=",
                        "BODY=",
                        "NOTIFY=",
                        "ORCPT=",
                        "rfc822;",
                        "AUTH PLAIN ",
                        "BDAT ",
                        "LAST",
                        "xn--",
                        ".",
                        "。",
                        "ß",
                        "🎈",
                        "a",
                        "1"),
                Arbitraries.strings().ofMaxLength(4));
        return Combinators.combine(
                        Arbitraries.of("MAIL FROM:<", "RCPT TO:<", "RCPT TO:<a@", "EHLO ", "BDAT ", "MAIL FROM:<> "),
                        piece.list().ofMaxSize(12).map(pieces -> String.join("", pieces)))
                .as(String::concat);
    }

    @Provide
    Arbitrary<String> addresses() {
        Arbitrary<String> atom = Arbitraries.strings()
                .withChars("abcXYZ019!#$%&'*+-/=?^_`{|}~ě")
                .ofMinLength(1)
                .ofMaxLength(8);
        Arbitrary<String> dotString = atom.list().ofMinSize(1).ofMaxSize(3).map(atoms -> String.join(".", atoms));
        Arbitrary<String> quoted = Arbitraries.strings()
                .withChars("ab <>@.,:;\\\"()[]")
                .ofMinLength(1)
                .ofMaxLength(10)
                .map(text -> "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
        return Combinators.combine(
                        Arbitraries.oneOf(dotString, quoted), Arbitraries.of("example.org", "x.cz", "[192.0.2.1]"))
                .as((local, domain) -> local + "@" + domain);
    }
}
