package cz.digidig.identity.bootstrap;

import cz.digidig.common.config.ServiceProperties;
import cz.digidig.common.mail.EmailAddress;
import cz.digidig.identity.account.AccountDirectory;
import cz.digidig.identity.account.SessionsEnd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** The generated password of the first administrator: shown once, kept in a file until it is changed. */
@Component
class InitialPassword {
    private static final Logger LOG = LoggerFactory.getLogger(InitialPassword.class);
    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int LENGTH = 20;

    private final Path file;
    private final String administrator;
    private final AccountDirectory accounts;

    InitialPassword(ServiceProperties service, AccountDirectory accounts) {
        this.file = service.dataDir().resolve("initial-admin-password");
        this.administrator = EmailAddress.domain(service.domain())
                .map(domain -> "admin@" + domain)
                .orElse("");
        this.accounts = accounts;
    }

    /** Makes a password and keeps it; called before the account is committed, so that it is never lost. */
    String generate() {
        SecureRandom random = new SecureRandom();
        StringBuilder password = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            password.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        keep(password.toString());
        return password.toString();
    }

    private void keep(String password) {
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(unfinished);
            Files.createFile(
                    unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(unfinished, password + "\n", StandardCharsets.US_ASCII);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            throw new UncheckedIOException("The administrator's password cannot be kept in " + file, failed);
        }
    }

    @TransactionalEventListener
    void forget(SessionsEnd event) {
        boolean changed = event.reason() == SessionsEnd.Reason.PASSWORD_CHANGED
                && accounts.account(event.account())
                        .filter(account -> account.addressKey().equals(administrator))
                        .isPresent();
        if (!changed) {
            return;
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            LOG.warn("The administrator's first password could not be removed: {}", file, failed);
        }
    }
}
