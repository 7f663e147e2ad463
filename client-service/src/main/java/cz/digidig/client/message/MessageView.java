package cz.digidig.client.message;

import cz.digidig.client.backend.Correspondent;
import cz.digidig.client.backend.MessageDetail;
import cz.digidig.client.backend.MessageDetail.Attachment;
import java.util.List;
import java.util.Locale;

/**
 * A message as its page shows it.
 *
 * @param detail the message
 * @param sender whom it is from
 * @param trust what is known of that
 * @param html whether it is shown as HTML, in a frame
 * @param height about how many pixels that takes
 * @param words its plain text; for HTML: empty
 * @param remoteImages pictures that lie elsewhere
 * @param trackers those that are too small to be seen
 * @param images whether pictures from elsewhere are shown
 * @param always whether those of this sender always are
 * @param files its attachments
 */
record MessageView(
        MessageDetail detail,
        Correspondent sender,
        Trust trust,
        boolean html,
        int height,
        List<TextBlock> words,
        int remoteImages,
        int trackers,
        boolean images,
        boolean always,
        List<File> files) {
    /**
     * An attachment as the page shows it.
     *
     * @param part its number
     * @param name its file name; empty: none
     * @param icon that of its kind
     * @param size octets
     * @param preview how a browser may show it
     */
    record File(String part, String name, String contentType, String icon, long size, Preview preview) {
        static File of(Attachment attachment) {
            String type = attachment.contentType().toLowerCase(Locale.ROOT);
            Preview preview = Preview.of(type, attachment.name());
            return new File(
                    attachment.part(),
                    attachment.name(),
                    type,
                    icon(type),
                    attachment.size(),
                    preview == Preview.TEXT && attachment.size() > Preview.MOST_TEXT ? Preview.NONE : preview);
        }

        public boolean picture() {
            return preview == Preview.PICTURE;
        }

        /** Whether it is opened rather than saved. */
        public boolean opens() {
            return preview != Preview.NONE;
        }

        private static String icon(String type) {
            if (type.startsWith("image/")) {
                return "file-earmark-image";
            }
            if (type.startsWith("audio/")) {
                return "file-earmark-music";
            }
            if (type.startsWith("video/")) {
                return "file-earmark-play";
            }
            return switch (type) {
                case "application/pdf" -> "file-earmark-pdf";
                case "application/zip", "application/gzip", "application/x-tar" -> "file-earmark-zip";
                case "text/calendar" -> "calendar-event";
                case "text/vcard", "text/x-vcard" -> "person-vcard";
                case "message/rfc822" -> "envelope";
                default -> type.startsWith("text/") ? "file-earmark-text" : "file-earmark";
            };
        }
    }
}
