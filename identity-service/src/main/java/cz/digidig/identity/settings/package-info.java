/** What administrators may change while the service runs: {@code identity_config.json}. Depends on common-lib only. */
@NullMarked
package cz.digidig.identity.settings;

import org.jspecify.annotations.NullMarked;
