package cz.digidig.admin.overview;

import java.util.HashMap;
import java.util.Map;

/**
 * The counters of smtp's metrics (Prometheus' text format) that the charts are made of.
 *
 * @param accepted messages since the start of the service
 * @param refused messages refused or put off
 * @param delivered destinations
 * @param failed destinations elsewhere that failed for good
 * @param queued messages that wait now
 * @param oldest seconds for which the oldest waits
 * @param reasons refused messages by reply code
 */
record MailFigures(
        long accepted, long refused, long delivered, long failed, long queued, long oldest, Map<String, Long> reasons) {
    MailFigures {
        reasons = Map.copyOf(reasons);
    }

    static MailFigures parse(String text) {
        long accepted = 0;
        long refused = 0;
        long delivered = 0;
        long failed = 0;
        long queued = 0;
        long oldest = 0;
        Map<String, Long> reasons = new HashMap<>();
        for (String line : text.lines().toList()) {
            if (line.startsWith("#") || !line.startsWith("digidig_smtp_")) {
                continue;
            }
            long value = value(line);
            if (line.startsWith("digidig_smtp_messages_seconds_count")) {
                if (line.contains("outcome=\"accepted\"")) {
                    accepted += value;
                } else {
                    refused += value;
                    reasons.merge(label(line, "code"), value, Long::sum);
                }
            } else if (line.startsWith("digidig_smtp_delivered_seconds_count")) {
                delivered += value;
            } else if (line.startsWith("digidig_smtp_outbound_total") && line.contains("\"failed\"")) {
                failed += value;
            } else if (line.startsWith("digidig_smtp_spool_messages")) {
                queued = value;
            } else if (line.startsWith("digidig_smtp_spool_oldest_seconds")) {
                oldest = value;
            }
        }
        return new MailFigures(accepted, refused, delivered, failed, queued, oldest, reasons);
    }

    private static long value(String line) {
        try {
            return Math.max(0, (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)));
        } catch (NumberFormatException _) {
            return 0;
        }
    }

    private static String label(String line, String name) {
        int begin = line.indexOf(name + "=\"");
        int end = begin < 0 ? -1 : line.indexOf('"', begin + name.length() + 2);
        return end < 0 ? "" : line.substring(begin + name.length() + 2, end);
    }

    /** What happened since an earlier look; all of it where the service was started anew meanwhile. */
    Sample since(MailFigures before, long minute) {
        boolean restarted = accepted < before.accepted || delivered < before.delivered;
        return new Sample(
                minute,
                restarted ? accepted : accepted - before.accepted,
                restarted ? refused : Math.max(0, refused - before.refused),
                restarted ? delivered : delivered - before.delivered,
                restarted ? failed : Math.max(0, failed - before.failed),
                queued,
                oldest);
    }
}
