package cz.digidig.identity.internal;

import cz.digidig.common.api.identity.AccountSummary;
import cz.digidig.common.api.identity.AuthenticationRequest;
import cz.digidig.common.api.identity.DkimSigningKey;
import cz.digidig.common.api.identity.IdentityApi;
import cz.digidig.common.api.identity.RecipientResolution;
import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.identity.account.AccountDirectory;
import cz.digidig.identity.account.AccountFacts;
import cz.digidig.identity.account.Role;
import cz.digidig.identity.dkim.DkimKeys;
import cz.digidig.identity.domain.Allotments;
import cz.digidig.identity.login.Authenticator;
import cz.digidig.identity.recipient.Recipients;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What the other services ask (scope {@code internal}). */
@RestController
@Tag(name = "Internal", description = "For the suite's other services. Scope: internal.")
class IdentityController implements IdentityApi {
    private final Authenticator authenticator;
    private final Recipients recipients;
    private final AccountDirectory accounts;
    private final DkimKeys dkim;
    private final Allotments allotments;

    IdentityController(
            Authenticator authenticator,
            Recipients recipients,
            AccountDirectory accounts,
            DkimKeys dkim,
            Allotments allotments) {
        this.authenticator = authenticator;
        this.recipients = recipients;
        this.accounts = accounts;
        this.dkim = dkim;
        this.allotments = allotments;
    }

    @Override
    @Operation(operationId = "authenticate", summary = "Check the password of a mail log-in")
    public AccountSummary authenticate(@RequestBody AuthenticationRequest request) {
        return authenticator
                .authenticateMail(request.username(), request.password(), request.protocol(), request.clientAddress())
                .map(this::summary)
                .orElseThrow(() -> new ProblemException(
                        ErrorCode.INVALID_CREDENTIALS, "The address or the password is not right"));
    }

    @Override
    @Operation(operationId = "resolveRecipient", summary = "Find where mail to an address ends up")
    public RecipientResolution recipient(@PathVariable String address) {
        return recipients.resolve(address);
    }

    @Override
    @Operation(operationId = "getAccountSummary", summary = "Facts of one account")
    public AccountSummary account(@PathVariable String account) {
        return accounts.account(account)
                .map(this::summary)
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "There is no such account"));
    }

    @Override
    @Operation(operationId = "getDkimSigningKeys", summary = "The keys that a domain's mail is signed by")
    public List<DkimSigningKey> dkimKeys(@PathVariable String domain) {
        return dkim.signing(domain);
    }

    private AccountSummary summary(AccountFacts account) {
        return new AccountSummary(
                account.id(),
                account.email(),
                recipients.senders(account.email(), account.addressKey()),
                account.roles().stream().map(Role::label).toList(),
                account.quotaBytes(),
                account.enabled(),
                allotments.dailyMessages(account.domain()));
    }
}
