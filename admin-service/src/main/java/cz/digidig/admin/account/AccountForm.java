package cz.digidig.admin.account;

import cz.digidig.admin.backend.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the form of an account says.
 *
 * @param email its address
 * @param password a new one; empty: as it is, or of a new account none
 * @param displayName the person's name
 * @param roles any of user, domain-admin, admin
 * @param quota megabytes as typed; empty: of a new account what is usual in its domain, else no limit; 0: no limit
 */
record AccountForm(String email, String password, String displayName, List<String> roles, String quota) {
    private static final long MEGA = 1024L * 1024;
    static final AccountForm EMPTY = new AccountForm("", "", "", List.of("user"), "");

    AccountForm(
            @Nullable String email,
            @Nullable String password,
            @Nullable String displayName,
            @Nullable List<String> roles,
            @Nullable String quota) {
        this.email = email == null ? "" : email.strip();
        this.password = password == null ? "" : password;
        this.displayName = displayName == null ? "" : displayName.strip();
        this.roles = roles == null || roles.isEmpty() ? List.of("user") : List.copyOf(roles);
        this.quota = quota == null ? "" : quota.strip();
    }

    static AccountForm of(JsonNode account) {
        List<String> roles = new ArrayList<>();
        account.path("roles").forEach(role -> roles.add(role.asString("")));
        long quota = account.path("quota").asLong(0);
        return new AccountForm(
                account.path("email").asString(""),
                "",
                account.path("displayName").asString(""),
                roles,
                quota == 0 ? "" : String.valueOf(quota / MEGA));
    }

    public boolean has(String role) {
        return roles.contains(role);
    }

    /** Megabytes that can't be read; the service knows the rest. */
    boolean quotaIsNumber() {
        return quota.isEmpty() || quota.matches("\\d{1,9}");
    }

    private ObjectNode common() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("displayName", displayName);
        ArrayNode all = body.putArray("roles");
        roles.forEach(all::add);
        return body;
    }

    private long octets() {
        return quota.isEmpty() ? 0 : Long.parseLong(quota) * MEGA;
    }

    /** The body of a creation. */
    ObjectNode creation() {
        ObjectNode body = common().put("email", email);
        if (!quota.isEmpty()) {
            body.put("quota", octets());
        }
        return password.isEmpty() ? body : body.put("password", password);
    }

    /** The body of a change. */
    ObjectNode change() {
        ObjectNode body = common().put("quota", octets());
        return password.isEmpty() ? body : body.put("password", password);
    }

    /** What was refused, by field; what is of no field by the empty name. */
    static Map<String, String> errors(Answer.Refused refused) {
        Map<String, String> errors = new HashMap<>();
        refused.fields().forEach(field -> errors.putIfAbsent(field.field(), field.message()));
        if (errors.isEmpty()) {
            errors.put("", refused.detail());
        }
        return errors;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "AccountForm[" + email + "]";
    }
}
