/** What administrators may change while the service runs: {@code storage_config.json}. Depends on common-lib only. */
@NullMarked
package cz.digidig.storage.settings;

import org.jspecify.annotations.NullMarked;
