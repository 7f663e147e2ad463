package cz.digidig.identity.invitation;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.security.Caller;
import cz.digidig.identity.account.AccountReach;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Invites people to accounts that were made for them (scope {@code admin}, or {@code domain-admin} within its domains). */
@RestController
@RequestMapping("/api/accounts/{account}/invitation")
@Tag(name = "Accounts", description = "Administration of accounts. Scope: admin, or domain-admin for its domains.")
class InvitationController {
    private final Invitations invitations;
    private final AccountReach reach;
    private final AuthorizationServerSettings provider;

    InvitationController(Invitations invitations, AccountReach reach, AuthorizationServerSettings provider) {
        this.invitations = invitations;
        this.reach = reach;
        this.provider = provider;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "inviteToAccount",
            summary = "Make a link by which the account's owner sets the password",
            description =
                    "In place of the account's last one. Whoever has the link can take the account: give it to nobody"
                            + " else. The answer is the only one that shows it. Not for one's own account.")
    ResponseEntity<Invitation> invite(Caller caller, @PathVariable String account) {
        String id = reach.require(caller, account);
        if (id.equals(caller.accountId())) {
            throw new ProblemException(ErrorCode.FORBIDDEN, "The own password is changed by the one before");
        }
        Invitations.Made made = invitations.invite(id);
        URI link = URI.create(provider.getIssuer() + "/sign-in/invitation?token=" + made.token());
        return ResponseEntity.status(HttpStatus.CREATED)
                .cacheControl(CacheControl.noStore())
                .body(new Invitation(link, made.expiresAt()));
    }

    /**
     * What is given to the person.
     *
     * @param url the page where the password is set
     * @param expiresAt until when
     */
    record Invitation(URI url, Instant expiresAt) {
        @Override
        public String toString() {
            return "Invitation[" + expiresAt + "]";
        }
    }
}
