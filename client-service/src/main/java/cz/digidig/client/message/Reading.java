package cz.digidig.client.message;

import cz.digidig.client.backend.Correspondent;
import cz.digidig.client.backend.MessageDetail;
import cz.digidig.client.backend.Storage;
import cz.digidig.client.backend.WebmailProperties;
import cz.digidig.client.links.LinkedText;
import cz.digidig.client.preferences.Preferences;
import java.util.List;
import org.springframework.stereotype.Component;

/** Makes messages ready to be looked at. */
@Component
class Reading {
    private static final Correspondent NOBODY = new Correspondent("", "");

    private final WebmailProperties properties;
    private final RemotePictures pictures;
    private final Storage storage;

    Reading(WebmailProperties properties, RemotePictures pictures, Storage storage) {
        this.properties = properties;
        this.pictures = pictures;
        this.storage = storage;
    }

    MessageView view(MessageDetail detail, Preferences preferences, boolean images) {
        Correspondent sender = detail.message().from().isEmpty()
                ? NOBODY
                : detail.message().from().getFirst();
        String html = detail.html();
        boolean asHtml = html != null && !html.isBlank();
        boolean always = preferences.shows(sender.address());
        SafeHtml safe = asHtml ? outline(detail) : new SafeHtml("", 0, 0, 0);
        return new MessageView(
                detail,
                sender,
                Trust.of(detail.headers(), properties.hostname()),
                asHtml,
                safe.height(),
                asHtml ? List.of() : TextBlock.of(detail.text() == null ? "" : detail.text()),
                safe.remoteImages(),
                safe.trackers(),
                images || always,
                always,
                files(detail));
    }

    /** Attachments, and parts inside that the text does not show. */
    private static List<MessageView.File> files(MessageDetail detail) {
        String html = detail.html() == null ? "" : detail.html();
        return detail.attachments().stream()
                .filter(one -> !one.inline()
                        || one.size() > InlinePictures.MOST
                        || one.contentId() == null
                        || !html.contains("cid:" + one.contentId()))
                .map(MessageView.File::of)
                .toList();
    }

    /** What there is to know of the body of the frame, without its pictures. */
    private static SafeHtml outline(MessageDetail detail) {
        return SafeHtml.of(detail.html() == null ? "" : detail.html(), _ -> "data:", _ -> "", LinkedText.COMPOSE);
    }

    /** The body of the frame. */
    SafeHtml safe(MessageDetail detail, String mailbox, boolean images) {
        InlinePictures inline = new InlinePictures(storage, mailbox, detail);
        return SafeHtml.of(
                detail.html() == null ? "" : detail.html(),
                inline::source,
                url -> images ? MessagePaths.picture(url, pictures.proof(url)) : "",
                LinkedText.COMPOSE);
    }
}
