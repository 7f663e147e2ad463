package cz.digidig.identity.alias;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** An address, or with an empty local part a whole domain, that leads to other addresses. */
@Entity
class Alias {
    @Id
    private String id;

    @Version
    private long version;

    private String address;
    private String addressKey;

    @Column(name = "domain_id")
    private String domain;

    private boolean enabled;

    @JdbcTypeCode(SqlTypes.ARRAY)
    private List<String> targets;

    /** Read by queries alone: which aliases lead to an address. */
    @SuppressWarnings("UnusedVariable")
    @JdbcTypeCode(SqlTypes.ARRAY)
    private List<String> targetKeys;

    private Instant createdAt;

    @SuppressWarnings("NullAway.Init")
    protected Alias() {}

    Alias(String id, AliasAddress address, String domain, AliasTargets targets, boolean enabled, Instant createdAt) {
        this.id = id;
        this.address = address.text();
        this.addressKey = address.key();
        this.domain = domain;
        this.targets = targets.addresses();
        this.targetKeys = targets.keys();
        this.enabled = enabled;
        this.createdAt = createdAt;
    }

    String id() {
        return id;
    }

    String address() {
        return address;
    }

    String addressKey() {
        return addressKey;
    }

    String domain() {
        return domain;
    }

    boolean enabled() {
        return enabled;
    }

    List<String> targets() {
        return List.copyOf(targets);
    }

    Instant createdAt() {
        return createdAt;
    }

    void lead(AliasTargets wanted) {
        targets = wanted.addresses();
        targetKeys = wanted.keys();
    }

    void enable(boolean wanted) {
        enabled = wanted;
    }
}
