package cz.digidig.identity.auditlog;

import cz.digidig.common.security.Caller;
import cz.digidig.identity.domain.Reach;
import cz.digidig.identity.domain.Reaches;
import cz.digidig.identity.web.Cursor;
import cz.digidig.identity.web.Listing;
import cz.digidig.identity.web.Refusals;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Shows and exports the audit log (scope {@code admin}, or {@code domain-admin} for what concerns its domains). */
@RestController
@RequestMapping("/api/audit")
@Tag(
        name = "Audit",
        description = "Who did what to whom, from where, when. Scope: admin, or domain-admin for its domains.")
class AuditController {
    private static final int MOST_EXPORTED = 100_000;

    private final AuditLog log;
    private final Reaches reaches;
    private final JsonMapper json;

    AuditController(AuditLog log, Reaches reaches, JsonMapper json) {
        this.log = log;
        this.reaches = reaches;
        this.json = json;
    }

    @GetMapping
    @Operation(
            operationId = "listAudit",
            summary = "List entries, the newest first, page by page",
            description = "q looks into actor, subject, address and details; from and to are times (ISO 8601).")
    Listing<AuditEvent> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        Cursor wanted = Cursor.of(q, cursor, limit);
        AuditQuery query = new AuditQuery(wanted.search(), action, from, to, domains(caller));
        return wanted.page(log.page(query, wanted.after(), wanted.fetch()), AuditEvent::id, entry -> entry);
    }

    @GetMapping("/export")
    @Operation(
            operationId = "exportAudit",
            summary = "Up to 100,000 entries as a file, the newest first",
            description = "format is csv (RFC 4180) or json (one object a line).")
    void export(
            Caller caller,
            @RequestParam(defaultValue = "csv") String format,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            HttpServletResponse response)
            throws IOException {
        boolean csv = format.equals("csv");
        if (!csv && !format.equals("json")) {
            throw Refusals.field("format", "must be csv or json");
        }
        AuditQuery query = new AuditQuery(Cursor.of(q, null, null).search(), action, from, to, domains(caller));
        response.setContentType(csv ? "text/csv" : MediaType.APPLICATION_NDJSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"audit." + format + "\"");
        Writer out = response.getWriter();
        if (csv) {
            out.write(AuditCsv.HEAD);
        }
        log.each(
                query,
                MOST_EXPORTED,
                entry -> write(out, csv ? AuditCsv.line(entry) : json.writeValueAsString(entry) + "\n"));
    }

    private @Nullable List<String> domains(Caller caller) {
        Reach reach = reaches.of(caller);
        return reach.everywhere() ? null : reaches.names(reach);
    }

    private static void write(Writer out, String line) {
        try {
            out.write(line);
        } catch (IOException readerWent) {
            throw new UncheckedIOException(readerWent);
        }
    }
}
