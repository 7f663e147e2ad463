package cz.digidig.identity.auditlog;

import java.sql.Timestamp;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads the audit log, the newest entry first. */
@Component
class AuditLog {
    /** Ids sort by time. */
    private static final String NEWEST = "~";

    private static final String SELECT = """
            select * from audit_event
            where id < :before
              and (cast(:action as text) is null or action = :action)
              and (cast(:from as timestamptz) is null or at >= :from)
              and (cast(:to as timestamptz) is null or at < :to)
              and (lower(actor_email) like :search escape '\\' or lower(subject) like :search escape '\\'
                   or address like :search escape '\\' or lower(details) like :search escape '\\')
              and (:everywhere or domain in (:domains))
            order by id desc
            limit :limit
            """;

    private final JdbcClient jdbc;

    AuditLog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<AuditEvent> page(AuditQuery query, String after, int limit) {
        return statement(query, after, limit).query(AuditEvent::read).list();
    }

    /** Hands over up to so many entries one by one. */
    @Transactional(readOnly = true)
    void each(AuditQuery query, int limit, Consumer<AuditEvent> consumer) {
        try (Stream<AuditEvent> events = statement(query, "", limit).query(AuditEvent::read).stream()) {
            events.forEach(consumer);
        }
    }

    private JdbcClient.StatementSpec statement(AuditQuery query, String after, int limit) {
        return jdbc.sql(SELECT)
                .withFetchSize(1000)
                .param("before", after.isEmpty() ? NEWEST : after)
                .param("action", query.action())
                .param("from", query.from() == null ? null : Timestamp.from(query.from()))
                .param("to", query.to() == null ? null : Timestamp.from(query.to()))
                .param("search", query.search())
                .param("everywhere", query.domains() == null)
                .param("domains", query.domains() == null || query.domains().isEmpty() ? List.of("-") : query.domains())
                .param("limit", limit);
    }
}
