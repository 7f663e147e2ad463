package cz.digidig.identity.recipient;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The addresses that a person may write as (scope {@code account}). */
@RestController
@RequestMapping("/api/accounts/me/addresses")
@Tag(name = "Own account", description = "The account of the token. Scope: account.")
class OwnAddressesController {
    private final Recipients recipients;
    private final JdbcClient jdbc;

    OwnAddressesController(Recipients recipients, JdbcClient jdbc) {
        this.recipients = recipients;
        this.jdbc = jdbc;
    }

    @GetMapping
    @Operation(operationId = "listOwnAddresses", summary = "List the addresses that one may write as")
    OwnAddresses list(Caller caller) {
        return jdbc.sql("select email, address_key from account where id = ?")
                .param(caller.accountId())
                .query((row, number) ->
                        new OwnAddresses(recipients.senders(row.getString("email"), row.getString("address_key"))))
                .optional()
                .orElseThrow(() -> new ProblemException(ErrorCode.NOT_FOUND, "There is no such account"));
    }

    /**
     * Addresses of an account.
     *
     * @param items the account's own first, then the aliases that lead to it
     */
    record OwnAddresses(List<String> items) {}
}
