package cz.digidig.identity.removal;

import cz.digidig.common.api.storage.AccountApi;
import cz.digidig.common.client.Peer;
import cz.digidig.common.client.ServiceClients;
import cz.digidig.common.client.ServiceProblem;
import cz.digidig.common.client.ServiceUnavailable;
import cz.digidig.common.config.ServiceProperties;
import cz.digidig.identity.account.MailboxRemovals;
import cz.digidig.identity.token.AccessTokens;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Asks storage again and again, until it has removed the mail of every account that is gone. */
@Component
class MailboxRemoval {
    private static final Logger LOG = LoggerFactory.getLogger(MailboxRemoval.class);
    private static final int BATCH = 100;

    private final MailboxRemovals removals;
    private final AccountApi storage;

    MailboxRemoval(MailboxRemovals removals, ServiceClients clients, AccessTokens tokens, ServiceProperties service) {
        this.removals = removals;
        // Identity signs its own token rather than ask itself for one.
        this.storage = clients.personal(Peer.STORAGE, AccountApi.class, () -> tokens.forService(service.service()));
    }

    /** Has all mail removed that is to be removed now. */
    @Scheduled(
            initialDelayString = "${digidig.identity.mail-removal-every:PT30S}",
            fixedDelayString = "${digidig.identity.mail-removal-every:PT30S}")
    void run() {
        List<String> due = removals.due(BATCH);
        while (!due.isEmpty()) {
            for (String account : due) {
                if (!remove(account)) {
                    return;
                }
            }
            due = removals.due(BATCH);
        }
    }

    /** Whether to go on with others: not while storage doesn't answer at all. */
    private boolean remove(String account) {
        try {
            storage.remove(account);
            removals.done(account);
            LOG.info("The mail of account {} was removed", account);
            return true;
        } catch (ServiceUnavailable away) {
            LOG.warn("storage-service can't remove the mail of account {} now: {}", account, away.getMessage());
            removals.failed(account);
            return false;
        } catch (ServiceProblem refused) {
            LOG.warn("storage-service refused to remove the mail of account {}: {}", account, refused.getMessage());
            removals.failed(account);
            return true;
        }
    }
}
