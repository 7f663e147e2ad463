package cz.digidig.identity.audit;

import cz.digidig.identity.web.OpaqueId;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Writes entries of the audit log, in the transaction at hand. Who and from where are the request's. */
@Component
public class Audit {
    private static final String SYSTEM = "system";
    private static final int LONGEST = 1000;

    private final JdbcClient jdbc;
    private final Clock clock;

    Audit(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Tells what whoever sent the request did.
     *
     * @param subject to whom or what: an address, a domain, ...
     * @param domain the domain whose administrators may see it; empty: none
     * @param details what else there is to know; never a secret
     */
    public void record(AuditAction action, String subject, String domain, String details) {
        write(actor(), action, subject, domain, details);
    }

    /** Tells what an account did that is not signed in (yet). */
    public void recordBy(String account, AuditAction action, String subject, String domain, String details) {
        write(account, action, subject, domain, details);
    }

    private void write(String actor, AuditAction action, String subject, String domain, String details) {
        Instant now = clock.instant();
        jdbc.sql("""
                        insert into audit_event (id, at, actor, actor_email, action, subject, domain, address, details)
                        values (?, ?, ?, coalesce((select email from account where id = ?), ''), ?, ?, ?, ?, ?)
                        """)
                .params(
                        OpaqueId.at(now.toEpochMilli()),
                        Timestamp.from(now),
                        actor,
                        actor,
                        action.label(),
                        subject,
                        domain,
                        address(),
                        details.length() > LONGEST ? details.substring(0, LONGEST) : details)
                .update();
    }

    private static String actor() {
        @Nullable
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication == null || authentication instanceof AnonymousAuthenticationToken
                ? SYSTEM
                : authentication.getName();
    }

    private static String address() {
        @Nullable RequestAttributes request = RequestContextHolder.getRequestAttributes();
        return request instanceof ServletRequestAttributes http
                ? http.getRequest().getRemoteAddr()
                : "";
    }
}
