package cz.digidig.client.message;

import cz.digidig.client.backend.MessageDetail;
import cz.digidig.client.backend.MessageDetail.Attachment;
import cz.digidig.client.backend.Storage;
import cz.digidig.common.api.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Pictures that a mail brings along, put into the frame itself: a frame without an origin is given nothing of the person's. */
final class InlinePictures {
    /** The most octets of all of a message's together; larger ones are among its files. */
    static final long MOST = 8L << 20;

    private final Storage storage;
    private final String mailbox;
    private final MessageDetail detail;
    private final Map<String, String> known = new HashMap<>();
    private long left = MOST;

    InlinePictures(Storage storage, String mailbox, MessageDetail detail) {
        this.storage = storage;
        this.mailbox = mailbox;
        this.detail = detail;
    }

    /** A picture by its Content-ID; empty: there is none, or no room for it. */
    String source(String contentId) {
        return known.computeIfAbsent(contentId, id -> detail.attachments().stream()
                .filter(one -> id.equals(one.contentId()) && Preview.of(one.contentType(), "") == Preview.PICTURE)
                .findFirst()
                .map(this::read)
                .orElse(""));
    }

    private String read(Attachment picture) {
        if (picture.size() > left) {
            return "";
        }
        left -= picture.size();
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try {
            storage.part(mailbox, detail.message().id(), picture.part(), null, answer -> answer.getBody()
                    .transferTo(octets));
        } catch (ProblemException gone) {
            return "";
        }
        return "data:" + picture.contentType() + ";base64,"
                + Base64.getEncoder().encodeToString(octets.toByteArray());
    }
}
