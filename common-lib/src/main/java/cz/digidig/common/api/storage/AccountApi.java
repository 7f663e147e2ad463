package cz.digidig.common.api.storage;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.HttpExchange;

/** Accounts as a whole (scope {@code internal}). */
@HttpExchange("/api/internal/accounts")
public interface AccountApi {
    /**
     * Removes all mailboxes of an account that is gone, with their messages, and makes none for its id ever again. An
     * account without any, and a repeat, are no error.
     *
     * @param account its id, which no other account gets
     */
    @DeleteExchange("/{account}")
    void remove(@PathVariable String account);
}
