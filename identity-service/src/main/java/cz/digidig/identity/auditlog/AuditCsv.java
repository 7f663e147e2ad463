package cz.digidig.identity.auditlog;

import java.util.List;
import java.util.stream.Collectors;

/** Entries as lines of CSV (RFC 4180). What a spreadsheet would take for a formula is made text by an apostrophe. */
final class AuditCsv {
    static final String HEAD = "at,actor,actorEmail,action,subject,domain,address,details\r\n";

    private AuditCsv() {}

    static String line(AuditEvent event) {
        return List.of(
                                event.at().toString(),
                                event.actor(),
                                event.actorEmail(),
                                event.action(),
                                event.subject(),
                                event.domain(),
                                event.address(),
                                event.details())
                        .stream()
                        .map(AuditCsv::field)
                        .collect(Collectors.joining(","))
                + "\r\n";
    }

    private static String field(String text) {
        String safe = text.isEmpty() || "=+-@\t\r".indexOf(text.charAt(0)) < 0 ? text : "'" + text;
        return safe.chars().anyMatch(character -> ",\"\r\n".indexOf(character) >= 0)
                ? "\"" + safe.replace("\"", "\"\"") + "\""
                : safe;
    }
}
