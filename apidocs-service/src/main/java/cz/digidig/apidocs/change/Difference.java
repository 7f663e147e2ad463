package cz.digidig.apidocs.change;

import cz.digidig.apidocs.document.ApiDocument;
import java.util.List;

/**
 * What one version of a document has otherwise than the one before.
 *
 * @param document the later version
 * @param compared false where one of the two is no document that can be compared
 * @param added operations that are new, {@code GET /api/...}
 * @param removed operations that are gone
 * @param changed operations that differ, each with whether callers of the former break
 */
record Difference(
        ApiDocument document, boolean compared, List<String> added, List<String> removed, List<Changed> changed) {
    /**
     * An operation that differs.
     *
     * @param breaking whether a program written for the former version may fail
     */
    record Changed(String operation, boolean breaking) {}

    public boolean breaking() {
        return !removed.isEmpty() || changed.stream().anyMatch(Changed::breaking);
    }

    /** Nothing that a caller meets: words, examples. */
    public boolean wordsOnly() {
        return compared && added.isEmpty() && removed.isEmpty() && changed.isEmpty();
    }
}
