package cz.digidig.identity.account;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The accounts that are gone and whose mail may still be there. A row is written together with the end of its account, and
 * stays until storage has acknowledged the removal; so it is asked for at least once, whatever fails meanwhile.
 */
@Component
public class MailboxRemovals {
    private static final Duration FIRST_WAIT = Duration.ofMinutes(1);
    private static final int MOST_DOUBLINGS = 6;

    private final JdbcClient jdbc;
    private final Clock clock;

    MailboxRemovals(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** To be removed from now on, in the transaction that ends the account. */
    @Transactional(propagation = Propagation.MANDATORY)
    void add(String account) {
        Timestamp now = Timestamp.from(clock.instant());
        jdbc.sql("insert into mailbox_removal (account_id, removed_at, next_attempt) values (?, ?, ?)")
                .params(account, now, now)
                .update();
    }

    /** The ids of accounts whose mail is to be removed now, those first that wait longest. */
    public List<String> due(int most) {
        return jdbc.sql("select account_id from mailbox_removal where next_attempt <= ? order by next_attempt limit ?")
                .params(Timestamp.from(clock.instant()), most)
                .query(String.class)
                .list();
    }

    /** The mail of an account is gone. */
    public void done(String account) {
        jdbc.sql("delete from mailbox_removal where account_id = ?")
                .param(account)
                .update();
    }

    /** It could not be removed now: it is to be tried again later, and the later the oftener it failed. */
    public void failed(String account) {
        int attempts = jdbc.sql("select attempts from mailbox_removal where account_id = ?")
                .param(account)
                .query(Integer.class)
                .optional()
                .orElse(0);
        Instant next = clock.instant().plus(FIRST_WAIT.multipliedBy(1L << Math.min(attempts, MOST_DOUBLINGS)));
        jdbc.sql("update mailbox_removal set attempts = attempts + 1, next_attempt = ? where account_id = ?")
                .params(Timestamp.from(next), account)
                .update();
    }
}
