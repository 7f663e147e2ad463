package cz.digidig.client.live;

import cz.digidig.client.backend.Storage;
import cz.digidig.common.web.PageController;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** What a page that nobody looks at tells by the browser's notifications. */
@PageController
class NewsController {
    /** More that come at once are as many as these. */
    private static final int MOST = 50;

    private final Storage storage;
    private final MessageSource messages;

    NewsController(Storage storage, MessageSource messages) {
        this.storage = storage;
        this.messages = messages;
    }

    @GetMapping("/live/news")
    @ResponseBody
    News news(@RequestParam(defaultValue = "-1") long after, Locale language) {
        return News.of(storage.list("INBOX", null, null, MOST).items(), after, messages, language);
    }
}
