package cz.digidig.identity.auditlog;

import cz.digidig.common.config.ConfigurationStore;
import cz.digidig.identity.audit.Audit;
import cz.digidig.identity.audit.AuditAction;
import cz.digidig.identity.settings.IdentitySettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;

/** Tells the audit log that this service's settings were changed; what is different is in their own history. */
@Configuration(proxyBeanMethods = false)
class ConfigurationAudit {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationAudit.class);

    private final Audit audit;

    ConfigurationAudit(ConfigurationStore<IdentitySettings> configuration, Audit audit) {
        this.audit = audit;
        configuration.afterChange(this::tell);
    }

    /** The change is in effect already: without the database it is told by the log alone. */
    private void tell() {
        try {
            audit.record(AuditAction.CONFIGURATION_CHANGED, "identity-service", "", "");
        } catch (DataAccessException unavailable) {
            LOG.error("The audit log was not told of a change of the settings", unavailable);
        }
    }
}
