package cz.digidig.storage.ingest;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.api.storage.AppendResult;
import cz.digidig.common.api.storage.DeliveryResult;
import cz.digidig.common.api.storage.MessageApi;
import cz.digidig.common.security.Caller;
import cz.digidig.storage.journal.FlagSet;
import cz.digidig.storage.mailbox.FlagNames;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Takes new messages. */
@RestController
@Tag(name = "New messages", description = "Appending and delivering")
class IngestController {
    private static final int MOST_ACCOUNTS = 1000;
    private static final int KEY_LENGTH = 500;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final Ingest ingest;
    private final Uploads uploads;
    private final Clock clock;

    IngestController(Ingest ingest, Uploads uploads, Clock clock) {
        this.ingest = ingest;
        this.uploads = uploads;
        this.clock = clock;
    }

    @PostMapping(path = "/api/accounts/{account}/mailboxes/{mailbox}/messages", consumes = "message/*")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "appendMessage",
            summary = "Appends a message, given as it is (message/rfc822)",
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "message/rfc822",
                                            schema = @Schema(type = "string", format = "binary"))))
    AppendResult append(
            Caller caller,
            @PathVariable String account,
            @PathVariable String mailbox,
            @Parameter(description = "IMAP names, repeated", example = "\\Seen")
                    @RequestParam(name = "flags", required = false)
                    @Nullable
                    List<String> flags,
            @Parameter(description = "INTERNALDATE; now, where it is left out")
                    @RequestParam(required = false)
                    @Nullable
                    Instant internalDate,
            HttpServletRequest request)
            throws IOException {
        FlagSet named = FlagNames.read(flags == null ? List.of() : flags);
        long date = internalDate == null ? clock.millis() : internalDate.toEpochMilli();
        if (date < 0 || date > LATEST.toEpochMilli()) {
            throw new ProblemException(ErrorCode.INVALID, "internalDate is 1970 to 9999");
        }
        String owner = caller.account(account);
        return uploads.read(
                request.getInputStream(),
                request.getContentLengthLong(),
                octets -> ingest.append(owner, mailbox, octets, named, date));
    }

    @PostMapping(path = MessageApi.DELIVERIES_PATH, consumes = "message/*")
    @Operation(
            operationId = "deliverMessage",
            summary = "Delivers a message to accounts, once for each whatever the number of repeats")
    DeliveryResult deliver(
            @Parameter(description = "the same for every repeat of this delivery") @RequestParam String key,
            @RequestParam("account") List<String> accounts,
            @Parameter(description = "the special use of the mailbox (Sent, Junk, ...); INBOX, where it is left out")
                    @RequestParam(required = false)
                    @Nullable
                    String use,
            @Parameter(description = "IMAP names, repeated", example = "\\Seen")
                    @RequestParam(name = "flags", required = false)
                    @Nullable
                    List<String> flags,
            HttpServletRequest request)
            throws IOException {
        if (key.isEmpty() || key.length() > KEY_LENGTH) {
            throw new ProblemException(ErrorCode.INVALID, "A key has 1 to " + KEY_LENGTH + " characters");
        }
        if (accounts.size() > MOST_ACCOUNTS || new HashSet<>(accounts).size() < accounts.size()) {
            throw new ProblemException(
                    ErrorCode.INVALID, "A delivery is for at most " + MOST_ACCOUNTS + " accounts, each named once");
        }
        FlagSet named = FlagNames.read(flags == null ? List.of() : flags);
        return uploads.read(
                request.getInputStream(),
                request.getContentLengthLong(),
                octets -> ingest.deliver(key, accounts, use, named, octets));
    }
}
