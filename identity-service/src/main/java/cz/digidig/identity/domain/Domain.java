package cz.digidig.identity.domain;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;

/** A mail domain served here; its name in normal form (lower-case A-labels). */
@Entity
public class Domain {
    @Id
    private String id;

    private String name;
    private Instant createdAt;

    @SuppressWarnings("NullAway.Init")
    protected Domain() {}

    Domain(String id, String name, Instant createdAt) {
        this.id = id;
        this.name = name;
        this.createdAt = createdAt;
    }

    public String id() {
        return id;
    }

    public String name() {
        return name;
    }

    Instant createdAt() {
        return createdAt;
    }
}
