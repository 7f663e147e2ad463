package cz.digidig.storage.mailbox;

import cz.digidig.common.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whose mail an account does not want to see. */
@RestController
@RequestMapping("/api/accounts/{account}/blocked-senders")
@Tag(name = "New messages")
class BlockedSendersController {
    private final Mailboxes mailboxes;

    BlockedSendersController(Mailboxes mailboxes) {
        this.mailboxes = mailboxes;
    }

    @GetMapping
    @Operation(operationId = "getBlockedSenders", summary = "Senders whose mail goes to the junk mailbox")
    BlockedSenders get(Caller caller, @PathVariable String account) {
        return mailboxes.blockedSenders(caller.account(account));
    }

    @PutMapping
    @Operation(operationId = "replaceBlockedSenders", summary = "Blocks these senders, in place of those before")
    BlockedSenders replace(Caller caller, @PathVariable String account, @Valid @RequestBody BlockedSenders wanted) {
        return mailboxes.block(caller.account(account), wanted.normalized());
    }
}
