/**
 * The connection to MongoDB: its collections, the guarantees that are asked of every read and write, the declared
 * indexes, the form of the documents, and the gate that holds writes for a backup. Holds no logic of mail.
 */
@NullMarked
package cz.digidig.storage.database;

import org.jspecify.annotations.NullMarked;
