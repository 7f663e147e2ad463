package cz.digidig.apidocs.operation;

import cz.digidig.apidocs.document.ApiDocument;
import cz.digidig.apidocs.document.DocumentShelf;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Every operation of the suite, read anew when a service's document changed. */
@Component
public class Operations {
    private final DocumentShelf shelf;
    private volatile @Nullable Known known;

    private record Known(long revision, List<Operation> operations) {}

    Operations(DocumentShelf shelf) {
        this.shelf = shelf;
    }

    /** In the order of the documents. */
    public List<Operation> all() {
        long revision = shelf.revision();
        Known now = known;
        if (now == null || now.revision() != revision) {
            now = new Known(
                    revision,
                    shelf.newest().stream()
                            .flatMap(document -> new OperationReader(document).read().stream())
                            .toList());
            known = now;
        }
        return now.operations();
    }

    public Optional<Operation> find(String service, String id) {
        return all().stream()
                .filter(operation ->
                        operation.service().equals(service) && operation.id().equals(id))
                .findFirst();
    }

    /** A service's operations by tag, each tag where it first appears. */
    public SequencedMap<String, List<Operation>> byTag(String service) {
        return all().stream()
                .filter(operation -> operation.service().equals(service))
                .collect(Collectors.groupingBy(Operation::tag, LinkedHashMap::new, Collectors.toList()));
    }

    /** What a document says of its tags. */
    public Map<String, String> tagTexts(ApiDocument document) {
        Map<String, String> texts = new LinkedHashMap<>();
        document.content()
                .path("tags")
                .forEach(tag -> texts.put(
                        tag.path("name").asString(""), tag.path("description").asString("")));
        return texts;
    }
}
