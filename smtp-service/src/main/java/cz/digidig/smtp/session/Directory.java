package cz.digidig.smtp.session;

import cz.digidig.common.mail.EmailAddress;
import cz.digidig.smtp.protocol.Credentials;
import cz.digidig.smtp.spool.Target;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/** What sessions ask of the suite's accounts. Never throws for an outage: that is an answer too. */
public interface Directory {
    /** Where mail to an address goes, or why not. */
    sealed interface Verdict {
        /**
         * It is accepted.
         *
         * @param posters whose mail alone it takes: address keys, or {@code @domain}; empty: everybody's
         */
        record Deliverable(List<Target> targets, List<String> posters) implements Verdict {
            public Deliverable(List<Target> targets) {
                this(targets, List.of());
            }

            /** Whether it takes this sender's mail. */
            public boolean takesFrom(EmailAddress sender) {
                return posters.isEmpty()
                        || posters.contains(sender.withoutTag().key())
                        || posters.contains("@" + sender.domain());
            }
        }

        /** The domain is not served here. */
        record Elsewhere() implements Verdict {}

        /** Nobody has it. */
        record Unknown() implements Verdict {}

        /** Whoever has it gets no mail. */
        record Disabled() implements Verdict {}

        /** Nobody can tell now. */
        record Unavailable() implements Verdict {}
    }

    /** What became of a log-in. */
    sealed interface LogIn {
        /** It is this account. */
        record Accepted(Account account) implements LogIn {}

        /** It is nobody, whatever the reason. */
        record Refused() implements LogIn {}

        /** There were too many failures; not even looked at. */
        record TooMany(Duration pause) implements LogIn {}

        /** Nobody can tell now. */
        record Unavailable() implements LogIn {}
    }

    Verdict resolve(EmailAddress address);

    LogIn logIn(Credentials credentials, InetAddress client);

    /** The account of an id, for who has proved elsewhere to be allowed to send as it. */
    LogIn account(String id);
}
