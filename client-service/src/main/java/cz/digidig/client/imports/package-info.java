/**
 * Takes mail out of files into a person's folders. An upload lies on disk as long as it is read, and of no message more than
 * a buffer is held in memory: each is read twice, once to be measured and compared, once to be sent to storage. What a folder
 * has already is not stored again, so whatever broke off is simply done once more. Depends on {@code backend}, {@code export},
 * {@code files} and {@code mailbox}.
 */
@NullMarked
package cz.digidig.client.imports;

import org.jspecify.annotations.NullMarked;
