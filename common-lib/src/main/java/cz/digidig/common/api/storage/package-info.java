/** What storage-service offers: mailboxes, messages, deliveries, search and changes. Implemented by its controllers, called through HTTP proxies. */
@NullMarked
package cz.digidig.common.api.storage;

import org.jspecify.annotations.NullMarked;
