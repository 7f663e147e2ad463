package cz.digidig.identity.session;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.identity.account.AccountDirectory;
import cz.digidig.identity.account.AccountFacts;
import cz.digidig.identity.account.SessionsEnd;
import cz.digidig.identity.audit.Audit;
import cz.digidig.identity.audit.AuditAction;
import cz.digidig.identity.session.OpenSession.Kind;
import cz.digidig.identity.signin.BrowserSession;
import cz.digidig.identity.signin.BrowserSessions;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Lists and ends what an account is signed in with: browsers, mail programs, scripts. */
@Service
public class OpenSessions {
    /** Web applications' authorizations are not listed: they end with their browser. */
    private static final String PROGRAMS = """
            select id, 'MAIL_PROGRAM' as kind, created_at, refresh_token_issued_at as used_at from oauth2_authorization
            where principal_name = :account and sign_in is null and refresh_token_expires_at > :now
            union all
            select id, 'TOKEN', created_at, created_at from refresh_family
            where account_id = :account and expires_at > :now
            order by 4 desc
            """;

    private final BrowserSessions browsers;
    private final AccountDirectory accounts;
    private final Audit audit;
    private final ApplicationEventPublisher publisher;
    private final JdbcClient jdbc;
    private final Clock clock;

    OpenSessions(
            BrowserSessions browsers,
            AccountDirectory accounts,
            Audit audit,
            ApplicationEventPublisher publisher,
            JdbcClient jdbc,
            Clock clock) {
        this.browsers = browsers;
        this.accounts = accounts;
        this.audit = audit;
        this.publisher = publisher;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** All of an account, browsers first. {@code current}: the sign-in that asks. */
    List<OpenSession> list(String account, String current) {
        List<OpenSession> open = new ArrayList<>();
        for (BrowserSession browser : browsers.list(account)) {
            open.add(new OpenSession(
                    browser.signIn(),
                    Kind.BROWSER,
                    browser.at(),
                    browser.lastUsedAt(),
                    browser.address(),
                    browser.agent(),
                    browser.signIn().equals(current)));
        }
        open.addAll(jdbc.sql(PROGRAMS)
                .param("account", account)
                .param("now", Timestamp.from(clock.instant()))
                .query((row, number) -> new OpenSession(
                        row.getString("id"),
                        Kind.valueOf(row.getString("kind")),
                        row.getTimestamp("created_at").toInstant(),
                        row.getTimestamp("used_at").toInstant(),
                        "",
                        "",
                        false))
                .list());
        return List.copyOf(open);
    }

    /** How many an account has. */
    public int count(String account) {
        return list(account, "").size();
    }

    /** Ends one. */
    @Transactional
    void end(String account, String id) {
        OpenSession session = list(account, "").stream()
                .filter(open -> open.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "There is no such session"));
        switch (session.kind()) {
            case BROWSER -> browsers.end(account, id);
            case MAIL_PROGRAM ->
                jdbc.sql("delete from oauth2_authorization where id = ? and principal_name = ?")
                        .params(id, account)
                        .update();
            case TOKEN ->
                jdbc.sql("delete from refresh_family where id = ? and account_id = ?")
                        .params(id, account)
                        .update();
        }
        tell(account, AuditAction.SESSION_REVOKED, session.kind().label());
    }

    /** Ends all. */
    @Transactional
    void endAll(String account) {
        publisher.publishEvent(new SessionsEnd(account, SessionsEnd.Reason.SIGNED_OUT));
        tell(account, AuditAction.SIGNED_OUT_EVERYWHERE, "");
    }

    private void tell(String account, AuditAction action, String details) {
        AccountFacts found = account(account);
        audit.record(action, found.email(), found.domain(), details);
    }

    private AccountFacts account(String id) {
        return accounts.account(id)
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "There is no such account"));
    }
}
