/** Shows and exports the audit log, to each administrator as far as the own domains reach. {@code -> audit, domain, settings, web} */
@NullMarked
package cz.digidig.identity.auditlog;

import org.jspecify.annotations.NullMarked;
