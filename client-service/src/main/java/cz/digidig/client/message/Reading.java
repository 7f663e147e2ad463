package cz.digidig.client.message;

import cz.digidig.client.backend.Correspondent;
import cz.digidig.client.backend.MessageDetail;
import cz.digidig.client.backend.MessageDetail.Attachment;
import cz.digidig.client.backend.WebmailProperties;
import cz.digidig.client.preferences.Preferences;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Makes messages ready to be looked at. */
@Component
class Reading {
    private static final Correspondent NOBODY = new Correspondent("", "");

    private final WebmailProperties properties;
    private final RemotePictures pictures;

    Reading(WebmailProperties properties, RemotePictures pictures) {
        this.properties = properties;
        this.pictures = pictures;
    }

    MessageView view(MessageDetail detail, MessagePaths paths, Preferences preferences, boolean images) {
        Correspondent sender = detail.message().from().isEmpty()
                ? NOBODY
                : detail.message().from().getFirst();
        String html = detail.html();
        boolean asHtml = html != null && !html.isBlank();
        boolean always = preferences.shows(sender.address());
        SafeHtml safe = asHtml ? safe(detail, paths, false) : new SafeHtml("", 0, 0);
        return new MessageView(
                detail,
                sender,
                Trust.of(detail.headers(), properties.hostname()),
                asHtml,
                asHtml ? List.of() : TextBlock.of(detail.text() == null ? "" : detail.text(), MessagePaths.COMPOSE),
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
                .filter(one -> !one.inline() || one.contentId() == null || !html.contains("cid:" + one.contentId()))
                .map(MessageView.File::of)
                .toList();
    }

    /** The body of the frame. */
    SafeHtml safe(MessageDetail detail, MessagePaths paths, boolean images) {
        Map<String, String> parts = new HashMap<>();
        for (Attachment attachment : detail.attachments()) {
            String id = attachment.contentId();
            if (id != null && Parts.isPicture(attachment.contentType())) {
                parts.put(id, paths.part(attachment.part()) + "?show");
            }
        }
        return SafeHtml.of(
                detail.html() == null ? "" : detail.html(),
                parts,
                url -> images ? paths.picture(url, pictures.proof(url)) : "",
                MessagePaths.COMPOSE);
    }
}
