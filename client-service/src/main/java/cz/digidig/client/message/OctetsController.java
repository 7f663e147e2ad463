package cz.digidig.client.message;

import cz.digidig.client.backend.MessageDetail;
import cz.digidig.client.backend.MessageDetail.Attachment;
import cz.digidig.client.backend.Storage;
import cz.digidig.client.preferences.PreferencesStore;
import cz.digidig.common.signin.Person;
import cz.digidig.common.web.PageController;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What belongs to a message: its HTML for the frame, its parts, its source. Nothing of it can run in the page. */
@PageController
@RequestMapping("/mail/{mailbox}/{message}")
class OctetsController {
    private static final String CSP = "Content-Security-Policy";
    private static final String NOTHING = "default-src 'none'; sandbox; frame-ancestors 'none'";

    /** A browser's viewer is a plug-in, which no sandbox has; nothing else is allowed beside it. */
    private static final String VIEWER = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline';"
            + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String PDF = "%PDF-";

    /** No sandbox flag for scripts, forms or an origin. */
    private static final String FRAME = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:;"
            + " form-action 'none'; base-uri 'none'; frame-ancestors 'self';"
            + " sandbox allow-popups allow-popups-to-escape-sandbox; report-uri /policy-reports";

    private static final String HEAD = """
        <!DOCTYPE html><html><head><meta charset="utf-8"><meta name="color-scheme" content="light"><title>Mail</title><style>
        body{margin:0;padding:4px;background:#fff;color:#1c1c22;\
        font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:break-word}
        img{max-width:100%;height:auto}a{color:#4338ca}pre{white-space:pre-wrap}table{border-spacing:0}
        .digidig-blocked{display:inline-block;min-width:24px;min-height:24px;background:#eceef2;border:1px dashed #8a8a96}
        .digidig-target{color:#b42318;font-weight:600}blockquote{margin:0 0 0 8px;padding-left:12px;border-left:3px solid #d5d7de}
        </style></head><body>
        """;

    private final Storage storage;
    private final Reading reading;
    private final PreferencesStore preferences;

    OctetsController(Storage storage, Reading reading, PreferencesStore preferences) {
        this.storage = storage;
        this.reading = reading;
        this.preferences = preferences;
    }

    @GetMapping("/html")
    void html(
            @AuthenticationPrincipal Person person,
            @PathVariable String mailbox,
            @PathVariable String message,
            @RequestParam(defaultValue = "false") boolean images,
            HttpServletResponse response)
            throws IOException {
        MessageDetail detail = storage.read(mailbox, message);
        boolean shown = images
                || detail.message().from().stream()
                        .anyMatch(from -> preferences.of(person.accountId()).shows(from.address()));
        SafeHtml safe = reading.safe(detail, mailbox, shown);
        response.setContentType("text/html;charset=utf-8");
        response.setHeader(CSP, FRAME);
        response.setHeader("X-Frame-Options", "SAMEORIGIN");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
        response.getOutputStream().write((HEAD + safe.body() + "</body></html>").getBytes(StandardCharsets.UTF_8));
    }

    @GetMapping("/parts/{part}")
    void part(
            @PathVariable String mailbox,
            @PathVariable String message,
            @PathVariable String part,
            @RequestParam(required = false) @Nullable String show,
            @RequestHeader(name = HttpHeaders.RANGE, required = false) @Nullable String range,
            HttpServletResponse response) {
        // What is shown is shown whole, so that its beginning can be looked at.
        storage.part(mailbox, message, part, show == null ? range : null, answer -> {
            HttpHeaders headers = answer.getHeaders();
            MediaType given = headers.getContentType();
            String type = given == null ? MediaType.APPLICATION_OCTET_STREAM_VALUE : given.toString();
            String name = headers.getContentDisposition().getFilename();
            InputStream body = new BufferedInputStream(answer.getBody());
            Preview wanted =
                    Preview.of(type.replaceFirst(";.*$", "").toLowerCase(Locale.ROOT), name == null ? "" : name);
            Preview preview = wanted == Preview.PDF && !isPdf(body) ? Preview.NONE : wanted;
            boolean shown = show != null && preview != Preview.NONE;
            response.setStatus(answer.getStatusCode().value());
            harmless(response);
            response.setContentType(preview == Preview.PICTURE ? type : MediaType.APPLICATION_OCTET_STREAM_VALUE);
            String disposition = headers.getFirst(HttpHeaders.CONTENT_DISPOSITION);
            response.setHeader(
                    HttpHeaders.CONTENT_DISPOSITION,
                    shown ? inline(name) : disposition == null ? "attachment" : disposition);
            if (shown && preview == Preview.TEXT) {
                text(body, given, response);
                return;
            }
            if (shown && preview == Preview.PDF) {
                response.setHeader(CSP, VIEWER);
                response.setContentType(MediaType.APPLICATION_PDF_VALUE);
            }
            if (show == null) {
                copy(headers, response, HttpHeaders.CONTENT_RANGE);
                copy(headers, response, HttpHeaders.ACCEPT_RANGES);
            }
            if (headers.getContentLength() >= 0) {
                response.setContentLengthLong(headers.getContentLength());
            }
            body.transferTo(response.getOutputStream());
        });
    }

    private static String inline(@Nullable String name) {
        ContentDisposition.Builder inline = ContentDisposition.inline();
        return (name == null ? inline : inline.filename(name, StandardCharsets.UTF_8))
                .build()
                .toString();
    }

    private static boolean isPdf(InputStream body) throws IOException {
        body.mark(PDF.length());
        boolean is = new String(body.readNBytes(PDF.length()), StandardCharsets.ISO_8859_1).equals(PDF);
        body.reset();
        return is;
    }

    private static void text(InputStream body, @Nullable MediaType type, HttpServletResponse response)
            throws IOException {
        Charset charset = type == null ? null : type.getCharset();
        response.setContentType("text/plain;charset=utf-8");
        Reader reader = new InputStreamReader(body, charset == null ? StandardCharsets.UTF_8 : charset);
        Writer writer = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
        reader.transferTo(writer);
        writer.flush();
    }

    private static void copy(HttpHeaders from, HttpServletResponse to, String name) {
        String value = from.getFirst(name);
        if (value != null) {
            to.setHeader(name, value);
        }
    }

    static void harmless(HttpServletResponse response) {
        response.setHeader(CSP, NOTHING);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "private, max-age=3600");
    }

    /** As it came, to look at. */
    @GetMapping("/source")
    void source(@PathVariable String mailbox, @PathVariable String message, HttpServletResponse response) {
        storage.raw(mailbox, message, answer -> {
            harmless(response);
            // One octet, one character: what can't be read as UTF-8 stays visible.
            response.setContentType("text/plain;charset=utf-8");
            response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "inline");
            answer.getBody().transferTo(response.getOutputStream());
        });
    }

    /** As it came, to keep. */
    @GetMapping("/eml")
    void file(@PathVariable String mailbox, @PathVariable String message, HttpServletResponse response) {
        String subject = storage.read(mailbox, message).message().subject();
        storage.raw(mailbox, message, answer -> {
            harmless(response);
            response.setContentType("message/rfc822");
            attachment(response, name(subject, "message") + ".eml");
            answer.getBody().transferTo(response.getOutputStream());
        });
    }

    /** All attachments in one. */
    @GetMapping("/zip")
    void zip(@PathVariable String mailbox, @PathVariable String message, HttpServletResponse response)
            throws IOException {
        MessageDetail detail = storage.read(mailbox, message);
        harmless(response);
        response.setContentType("application/zip");
        attachment(response, name(detail.message().subject(), "attachments") + ".zip");
        Set<String> taken = new HashSet<>();
        try (ZipOutputStream zip = new ZipOutputStream(response.getOutputStream())) {
            for (Attachment one : detail.attachments()) {
                if (!one.inline()) {
                    zip.putNextEntry(new ZipEntry(free(name(one.name(), "part-" + one.part()), taken)));
                    storage.part(mailbox, message, one.part(), null, answer -> answer.getBody()
                            .transferTo(zip));
                    zip.closeEntry();
                }
            }
        }
    }

    private static void attachment(HttpServletResponse response, String name) {
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(name, StandardCharsets.UTF_8)
                        .build()
                        .toString());
    }

    /** A name for a file: no path, no characters that a system could stumble over. */
    static String name(String wanted, String otherwise) {
        String name = wanted.replaceAll("[\\p{Cntrl}\\\\/:*?\"<>|]+", " ")
                .replaceAll("\\s+", " ")
                .strip();
        String bare = name.replaceFirst("^\\.+", "").strip();
        return bare.isEmpty() ? otherwise : bare.substring(0, Math.min(100, bare.length()));
    }

    /** Two files of one name don't meet. */
    private static String free(String name, Set<String> taken) {
        String free = name;
        for (int i = 2; !taken.add(free.toLowerCase(Locale.ROOT)); i++) {
            int dot = name.lastIndexOf('.');
            free = dot > 0 ? name.substring(0, dot) + " (" + i + ")" + name.substring(dot) : name + " (" + i + ")";
        }
        return free;
    }
}
