package cz.digidig.smtp.spool;

import cz.digidig.smtp.protocol.MailCommand;
import cz.digidig.smtp.protocol.RcptCommand.Notify;
import cz.digidig.smtp.protocol.ReversePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Envelopes and messages for the spool's tests. */
final class SampleMail {
    private SampleMail() {}

    static Envelope envelope(Target... targets) {
        return new Envelope(
                Instant.ofEpochMilli(1_700_000_000_123L),
                "0123456789abcdef0123456789abcdef",
                ReversePath.of("sender@example.org"),
                "account-1",
                true,
                MailCommand.Body.EIGHT_BIT_MIME,
                MailCommand.Return.HEADERS,
                "env+2Bid",
                List.of(new Recipient(
                        "team@digidig.test", Set.of(Notify.FAILURE, Notify.DELAY), "rfc822;x", List.of(targets))));
    }

    static Envelope report(Target target) {
        return new Envelope(
                Instant.ofEpochMilli(1_700_000_000_123L),
                "0123456789abcdef0123456789abcdef",
                new ReversePath.Nobody(),
                Envelope.OURSELVES,
                false,
                MailCommand.Body.EIGHT_BIT_MIME,
                MailCommand.Return.UNSAID,
                "",
                List.of(new Recipient("sender@digidig.test", Set.of(), "", List.of(target))));
    }

    static Target local(String account) {
        return new Target.Local(account, account + "@digidig.test");
    }

    static byte[] text(int seed, int length) {
        byte[] octets = new byte[length];
        new Random(seed).nextBytes(octets);
        return octets;
    }

    static QueuedMessage accept(Spool spool, byte[] octets, Target... targets) throws IOException {
        QueueId id = spool.nextId();
        MessageBuffer buffer = spool.newBuffer(id);
        buffer.write(octets);
        return spool.accept(id, envelope(targets), buffer);
    }

    static QueuedMessage accept(Spool spool, String text, Target... targets) throws IOException {
        return accept(spool, text.getBytes(StandardCharsets.UTF_8), targets);
    }
}
