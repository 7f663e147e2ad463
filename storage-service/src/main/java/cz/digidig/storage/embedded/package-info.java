/**
 * The MongoDB of the {@code embedded} profile: mongo-java-server's wire protocol and operators over an H2 MVStore file,
 * with a redo log in front of it. Nothing else in the service knows of it; they meet over the ordinary driver.
 *
 * <p>Invariants: no answer, of a read or of a write, leaves before everything that it was computed from is on disk in
 * the redo log; the log holds whole documents, so that replaying any part of it twice changes nothing; a document's
 * octets never change in place, so readers need no lock; what the log still holds is deleted only after the MVStore file
 * has been synced with it.
 */
@NullMarked
package cz.digidig.storage.embedded;

import org.jspecify.annotations.NullMarked;
