/** The service's configuration: listeners and limits that administrators change while it runs. Values only. */
@NullMarked
package cz.digidig.imap.settings;

import org.jspecify.annotations.NullMarked;
