package cz.digidig.apidocs.change;

import cz.digidig.apidocs.change.Difference.Changed;
import cz.digidig.apidocs.document.ApiDocument;
import cz.digidig.apidocs.document.DocumentShelf;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.openapitools.openapidiff.core.OpenApiCompare;
import org.openapitools.openapidiff.core.model.ChangedOpenApi;
import org.openapitools.openapidiff.core.model.Endpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Compares versions of documents by openapi-diff; what was compared once is remembered, since versions do not change. */
@Component
class Differences {
    private static final Logger LOG = LoggerFactory.getLogger(Differences.class);
    private static final int MOST_REMEMBERED = 1_000;

    private final DocumentShelf shelf;
    private final Map<List<String>, Difference> remembered = new ConcurrentHashMap<>();

    Differences(DocumentShelf shelf) {
        this.shelf = shelf;
    }

    /** Each version of a service against the one before, the newest first; the very first has none. */
    List<Difference> of(String service) {
        List<ApiDocument> versions = shelf.versions(service);
        List<Difference> differences = new ArrayList<>();
        for (int i = 0; i + 1 < versions.size(); i++) {
            differences.add(between(versions.get(i + 1), versions.get(i)));
        }
        return differences;
    }

    private Difference between(ApiDocument former, ApiDocument later) {
        if (remembered.size() > MOST_REMEMBERED) {
            remembered.clear();
        }
        return remembered.computeIfAbsent(
                List.of(later.service(), former.id(), later.id()), _ -> compare(former, later));
    }

    private static Difference compare(ApiDocument former, ApiDocument later) {
        ChangedOpenApi changed;
        try {
            changed = OpenApiCompare.fromContents(
                    former.content().toString(), later.content().toString());
        } catch (RuntimeException incomparable) {
            // The library says so of documents that contradict themselves.
            LOG.warn("{} of {} can't be compared: {}", later.id(), later.service(), incomparable.getMessage());
            return new Difference(later, false, List.of(), List.of(), List.of());
        }
        return new Difference(
                later,
                true,
                names(changed.getNewEndpoints()),
                names(changed.getMissingEndpoints()),
                changed.getChangedOperations().stream()
                        .map(operation -> new Changed(
                                operation.getHttpMethod() + " " + operation.getPathUrl(), operation.isIncompatible()))
                        .sorted(Comparator.comparing(Changed::operation))
                        .toList());
    }

    private static List<String> names(List<Endpoint> endpoints) {
        return endpoints.stream()
                .map(endpoint -> endpoint.getMethod() + " " + endpoint.getPathUrl())
                .sorted()
                .toList();
    }
}
