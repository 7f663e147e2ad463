package cz.digidig.apidocs.document;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** The document of the whole suite, merged anew when a service's document changed. */
@Component
public class SuiteDocument {
    private final DocumentShelf shelf;
    private final ApidocsProperties properties;
    private volatile @Nullable Merged merged;

    private record Merged(long revision, ObjectNode content) {}

    SuiteDocument(DocumentShelf shelf, ApidocsProperties properties) {
        this.shelf = shelf;
        this.properties = properties;
    }

    /** As of now; not to be changed. */
    public ObjectNode current() {
        long revision = shelf.revision();
        Merged known = merged;
        if (known == null || known.revision() != revision) {
            known = new Merged(revision, Merger.merge(shelf.newest(), properties));
            merged = known;
        }
        return known.content();
    }
}
