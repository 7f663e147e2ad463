package cz.digidig.identity.account;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A person or a machine that has a mailbox. Its address never changes; everything else may. */
@Entity
class Account {
    @Id
    private String id;

    @Version
    private long version;

    private String email;
    private String addressKey;

    @Column(name = "domain_id")
    private String domain;

    private String displayName;

    @JdbcTypeCode(SqlTypes.ARRAY)
    private List<String> roles;

    private boolean enabled;
    private long quotaBytes;
    private String passwordHash;
    private boolean mustChangePassword;
    private Instant createdAt;
    private @Nullable Instant deletedAt;
    private boolean enabledBefore = true;

    @SuppressWarnings("NullAway.Init")
    protected Account() {}

    Account(String id, String email, String addressKey, String domain, String passwordHash, Instant createdAt) {
        this.id = id;
        this.email = email;
        this.addressKey = addressKey;
        this.domain = domain;
        this.displayName = "";
        this.roles = List.of(Role.USER.label());
        this.enabled = true;
        this.passwordHash = passwordHash;
        this.createdAt = createdAt;
    }

    String id() {
        return id;
    }

    String email() {
        return email;
    }

    String addressKey() {
        return addressKey;
    }

    String domainName() {
        return addressKey.substring(addressKey.lastIndexOf('@') + 1);
    }

    String domain() {
        return domain;
    }

    String displayName() {
        return displayName;
    }

    List<Role> roles() {
        return roles.stream().map(Role::of).toList();
    }

    boolean administers() {
        return enabled && roles.contains(Role.ADMIN.label());
    }

    boolean enabled() {
        return enabled;
    }

    long quotaBytes() {
        return quotaBytes;
    }

    String passwordHash() {
        return passwordHash;
    }

    boolean mustChangePassword() {
        return mustChangePassword;
    }

    Instant createdAt() {
        return createdAt;
    }

    @Nullable
    Instant deletedAt() {
        return deletedAt;
    }

    /** Takes it out of service; it can be restored. */
    void delete(Instant now) {
        deletedAt = now;
        enabledBefore = enabled;
        enabled = false;
    }

    void restore() {
        deletedAt = null;
        enabled = enabledBefore;
    }

    void rename(String name) {
        displayName = name;
    }

    void give(List<Role> wanted) {
        roles = Role.labels(wanted);
    }

    void enable(boolean wanted) {
        enabled = wanted;
    }

    void limit(long bytes) {
        quotaBytes = bytes;
    }

    /** Sets a new password's hash; whether it is to be changed at the next sign-in with a browser. */
    void setPasswordHash(String hash, boolean mustChange) {
        passwordHash = hash;
        mustChangePassword = mustChange;
    }
}
