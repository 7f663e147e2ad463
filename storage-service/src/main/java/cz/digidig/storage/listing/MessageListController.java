package cz.digidig.storage.listing;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.api.storage.Page;
import cz.digidig.common.security.Caller;
import cz.digidig.storage.mime.MessageContent;
import cz.digidig.storage.search.QueryReader;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Messages of a mailbox. {@code message} in a path is a message's id, as lists give it. */
@RestController
@RequestMapping("/api/accounts/{account}/mailboxes/{mailbox}/messages")
@Tag(
        name = "Messages",
        description = "List, search, read, flag and delete messages; {account} may be me, {mailbox} INBOX")
class MessageListController {
    /** What a query is made of. */
    static final String QUERY = "Words and \"phrases\", all to be found; from: to: cc: bcc: subject: body: filename:"
            + " before some; is:unread is:flagged has:attachment in:sent before:2026-11-24 after: on: larger:1m"
            + " smaller: keyword: ; - before what is not to be found, OR between what may be found instead,"
            + " parentheses. A word finds those that begin with it. 400 says what can't be read, and where";

    private static final int LISTED = 50;

    private final Messages messages;

    MessageListController(Messages messages) {
        this.messages = messages;
    }

    @GetMapping
    @Operation(operationId = "listMessages", summary = "Messages, newest first, page by page; with q: those that match")
    Page<MessageSummary> list(
            Caller caller,
            @PathVariable String account,
            @PathVariable String mailbox,
            @Parameter(description = QUERY, example = "from:alice is:unread \"annual report\"")
                    @RequestParam(required = false)
                    @Nullable
                    String q,
            @Parameter(description = "The page before's next") @RequestParam(required = false) @Nullable String cursor,
            @Parameter(description = "1 to 200, 50 where it is left out", example = "50")
                    @RequestParam(required = false)
                    @Nullable
                    Integer limit) {
        int most = limit == null ? LISTED : limit;
        if (most < 1 || most > Messages.MOST_LISTED) {
            throw new ProblemException(ErrorCode.INVALID, "limit is 1 to " + Messages.MOST_LISTED);
        }
        return messages.list(
                caller.account(account),
                mailbox,
                QueryReader.read(q == null ? "" : q),
                cursor == null ? 0 : Cursor.uid(cursor),
                most);
    }

    @GetMapping("/{message}")
    @Operation(operationId = "getMessage", summary = "A message with its header and texts decoded")
    MessageDetail get(
            Caller caller, @PathVariable String account, @PathVariable String mailbox, @PathVariable String message) {
        return messages.detail(caller.account(account), mailbox, message);
    }

    @GetMapping("/{message}/raw")
    @Operation(operationId = "getRawMessage", summary = "A message's octets as they came; a Range is answered")
    void raw(
            Caller caller,
            @PathVariable String account,
            @PathVariable String mailbox,
            @PathVariable String message,
            @RequestHeader(name = HttpHeaders.RANGE, required = false) @Nullable String range,
            HttpServletResponse response)
            throws IOException {
        long size = messages.find(caller.account(account), mailbox, message).size();
        OctetAnswer.send(
                size,
                "message/rfc822",
                range,
                response,
                (offset, length, sink) -> messages.write(message, offset, length, sink));
    }

    /** The same for whoever asks for a message by its media type. */
    @GetMapping(path = "/{message}", produces = "message/rfc822")
    @Operation(operationId = "getMessageOctets", summary = "A message's octets, as under /raw")
    void octets(
            Caller caller,
            @PathVariable String account,
            @PathVariable String mailbox,
            @PathVariable String message,
            @RequestHeader(name = HttpHeaders.RANGE, required = false) @Nullable String range,
            HttpServletResponse response)
            throws IOException {
        raw(caller, account, mailbox, message, range, response);
    }

    @GetMapping("/{message}/parts/{part}")
    @Operation(operationId = "getPart", summary = "A part's octets, decoded from their transfer encoding")
    void part(
            Caller caller,
            @PathVariable String account,
            @PathVariable String mailbox,
            @PathVariable String message,
            @Parameter(description = "Its number, as in IMAP", example = "2.1") @PathVariable String part,
            @RequestHeader(name = HttpHeaders.RANGE, required = false) @Nullable String range,
            HttpServletResponse response)
            throws IOException {
        MessageContent.PartContent content = messages.part(caller.account(account), mailbox, message, part);
        ContentDisposition disposition = content.name().isEmpty()
                ? ContentDisposition.attachment().build()
                : ContentDisposition.attachment()
                        .filename(content.name(), StandardCharsets.UTF_8)
                        .build();
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, disposition.toString());
        byte[] octets = content.octets();
        OctetAnswer.send(
                octets.length,
                contentType(content),
                range,
                response,
                (offset, length, sink) -> sink.write(octets, (int) offset, (int) length));
    }

    /** What a sender calls a part goes into a header only where it is a media type. */
    private static String contentType(MessageContent.PartContent content) {
        String type = mediaType(content.contentType(), MediaType.APPLICATION_OCTET_STREAM_VALUE);
        return content.charset() == null ? type : mediaType(type + ";charset=" + content.charset(), type);
    }

    private static String mediaType(String given, String other) {
        try {
            return MediaType.parseMediaType(given).toString();
        } catch (InvalidMediaTypeException malformed) {
            return other;
        }
    }

    @PatchMapping("/{message}")
    @Operation(operationId = "flagMessage", summary = "Change a message's flags and keywords")
    MessageSummary change(
            Caller caller,
            @PathVariable String account,
            @PathVariable String mailbox,
            @PathVariable String message,
            @RequestBody FlagPatch patch) {
        return messages.change(caller.account(account), mailbox, message, patch);
    }

    @DeleteMapping("/{message}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "deleteMessage",
            summary = "Remove a message from the mailbox for good",
            description = "To put it into the trash, move it: POST .../mailboxes/{mailbox}/move.")
    void delete(
            Caller caller, @PathVariable String account, @PathVariable String mailbox, @PathVariable String message) {
        messages.delete(caller.account(account), mailbox, message);
    }
}
