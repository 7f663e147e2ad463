package cz.digidig.identity.account;

import cz.digidig.identity.audit.Audit;
import cz.digidig.identity.audit.AuditAction;
import cz.digidig.identity.change.Changes;
import cz.digidig.identity.domain.Reach;
import cz.digidig.identity.settings.CurrentSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Accounts out of service, which can be restored until their days of grace are over. */
@Service
class DeletedAccounts {
    private static final int MOST = 500;

    private final AccountRepository accounts;
    private final MailboxRemovals mailboxes;
    private final Audit audit;
    private final Changes changes;
    private final CurrentSettings settings;
    private final Clock clock;

    DeletedAccounts(
            AccountRepository accounts,
            MailboxRemovals mailboxes,
            Audit audit,
            Changes changes,
            CurrentSettings settings,
            Clock clock) {
        this.accounts = accounts;
        this.mailboxes = mailboxes;
        this.audit = audit;
        this.changes = changes;
        this.settings = settings;
        this.clock = clock;
    }

    /** Those that can be restored, the last deleted first. */
    @Transactional(readOnly = true)
    List<Account> list(Reach reach) {
        return accounts.deleted(reach.everywhere(), reach.listed(), Limit.of(MOST));
    }

    /** Takes an account out of service; without days of grace, for good. Within the transaction of who deletes it. */
    void take(Account account) {
        if (settings.accounts().graceDays() == 0) {
            remove(account);
        } else {
            account.delete(clock.instant());
            changed(account);
        }
    }

    /** Removes an account for good, within the transaction of who does it; its mail follows. */
    private void remove(Account account) {
        accounts.delete(account);
        mailboxes.add(account.id());
        changed(account);
        tell(AuditAction.ACCOUNT_REMOVED, account);
    }

    /** Puts a deleted account back as it was. */
    @Transactional
    Account restore(String id, Reach reach) {
        Account account = lock(id, reach);
        account.restore();
        changed(account);
        tell(AuditAction.ACCOUNT_RESTORED, account);
        return account;
    }

    /** Removes a deleted account before its time. */
    @Transactional
    void remove(String id, Reach reach) {
        remove(lock(id, reach));
    }

    /** Removes those whose days of grace are over. */
    @Scheduled(initialDelayString = "PT10M", fixedDelayString = "PT1H")
    @Transactional
    void removeOverdue() {
        Instant before =
                clock.instant().minus(Duration.ofDays(settings.accounts().graceDays()));
        for (String id : accounts.deletedBefore(before, Limit.of(MOST))) {
            accounts.lock(id).ifPresent(this::remove);
        }
    }

    private Account lock(String id, Reach reach) {
        Account account = accounts.lock(id)
                .filter(found -> found.deletedAt() != null && reach.covers(found.domain()))
                .orElseThrow(Accounts::missing);
        Accounts.requireOrdinary(account.roles(), reach);
        return account;
    }

    private void changed(Account account) {
        accounts.flush();
        changes.account(account.id());
    }

    private void tell(AuditAction action, Account account) {
        audit.record(action, account.email(), account.domainName(), "");
    }
}
