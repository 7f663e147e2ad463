package cz.digidig.identity.factor;

import cz.digidig.identity.account.SessionsEnd;
import cz.digidig.identity.web.SecretText;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
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

    /** The value of the cookie by which a browser is known again. */
    public String trust(String account) {
        String token = SecretText.random(CHARACTERS);
        jdbc.sql("insert into trusted_device (token_hash, account_id, expires_at) values (?, ?, ?)")
                .params(
                        SecretText.hash(token),
                        account,
                        Timestamp.from(clock.instant().plus(Duration.ofDays(DAYS))))
                .update();
        return token;
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
