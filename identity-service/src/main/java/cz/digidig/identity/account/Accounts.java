package cz.digidig.identity.account;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.mail.EmailAddress;
import cz.digidig.common.rest.InvalidFields;
import cz.digidig.identity.address.AddressRegister;
import cz.digidig.identity.audit.Audit;
import cz.digidig.identity.audit.AuditAction;
import cz.digidig.identity.change.Changes;
import cz.digidig.identity.credential.CommonPasswords;
import cz.digidig.identity.credential.PasswordChecks;
import cz.digidig.identity.credential.PasswordHasher;
import cz.digidig.identity.domain.Allotments;
import cz.digidig.identity.domain.Domain;
import cz.digidig.identity.domain.Domains;
import cz.digidig.identity.domain.Reach;
import cz.digidig.identity.settings.CurrentSettings;
import cz.digidig.identity.web.Cursor;
import cz.digidig.identity.web.OpaqueId;
import cz.digidig.identity.web.Refusals;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The life of accounts.
 *
 * <p>Hashes are made before the transaction begins: they take tens of milliseconds, and a database connection is too
 * dear to wait for them.
 */
@Service
public class Accounts {
    private static final int LONGEST_PASSWORD = 256;

    private final AccountRepository accounts;
    private final DeletedAccounts deleted;
    private final AddressRegister addresses;
    private final Domains domains;
    private final Allotments allotments;
    private final PasswordHasher hasher;
    private final PasswordChecks checks;
    private final CommonPasswords common;
    private final Audit audit;
    private final Changes changes;
    private final ApplicationEventPublisher publisher;
    private final TransactionOperations transaction;
    private final CurrentSettings settings;
    private final Clock clock;

    Accounts(
            AccountRepository accounts,
            DeletedAccounts deleted,
            AddressRegister addresses,
            Domains domains,
            Allotments allotments,
            PasswordHasher hasher,
            PasswordChecks checks,
            CommonPasswords common,
            Audit audit,
            Changes changes,
            ApplicationEventPublisher publisher,
            TransactionOperations transaction,
            CurrentSettings settings,
            Clock clock) {
        this.accounts = accounts;
        this.deleted = deleted;
        this.addresses = addresses;
        this.domains = domains;
        this.allotments = allotments;
        this.hasher = hasher;
        this.checks = checks;
        this.common = common;
        this.audit = audit;
        this.changes = changes;
        this.publisher = publisher;
        this.transaction = transaction;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Makes an account and returns its id.
     *
     * @throws ProblemException {@link ErrorCode#EXISTS} where the address is taken
     * @throws InvalidFields where it is no address, its domain is not served here, or that may have no more
     */
    public String create(NewAccount request, Reach reach) {
        requireOrdinary(request.roles(), reach);
        EmailAddress address =
                EmailAddress.parse(request.email()).orElseThrow(() -> Refusals.field("email", "not an address"));
        if (!address.withoutTag().equals(address)) {
            throw Refusals.field("email", "must not hold a +: that is for sub-addresses");
        }
        String hash = request.invited() ? hasher.nobodysHash() : hashed(request.password(), address.key());
        return inTransaction(() -> create(request, reach, address, hash));
    }

    /** Makes an account of the first start, whose password is what the installation says. */
    public String createFirst(NewAccount request) {
        EmailAddress address =
                EmailAddress.parse(request.email()).orElseThrow(() -> Refusals.field("email", "not an address"));
        String hash = hasher.hash(request.password());
        return inTransaction(() -> create(request, Reach.EVERYWHERE, address, hash));
    }

    /** Who administers domains alone touches nobody that administers, and makes nobody so. */
    static void requireOrdinary(List<Role> roles, Reach reach) {
        if (!reach.everywhere() && (roles.contains(Role.ADMIN) || roles.contains(Role.DOMAIN_ADMIN))) {
            throw new ProblemException(ErrorCode.FORBIDDEN, "Administrators are for administrators of the whole");
        }
    }

    private String hashed(String password, String addressKey) {
        fault(password, addressKey).ifPresent(fault -> {
            throw refusal(fault);
        });
        return hasher.hash(password);
    }

    private InvalidFields refusal(PasswordFault fault) {
        return Refusals.field(
                "password",
                switch (fault) {
                    case TOO_SHORT ->
                        "must have at least " + settings.passwords().minimumLength() + " characters";
                    case TOO_LONG -> "must have at most " + LONGEST_PASSWORD + " characters";
                    case ADDRESS -> "must not be the address";
                    case COMMON -> "is one of those that everybody tries first";
                    case UNCHANGED -> "must be another than the one before";
                });
    }

    /** What is wrong with a password for an address; empty: nothing. */
    public Optional<PasswordFault> fault(String password, String addressKey) {
        if (password.length() < settings.passwords().minimumLength()) {
            return Optional.of(PasswordFault.TOO_SHORT);
        }
        if (password.length() > LONGEST_PASSWORD) {
            return Optional.of(PasswordFault.TOO_LONG);
        }
        String local = addressKey.substring(0, Math.max(0, addressKey.lastIndexOf('@')));
        String lower = password.toLowerCase(Locale.ROOT);
        if (lower.equals(addressKey) || lower.equals(local)) {
            return Optional.of(PasswordFault.ADDRESS);
        }
        return common.contain(password) ? Optional.of(PasswordFault.COMMON) : Optional.empty();
    }

    /** What is wrong with a password that somebody chooses in place of the one that the account has; empty: nothing. */
    public Optional<PasswordFault> faultOfNew(String id, String password) {
        Account account = inTransaction(() -> find(id));
        Optional<PasswordFault> fault = fault(password, account.addressKey());
        return fault.isEmpty() && checks.matches(password, account.passwordHash(), () -> {})
                ? Optional.of(PasswordFault.UNCHANGED)
                : fault;
    }

    private String create(NewAccount request, Reach reach, EmailAddress address, String hash) {
        Domain domain = domains.named(address.domain())
                .filter(found -> reach.covers(found.id()))
                .orElseThrow(() -> Refusals.field("email", "the domain " + address.domain() + " is not served here"));
        String key = address.key();
        accounts.findByAddressKey(key).ifPresent(there -> {
            throw addresses.taken(key);
        });
        long quota = allotments.admit(domain.id(), request.quotaBytes());
        Account account =
                new Account(OpaqueId.at(clock.millis()), address.toString(), key, domain.id(), hash, clock.instant());
        account.setPasswordHash(hash, request.mustChangePassword());
        account.rename(request.displayName());
        account.give(request.roles());
        account.limit(quota);
        try {
            accounts.saveAndFlush(account);
        } catch (DataIntegrityViolationException madeMeanwhile) {
            throw new ProblemException(ErrorCode.EXISTS, "The address " + key + " exists already");
        }
        addresses.claimForAccount(key, account.id());
        changes.account(account.id());
        tell(AuditAction.ACCOUNT_CREATED, account, "roles " + String.join(" ", Role.labels(account.roles())));
        return account.id();
    }

    @Transactional(readOnly = true)
    List<Account> page(Cursor cursor, Reach reach) {
        return accounts.page(
                cursor.after(), cursor.search(), reach.everywhere(), reach.listed(), Limit.of(cursor.fetch()));
    }

    /** An account by its id or its address, where it is within reach. */
    @Transactional(readOnly = true)
    Account get(String reference, Reach reach) {
        return within(reach, find(reference));
    }

    private static Account within(Reach reach, Account account) {
        if (!reach.covers(account.domain())) {
            throw missing();
        }
        return account;
    }

    /** Changes an account as its administrator may. */
    Account change(String reference, AccountChange wanted, Reach reach) {
        String key =
                inTransaction(() -> changeable(find(reference), wanted, reach).addressKey());
        Optional<String> hash = wanted.password().map(password -> hashed(password, key));
        return inTransaction(() -> apply(reference, wanted, hash, reach));
    }

    private static Account changeable(Account account, AccountChange wanted, Reach reach) {
        requireOrdinary(within(reach, account).roles(), reach);
        wanted.roles().ifPresent(roles -> requireOrdinary(roles, reach));
        return account;
    }

    private Account apply(String reference, AccountChange wanted, Optional<String> hash, Reach reach) {
        List<String> administrators = wanted.touchesAdministration() ? accounts.lockAdministrators() : List.of();
        Account account = changeable(lock(reference), wanted, reach);
        boolean administered = account.administers();
        boolean wasEnabled = account.enabled();
        wanted.displayName().ifPresent(account::rename);
        wanted.roles().ifPresent(account::give);
        wanted.enabled().ifPresent(account::enable);
        wanted.quotaBytes().ifPresent(quota -> {
            allotments.reallot(account.domain(), account.quotaBytes(), quota);
            account.limit(quota);
        });
        hash.ifPresent(made -> account.setPasswordHash(made, wanted.mustChangePassword()));
        if (administered && !account.administers() && administrators.size() <= 1) {
            throw lastAdministrator();
        }
        accounts.flush();
        if (hash.isPresent()) {
            publisher.publishEvent(new SessionsEnd(account.id(), SessionsEnd.Reason.PASSWORD_CHANGED));
        }
        if (wasEnabled && !account.enabled()) {
            publisher.publishEvent(new SessionsEnd(account.id(), SessionsEnd.Reason.DISABLED));
        }
        changes.account(account.id());
        tell(AuditAction.ACCOUNT_CHANGED, account, wanted.told());
        return account;
    }

    /**
     * Changes what a person may change of the own account.
     *
     * @throws InvalidFields where the current password is not right
     */
    Account changeOwn(String id, AccountChange wanted, String currentPassword) {
        if (wanted.password().isPresent()) {
            String stored = inTransaction(() -> find(id).passwordHash());
            if (!checks.matches(currentPassword, stored, () -> {})) {
                throw Refusals.field("currentPassword", "not the current password");
            }
        }
        return change(id, wanted, Reach.EVERYWHERE);
    }

    /** Gives an account the password that its owner chose, unless something is wrong with it: then that is the answer. */
    public Optional<PasswordFault> choosePassword(String id, String password) {
        return choosePassword(id, password, () -> {});
    }

    /**
     * As above.
     *
     * @param claim what is used up by it, in the same transaction; it throws where that is not there any more
     */
    public Optional<PasswordFault> choosePassword(String id, String password, Runnable claim) {
        Optional<PasswordFault> fault = faultOfNew(id, password);
        if (fault.isPresent()) {
            return fault;
        }
        String hash = hasher.hash(password);
        inTransaction(() -> {
            claim.run();
            Account account = lock(id);
            account.setPasswordHash(hash, false);
            accounts.flush();
            publisher.publishEvent(new SessionsEnd(id, SessionsEnd.Reason.PASSWORD_CHANGED));
            changes.account(id);
            audit.recordBy(id, AuditAction.PASSWORD_CHANGED, account.email(), account.domainName(), "");
            return account;
        });
        return fault;
    }

    /** Deletes an account: out of service at once, removed after the days of grace, in which it can be restored. */
    @Transactional
    void delete(String reference, Reach reach) {
        List<String> administrators = accounts.lockAdministrators();
        Account account = within(reach, lock(reference));
        requireOrdinary(account.roles(), reach);
        if (account.administers() && administrators.size() <= 1) {
            throw lastAdministrator();
        }
        publisher.publishEvent(new SessionsEnd(account.id(), SessionsEnd.Reason.DISABLED));
        tell(AuditAction.ACCOUNT_DELETED, account, "");
        deleted.take(account);
    }

    /** Which of these addresses are taken, as they were asked for; none of those out of reach. */
    @Transactional(readOnly = true)
    List<String> taken(List<String> asked, Reach reach) {
        Map<String, String> byKey = new LinkedHashMap<>();
        asked.forEach(email -> EmailAddress.parse(email).ifPresent(address -> byKey.put(address.key(), email)));
        return byKey.isEmpty()
                ? List.of()
                : accounts.taken(List.copyOf(byKey.keySet()), reach.everywhere(), reach.listed()).stream()
                        .map(byKey::get)
                        .toList();
    }

    private void tell(AuditAction action, Account account, String details) {
        audit.record(action, account.email(), account.domainName(), details);
    }

    private static ProblemException lastAdministrator() {
        return new ProblemException(ErrorCode.CONFLICT, "This is the last administrator");
    }

    private Account lock(String reference) {
        return accounts.lock(find(reference).id()).orElseThrow(Accounts::missing);
    }

    private Account find(String reference) {
        return accounts.findById(reference)
                .or(() -> EmailAddress.parse(reference).flatMap(address -> accounts.findByAddressKey(address.key())))
                .filter(found -> found.deletedAt() == null)
                .orElseThrow(Accounts::missing);
    }

    static ProblemException missing() {
        return new ProblemException(ErrorCode.NOT_FOUND, "There is no such account");
    }

    private <T> T inTransaction(java.util.function.Supplier<T> work) {
        T result = transaction.execute(status -> work.get());
        if (result == null) {
            throw new IllegalStateException("the transaction gave nothing");
        }
        return result;
    }
}
