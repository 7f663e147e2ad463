/** Makes, renames, moves and deletes folders. Depends on {@code backend} and {@code mailbox}. */
@NullMarked
package cz.digidig.client.folders;

import org.jspecify.annotations.NullMarked;
