package cz.digidig.apidocs.overview;

import cz.digidig.apidocs.document.ApidocsProperties;
import cz.digidig.apidocs.document.Collector;
import cz.digidig.apidocs.document.DocumentShelf;
import cz.digidig.apidocs.guide.Guides;
import cz.digidig.common.web.PageController;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The first page. */
@PageController
class OverviewController {
    private final ApidocsProperties properties;
    private final DocumentShelf shelf;
    private final Collector collector;
    private final Guides guides;

    /**
     * A service on the map.
     *
     * @param answering whether it gave its document at the last look
     * @param release of the document; empty when there never was one
     * @param lastSeen when it last gave it
     */
    record Entry(
            String service,
            String url,
            boolean answering,
            String release,
            @Nullable Instant lastSeen) {}

    OverviewController(ApidocsProperties properties, DocumentShelf shelf, Collector collector, Guides guides) {
        this.properties = properties;
        this.shelf = shelf;
        this.collector = collector;
        this.guides = guides;
    }

    @GetMapping("/")
    String overview(Model model) {
        List<Entry> entries =
                properties.services().keySet().stream().map(this::entry).toList();
        model.addAttribute("entries", entries);
        model.addAttribute("guides", guides.all());
        return "pages/overview";
    }

    private Entry entry(String service) {
        String url = properties.publicUrl(service);
        boolean answering = collector.answers(service);
        return shelf.newest(service)
                .map(document -> new Entry(service, url, answering, document.release(), document.lastSeen()))
                .orElseGet(() -> new Entry(service, url, answering, "", null));
    }
}
