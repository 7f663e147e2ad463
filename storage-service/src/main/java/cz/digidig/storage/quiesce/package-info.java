/** Stands still on demand, for a backup of the database under it. Knows the database's gate, and nothing of mail. */
@NullMarked
package cz.digidig.storage.quiesce;

import org.jspecify.annotations.NullMarked;
