package cz.digidig.identity.audit;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What can be done that the audit log tells of, by the name that entries carry. */
public enum AuditAction {
    ACCOUNT_CREATED,
    ACCOUNT_CHANGED,
    ACCOUNT_DELETED,
    ACCOUNT_RESTORED,
    ACCOUNT_REMOVED,
    ACCOUNT_INVITED,
    ACCOUNT_REGISTERED,
    EXTERNAL_IDENTITY_LINKED,
    PASSWORD_CHANGED,
    PASSWORD_SET,
    DOMAIN_CREATED,
    DOMAIN_CHANGED,
    DOMAIN_DELETED,
    ALIAS_CREATED,
    ALIAS_CHANGED,
    ALIAS_DELETED,
    GROUP_CREATED,
    GROUP_CHANGED,
    GROUP_DELETED,
    CONFIGURATION_CHANGED,
    KEYS_ROTATED,
    DKIM_KEYS_MADE,
    DKIM_KEYS_ROTATED,
    DKIM_KEY_ACTIVATED,
    DKIM_KEY_RETIRED,
    SIGNED_IN,
    SIGN_IN_REFUSED,
    SESSION_REVOKED,
    SIGNED_OUT_EVERYWHERE,
    SECOND_FACTOR_ADDED,
    SECOND_FACTOR_REMOVED,
    RECOVERY_CODE_USED,
    RECOVERY_CODES_REPLACED,
    PASSKEY_ADDED,
    PASSKEY_REMOVED,
    APP_PASSWORD_CREATED,
    APP_PASSWORD_REVOKED,
    API_KEY_CREATED,
    API_KEY_REVOKED;

    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
