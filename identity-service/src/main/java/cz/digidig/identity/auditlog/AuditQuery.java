package cz.digidig.identity.auditlog;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are wanted.
 *
 * @param search a pattern for {@code like} that actor, subject, address or details must match
 * @param action only of this kind; null: all
 * @param from not before this time; null: any
 * @param to before this time; null: any
 * @param domains only what concerns these domains; null: all
 */
record AuditQuery(
        String search,
        @Nullable String action,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable List<String> domains) {}
