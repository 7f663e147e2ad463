package cz.digidig.identity.factor;

import cz.digidig.identity.account.SessionsEnd;
import cz.digidig.identity.web.OpaqueId;
import cz.digidig.identity.web.SecretText;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Browsers whose user asked not to be asked for a code there again for {@value #DAYS} days. */
@Component
public class TrustedDevices {
    public static final int DAYS = 30;

    private static final int CHARACTERS = 40;
    private static final int LONGEST = 100;

    private final JdbcClient jdbc;
    private final Clock clock;

    TrustedDevices(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * The value of the cookie by which a browser is known again.
     *
     * @param address the IP address that it comes from
     * @param agent what it calls itself; empty: not known
     */
    public String trust(String account, String address, String agent) {
        String token = SecretText.random(CHARACTERS);
        Instant now = clock.instant();
        jdbc.sql("""
                        insert into trusted_device (id, token_hash, account_id, created_at, expires_at, address, agent)
                        values (?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        OpaqueId.at(now.toEpochMilli()),
                        SecretText.hash(token),
                        account,
                        Timestamp.from(now),
                        Timestamp.from(now.plus(Duration.ofDays(DAYS))),
                        address,
                        agent)
                .update();
        return token;
    }

    /** Those of an account, the latest first. */
    public List<TrustedDevice> list(String account) {
        return jdbc.sql("select * from trusted_device where account_id = ? and expires_at > ? order by id desc")
                .params(account, Timestamp.from(clock.instant()))
                .query(TrustedDevice::read)
                .list();
    }

    /** Asks for codes in a browser again; nothing where the account has no such one. */
    public void forget(String account, String id) {
        jdbc.sql("delete from trusted_device where account_id = ? and id = ?")
                .params(account, id)
                .update();
    }

    public boolean trusted(String account, String token) {
        return token.length() <= LONGEST
                && jdbc.sql(
                                        "select count(*) from trusted_device where token_hash = ? and account_id = ? and expires_at > ?")
                                .params(SecretText.hash(token), account, Timestamp.from(clock.instant()))
                                .query(Integer.class)
                                .single()
                        == 1;
    }

    /** What ends every session ends this too: somebody else may have the device. */
    @EventListener
    void endAll(SessionsEnd event) {
        jdbc.sql("delete from trusted_device where account_id = ?")
                .param(event.account())
                .update();
    }

    @Scheduled(initialDelayString = "PT12M", fixedDelayString = "PT6H")
    void sweep() {
        jdbc.sql("delete from trusted_device where expires_at < ?")
                .param(Timestamp.from(clock.instant()))
                .update();
    }
}
